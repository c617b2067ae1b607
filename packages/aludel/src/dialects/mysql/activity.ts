// What a session of MariaDB or MySQL is doing, and who keeps it from doing it, as far as the server tells.

import type { Connection } from '../../database/types.ts'
import {
  type Activity,
  type Blocker,
  nothingSeen,
  numberOrNull,
  progressOf,
  type Sight,
  shownQuery,
} from '../activity.ts'
import type { ConnectOptions } from '../dialect.ts'
import { connect } from './connect.ts'
import { sessionNumberOf } from './session/connection.ts'

// Without ANSI_QUOTES what stands between double quotes is a value, and under it nothing is lost by hiding it.
const quotes = `'"`

/** Null where nobody knows which session the connection is. */
export async function observe(db: Connection, options: ConnectOptions): Promise<Activity | null> {
  const id = sessionNumberOf(db)
  if (id === null) return null
  const other = await connect(options)
  const sight = other.server.product === 'MariaDB' ? onMariadb : onMysql
  return { db: other, look: () => sight(other, id) }
}

interface Process {
  readonly state: string | null
  readonly stage: unknown
  readonly stages: unknown
  readonly progress: unknown
}

const waiting = /^waiting for .*lock/i
const tableLock = /metadata lock|table flush|table level lock/i

/** https://mariadb.com/kb/en/progress-reporting/ */
async function onMariadb(other: Connection, id: number): Promise<Sight> {
  const { rows } = await other.query<Process>(
    'SELECT state, stage, max_stage AS stages, progress FROM information_schema.processlist WHERE id = ?',
    [id],
  )
  const [process] = rows
  if (process === undefined) return nothingSeen
  const rowBlockers = await blockersOf(other, rowLocks, id)
  const waits = rowBlockers.length > 0 || waiting.test(process.state ?? '')
  const blockers =
    rowBlockers.length > 0 || !tableLock.test(process.state ?? '') ? rowBlockers : await tableBlockers(other, id)
  const stages = Number(process.stages ?? 0)
  return {
    ...{ object: null, waits, blockers, stage: process.state || null },
    // Each stage has a hundred per cent of its own.
    progress: progressOf((Math.max(1, Number(process.stage)) - 1) * 100 + Number(process.progress), stages * 100),
  }
}

const facts = `p.id AS id, p.user AS user, p.host AS host, p.info AS query, p.time AS since`

/** https://mariadb.com/kb/en/information-schema-innodb_lock_waits-table/ */
const rowLocks = `SELECT DISTINCT ${facts} FROM information_schema.innodb_lock_waits w
  JOIN information_schema.innodb_trx me ON me.trx_id = w.requesting_trx_id
  JOIN information_schema.innodb_trx t ON t.trx_id = w.blocking_trx_id
  JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id WHERE me.trx_mysql_thread_id = ?`

/** Where the plugin metadata_lock_info is installed: https://mariadb.com/kb/en/metadata-lock-info-plugin/ */
const heldTables = `SELECT DISTINCT ${facts} FROM information_schema.metadata_lock_info l
  JOIN information_schema.processlist p ON p.id = l.thread_id
  WHERE l.table_schema = DATABASE() AND l.thread_id NOT IN (?, CONNECTION_ID())`

/** Whoever is in a transaction may hold a lock on the table; nothing else is told without the plugin. */
const inTransaction = `SELECT ${facts}, TIMESTAMPDIFF(SECOND, t.trx_started, NOW()) AS lasts
  FROM information_schema.innodb_trx t JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
  WHERE p.db = DATABASE() AND p.id NOT IN (?, CONNECTION_ID()) ORDER BY t.trx_started`

async function tableBlockers(other: Connection, id: number): Promise<readonly Blocker[]> {
  const known = await blockersOf(other, heldTables, id).catch(() => [])
  const found = known.length > 0 ? known : await blockersOf(other, inTransaction, id)
  return found.map((blocker) => ({ ...blocker, certain: false }))
}

/** Not run, for there is no MySQL here: https://dev.mysql.com/doc/refman/8.4/en/performance-schema-metadata-locks-table.html */
async function onMysql(other: Connection, id: number): Promise<Sight> {
  const { rows } = await other.query<{
    readonly state: string | null
    readonly done: unknown
    readonly total: unknown
  }>(
    `SELECT t.processlist_state AS state, s.work_completed AS done, s.work_estimated AS total
     FROM performance_schema.threads t LEFT JOIN performance_schema.events_stages_current s ON s.thread_id = t.thread_id
     WHERE t.processlist_id = ?`,
    [id],
  )
  const [thread] = rows
  if (thread === undefined) return nothingSeen
  const blockers = [...(await blockersOf(other, mysqlRows, id)), ...(await blockersOf(other, mysqlTables, id))]
  return {
    object: null,
    waits: blockers.length > 0 || waiting.test(thread.state ?? ''),
    blockers,
    stage: thread.state,
    progress: progressOf(thread.done, thread.total),
  }
}

const mysqlFacts = `t.processlist_id AS id, t.processlist_user AS user, t.processlist_host AS host,
  t.processlist_info AS query, t.processlist_time AS since`
const mysqlTables = `SELECT DISTINCT ${mysqlFacts} FROM performance_schema.threads me
  JOIN performance_schema.metadata_locks w ON w.owner_thread_id = me.thread_id AND w.lock_status = 'PENDING'
  JOIN performance_schema.metadata_locks h ON h.object_type = w.object_type AND h.object_schema <=> w.object_schema
    AND h.object_name <=> w.object_name AND h.lock_status = 'GRANTED' AND h.owner_thread_id <> w.owner_thread_id
  JOIN performance_schema.threads t ON t.thread_id = h.owner_thread_id WHERE me.processlist_id = ?`
const mysqlRows = `SELECT DISTINCT ${mysqlFacts} FROM performance_schema.threads me
  JOIN performance_schema.data_lock_waits w ON w.requesting_thread_id = me.thread_id
  JOIN performance_schema.threads t ON t.thread_id = w.blocking_thread_id WHERE me.processlist_id = ?`

interface SeenBlocker {
  readonly id: unknown
  readonly user: string | null
  readonly host: string | null
  readonly query: string | null
  readonly since: unknown
  readonly lasts?: unknown
}

async function blockersOf(other: Connection, question: string, id: number): Promise<readonly Blocker[]> {
  const { rows } = await other.query<SeenBlocker>(question, [id])
  return rows.map(({ id: number, user, host, query, since, lasts }) => {
    const seconds = numberOrNull(lasts ?? since)
    return {
      ...{ id: Number(number), user, application: null, host, certain: true },
      sinceMs: seconds === null ? null : seconds * 1000,
      query: shownQuery(query, quotes),
    }
  })
}
