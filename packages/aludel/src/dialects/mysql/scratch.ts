// Databases for a moment on a MariaDB or MySQL server: made and dropped, or the one given, emptied again.

import type { Connection } from '../../database/types.ts'
import { AludelError } from '../../errors.ts'
import type { ScratchOptions, ScratchServer, SqlText } from '../dialect.ts'
import { loadTexts, sendTo } from '../load-texts.ts'
import { addressOn, cannotCreate, closedBefore, leavesDatabase, notEmpty, scratchName } from '../scratch.ts'
import { connect } from './connect.ts'
import { explain } from './explain.ts'
import { quote } from './literal.ts'
import { split } from './split.ts'

export async function scratch(options: ScratchOptions): Promise<ScratchServer> {
  const { url, signal } = options
  if (url === null) throw nowhere()
  const open = (address: string) => connect({ ...options, url: address, mustExist: false, statementTimeout: null })
  const admin = await open(url)
  try {
    const reason = await whyNotCreated(admin)
    if (reason === null) return await separate(admin, (name) => open(addressOn(url, name)), signal)
    if (!options.dedicated) throw cannotCreate(admin.address, reason)
    await requireEmpty(admin)
    return await inPlace(admin, () => open(url), signal)
  } catch (error) {
    await admin.close()
    throw error
  }
}

function nowhere(): AludelError {
  return new AludelError(
    'no-scratch-database',
    'SQL is read by loading it into a scratch database, and nothing says where MariaDB or MySQL runs.',
    { hint: 'Give a server with --dev URL or `dev` in the config.' },
  )
}

/** Who may create databases is written in too many ways; the server is asked by doing it. */
async function whyNotCreated(admin: Connection): Promise<string | null> {
  const name = scratchName()
  try {
    await admin.query(`CREATE DATABASE ${quote(name)}`)
  } catch (error) {
    const { kind, message } = explain(error)
    if (kind !== 'permission') throw error
    return message
  }
  await admin.query(`DROP DATABASE ${quote(name)}`)
  return null
}

async function separate(
  admin: Connection,
  open: (name: string) => Promise<Connection>,
  signal: AbortSignal,
): Promise<ScratchServer> {
  const { rows } = await admin.query<{ charset: string; collation: string }>(
    'SELECT @@character_set_database AS charset, @@collation_database AS collation',
  )
  const { charset = 'utf8mb4', collation = '' } = rows[0] ?? {}
  const settings = collation === '' ? '' : ` CHARACTER SET ${charset} COLLATE ${collation}`
  const databases = new Set<string>()
  const drop = async (name: string) => {
    await admin.query(`DROP DATABASE IF EXISTS ${quote(name)}`)
    databases.delete(name)
  }
  return {
    server: admin.server,
    separate: true,
    open: async (texts) => {
      const name = scratchName()
      databases.add(name)
      await admin.query(`CREATE DATABASE ${quote(name)}${settings}`)
      try {
        await loadInto(() => open(name), texts, signal)
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
      } finally {
        await admin.close()
      }
    },
  }
}

/**
 * For a user who may not create databases: what was loaded is dropped again, before the next is opened. Only what came with
 * the texts can be there then, since the database is seen to be empty each time.
 */
async function inPlace(
  admin: Connection,
  open: () => Promise<Connection>,
  signal: AbortSignal,
): Promise<ScratchServer> {
  let isOurs = false
  const emptied = async () => {
    if (isOurs) await empty(admin)
    isOurs = false
  }
  // The lock goes with the connection.
  const { rows } = await admin.query<{ taken: number }>(
    "SELECT GET_LOCK(LEFT(CONCAT('aludel_dev.', DATABASE()), 64), 60) AS taken",
  )
  if (Number(rows[0]?.taken) !== 1) throw cannotCreate(admin.address, 'another run uses its database')
  return {
    server: admin.server,
    separate: false,
    open: async (texts) => {
      await requireEmpty(admin)
      isOurs = true
      try {
        await loadInto(open, texts, signal)
        return closedBefore(await open(), emptied)
      } catch (error) {
        await emptied()
        throw error
      }
    },
    close: async () => {
      try {
        await emptied()
      } finally {
        await admin.close()
      }
    },
  }
}

async function requireEmpty(db: Connection): Promise<void> {
  const objects = (await objectsIn(db)).map(({ name }) => name)
  if (objects.length > 0) throw notEmpty(db.address, objects.slice(0, 5))
}

/** What the texts have set for their session ends with it. */
async function loadInto(
  open: () => Promise<Connection>,
  texts: readonly SqlText[],
  signal: AbortSignal,
): Promise<void> {
  if (texts.length === 0) return
  const db = await open()
  const send = sendTo(db)
  try {
    await loadTexts(db, texts, {
      split: (sql) => split(sql),
      explain,
      signal,
      send: async (sql) => {
        if (leaving.test(sql)) throw leavesDatabase('The SQL', sql.split('\n')[0] ?? '')
        await send(sql)
      },
    })
  } finally {
    await db.close()
  }
}

const leaving = /^(?:\s|--[^\n]*\n|#[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:use\b|(?:create|drop)\s+(?:database|schema)\b)/i

interface Found {
  readonly kind: string
  readonly name: string
}

async function objectsIn(db: Connection): Promise<readonly Found[]> {
  const { rows } = await db.query<Found>(`
    SELECT CASE table_type WHEN 'BASE TABLE' THEN 'TABLE' WHEN 'SYSTEM VERSIONED' THEN 'TABLE' ELSE table_type END AS kind, table_name AS name
      FROM information_schema.tables WHERE table_schema = DATABASE()
    UNION ALL SELECT routine_type, routine_name FROM information_schema.routines WHERE routine_schema = DATABASE()
    UNION ALL SELECT 'EVENT', event_name FROM information_schema.events WHERE event_schema = DATABASE()`)
  return rows
}

/** The database was empty before, so everything in it came with the texts. */
async function empty(db: Connection): Promise<void> {
  const objects = await objectsIn(db)
  if (objects.length === 0) return
  const order = ['VIEW', 'TABLE', 'SEQUENCE', 'FUNCTION', 'PROCEDURE', 'EVENT']
  const drops = order.flatMap((kind) =>
    objects.filter((one) => one.kind === kind).map(({ name }) => `DROP ${kind} IF EXISTS ${quote(name)}`),
  )
  await db.statements(['SET foreign_key_checks = 0', ...drops, 'SET foreign_key_checks = 1'])
}
