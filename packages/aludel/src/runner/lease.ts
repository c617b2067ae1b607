// The lock of a run as a row with an end: for clusters, whose servers do not see each other's locks. Whoever holds it pushes
// the end on; every step is fenced by it, so that a holder who was too late changes nothing any more.

import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { Lock, LockHolder, LockOptions } from '../dialects/dialect.ts'
import { holderText, lockTimeout } from '../dialects/lock-timeout.ts'
import { AludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import { bigint, integer, string } from '../schema/column.ts'
import type { Table } from '../schema/model.ts'
import { defaultNaming } from '../schema/naming.ts'
import { table } from '../schema/table.ts'
import { creation } from './bookkeeping.ts'
import { leaseTableName, lockKey, quoted } from './own-tables.ts'
import { openSession, type Session } from './session.ts'

export interface LeaseOptions extends Pick<LockOptions, 'waiting' | 'signal'> {
  /** The time that all who want the lease go by, in milliseconds since 1970; default: the database's. */
  readonly clock?: () => Promise<number>
  /** Milliseconds that it lasts without being pushed on. */
  readonly lasts?: number
}

/** While a second connection can push it on. */
const lastsPushed = 30_000
/** Where nothing can while a statement runs. */
const lastsAlone = 900_000
const pause = 250

export async function leaseRun(project: Project, session: Session, options: LeaseOptions = {}): Promise<Lock> {
  const own = project.connect === null
  const row = leaseRow(project, session, {
    clock: options.clock ?? (() => databaseTime(session)),
    lasts: options.lasts ?? (own ? lastsPushed : lastsAlone),
  })
  await row.prepare()
  const deadline = performance.now() + project.lockTimeout
  while (!(await row.take())) {
    if (performance.now() >= deadline) throw lockTimeout(await leaseHolder(project, session), project.lockTimeout)
    await options.waiting?.(async () => holderText(await leaseHolder(project, session)))
    await delay(Math.min(pause, Math.max(1, deadline - performance.now())), undefined, { signal: options.signal })
  }
  const heart = own && options.clock === undefined ? heartbeat(project) : null
  return {
    fence: row.push,
    release: async () => {
      await heart?.stop()
      await row.give()
    },
  }

  /** Pushes the end on by a connection of its own: the run's is busy for as long as a statement takes. */
  function heartbeat(project: Project) {
    const opening = openSession(project, { mustExist: true })
    opening.catch(() => undefined)
    let beating: Promise<unknown> = Promise.resolve()
    const timer = setInterval(() => {
      // Whoever cannot be reached loses the lease, and the next fence says so.
      beating = opening.then((second) => row.pushBy(second)).catch(() => undefined)
    }, lastsPushed / 3)
    timer.unref()
    return {
      stop: async () => {
        clearInterval(timer)
        await beating
        await opening.then((second) => second.close()).catch(() => undefined)
      },
    }
  }
}

function leaseTable(project: Project): Table {
  const namespace = project.configuration.versionTableNamespace
  return table(
    leaseTableName,
    {
      name: string(255).primaryKey(),
      owner: string(36).notNull(),
      host: string(255).notNull(),
      process: integer().notNull(),
      since: bigint().notNull(),
      until: bigint().notNull(),
    },
    null,
    namespace === undefined ? {} : { namespace },
  ).model(defaultNaming)
}

function leaseRow(
  project: Project,
  session: Session,
  { clock, lasts }: Required<Pick<LeaseOptions, 'clock' | 'lasts'>>,
) {
  const { dialect } = session
  const { quote, literal } = dialect
  const model = leaseTable(project)
  const at = quoted(dialect, model)
  const owner = randomUUID()
  const key = lockKey(project)
  const isKey = `${quote('name')} = ${literal(key)}`
  const isOurs = `${isKey} AND ${quote('owner')} = ${literal(owner)}`
  const claim = (now: number): Readonly<Record<string, string | number>> => ({
    owner,
    host: hostname().slice(0, 255),
    process: process.pid,
    since: now,
    until: now + lasts,
  })
  const pushBy = async ({ db }: Pick<Session, 'db'>) => {
    const until = (await clock()) + lasts
    const { affected } = await db.query(`UPDATE ${at} SET ${quote('until')} = ${until} WHERE ${isOurs}`)
    return affected === 1
  }
  return {
    prepare: () => session.db.statements(creation(dialect, [model])),
    take: async () => {
      await takeRow(session, { at, key, isKey, now: await clock(), claim })
      return pushBy(session)
    },
    pushBy,
    push: async () => {
      if (await pushBy(session)) return
      throw new AludelError(
        'lock-lost',
        `The lease of this run has ended, and another run may be at work (${session.db.address}).`,
        {
          hint: 'Nothing of this step counts as done. Look with `aludel current`, and run the command again.',
        },
      )
    },
    give: async () => {
      await session.db.query(`DELETE FROM ${at} WHERE ${isOurs}`)
    },
  }
}

interface Claim {
  readonly at: string
  readonly key: string
  /** The condition that picks the row. */
  readonly isKey: string
  readonly now: number
  readonly claim: (now: number) => Readonly<Record<string, string | number>>
}

/** Takes the row where its time is over, or makes it where there is none; who has it then, asks who wants to know. */
async function takeRow({ db, dialect }: Session, { at, key, isKey, now, claim }: Claim): Promise<void> {
  const { quote, literal } = dialect
  const values = claim(now)
  const set = Object.entries(values).map(([name, value]) => `${quote(name)} = ${literal(value)}`)
  const ended = `${isKey} AND ${quote('until')} <= ${now}`
  const { affected } = await db.query(`UPDATE ${at} SET ${set.join(', ')} WHERE ${ended}`)
  if (affected === 1) return
  const names = ['name', ...Object.keys(values)].map(quote).join(', ')
  const row = [key, ...Object.values(values)].map(literal).join(', ')
  try {
    await db.query(`INSERT INTO ${at} (${names}) SELECT ${row} WHERE NOT EXISTS (SELECT 1 FROM ${at} WHERE ${isKey})`)
  } catch (error) {
    // Somebody else was quicker; on a cluster that shows only as the transaction ends.
    if (!['unique', 'deadlock', 'serialization', 'lock-timeout'].includes(dialect.explain(error).kind)) throw error
  }
}

/** Who holds the lease; null where nobody does, or nobody ever did. */
export async function leaseHolder(project: Project, session: Session): Promise<LockHolder | null> {
  const { db, dialect } = session
  const { quote, literal } = dialect
  const at = quoted(dialect, leaseTable(project))
  try {
    const { rows } = await db.query<{ host: string; process: number; since: unknown; until: unknown }>(
      `SELECT ${['host', 'process', 'since', 'until'].map(quote).join(', ')} FROM ${at} WHERE ${quote('name')} = ${literal(lockKey(project))}`,
    )
    const [row] = rows
    if (row === undefined || Number(row.until) <= (await databaseTime(session))) return null
    const since = new Date(Number(row.since)).toISOString()
    return { connection: null, user: null, host: row.host, process: Number(row.process), since }
  } catch (error) {
    if (dialect.explain(error).kind === 'does-not-exist') return null
    throw error
  }
}

/** Takes the lease away from whoever holds it. */
export async function endLease(project: Project, { db, dialect }: Session): Promise<void> {
  const { quote, literal } = dialect
  await db.query(
    `DELETE FROM ${quoted(dialect, leaseTable(project))} WHERE ${quote('name')} = ${literal(lockKey(project))}`,
  )
}

async function databaseTime({ db, dialect }: Session): Promise<number> {
  const { rows } = await db.query<{ now: unknown }>(`SELECT ${dialect.script.now} AS ${dialect.quote('now')}`)
  const now = rows[0]?.now
  return (now instanceof Date ? now : new Date(String(now))).getTime()
}
