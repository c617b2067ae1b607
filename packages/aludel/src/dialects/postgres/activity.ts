// What a session of PostgreSQL is doing, and who keeps it from doing it: the views of the server's statistics.
// https://www.postgresql.org/docs/current/progress-reporting.html

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
import { sessionOf } from './connection/session.ts'

// Strings alone: a name between double quotes is no value.
const quotes = "'"

/** Null where nobody knows which session the connection is. */
export async function observe(db: Connection, options: ConnectOptions): Promise<Activity | null> {
  const processId = sessionOf(db)?.processId ?? null
  if (processId === null) return null
  const other = await connect(options)
  return { db: other, look: () => look(other, processId) }
}

interface Seen {
  readonly waits: boolean | null
  readonly object: string | null
  readonly blockers: string | null
  readonly progress: string | null
}

// A blocker's number is 0 where it is a prepared transaction, and stands there once for each lock.
const question = `SELECT
  (SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = $1::int) AS waits,
  (SELECT l.relation::regclass::text FROM pg_locks l WHERE l.pid = $1::int AND NOT l.granted AND l.relation IS NOT NULL
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) LIMIT 1) AS object,
  (SELECT json_agg(json_build_object('id', b.pid, 'user', a.usename, 'application', nullif(a.application_name, ''),
      'host', host(a.client_addr), 'query', left(a.query, 1000), 'hidden', a.query = '<insufficient privilege>',
      'since', round(extract(epoch FROM clock_timestamp() - coalesce(a.xact_start, a.state_change)) * 1000)) ORDER BY b.pid)
    FROM (SELECT DISTINCT unnest(pg_blocking_pids($1::int)) AS pid) b LEFT JOIN pg_stat_activity a ON a.pid = b.pid)::text AS blockers,
  (SELECT row_to_json(p) FROM (
    SELECT phase, CASE WHEN phase LIKE 'waiting%' THEN lockers_done WHEN phase LIKE '%tuples%' THEN tuples_done ELSE blocks_done END AS done,
      CASE WHEN phase LIKE 'waiting%' THEN lockers_total WHEN phase LIKE '%tuples%' THEN tuples_total ELSE blocks_total END AS total
      FROM pg_stat_progress_create_index WHERE pid = $1::int
    UNION ALL SELECT phase, heap_blks_scanned, heap_blks_total FROM pg_stat_progress_cluster WHERE pid = $1::int
    UNION ALL SELECT 'copying', bytes_processed, nullif(bytes_total, 0) FROM pg_stat_progress_copy WHERE pid = $1::int
    LIMIT 1) p)::text AS progress`

interface Told {
  readonly phase: string
  readonly done: number | null
  readonly total: number | null
}

interface SeenBlocker {
  readonly id: number
  readonly user: string | null
  readonly application: string | null
  readonly host: string | null
  readonly query: string | null
  readonly hidden: boolean | null
  readonly since: number | null
}

async function look(other: Connection, processId: number): Promise<Sight> {
  const { rows } = await other.query<Seen>(question, [processId])
  const [seen] = rows
  if (seen === undefined) return nothingSeen
  const blockers = (JSON.parse(seen.blockers ?? '[]') as readonly SeenBlocker[]).map(
    ({ id, user, application, host, query, hidden, since }): Blocker => ({
      ...{ id, user, application, host, certain: true },
      sinceMs: numberOrNull(since),
      query: hidden === true ? null : shownQuery(query, quotes),
    }),
  )
  const told = JSON.parse(seen.progress ?? 'null') as Told | null
  return {
    object: seen.object,
    waits: blockers.length > 0 || seen.waits === true,
    blockers,
    stage: told?.phase ?? null,
    progress: progressOf(told?.done, told?.total),
  }
}
