// The history of a database, as it was written down.

import type { Project } from '../project/project.ts'
import type { HistoryEvent } from './bookkeeping.ts'
import { idsIn } from './deviations.ts'
import { historyTableName, quoted } from './own-tables.ts'
import type { Session } from './session.ts'

export interface LogEntry {
  readonly id: number
  /** One for all entries of a run. */
  readonly run: string
  readonly event: HistoryEvent
  /** Null for a stamp. */
  readonly revision: string | null
  readonly direction: string | null
  readonly phase: string | null
  /** Of a statement, from 0. */
  readonly position: number | null
  readonly total: number | null
  /** In UTC, as ISO 8601. */
  readonly at: string
  readonly durationMs: number | null
  /** The version rows after it; null where it moved none. */
  readonly heads: readonly string[] | null
  /** The SQL that undoes the step. */
  readonly undo: string | null
  readonly error: string | null
  readonly tool: string | null
  readonly actor: string | null
  readonly host: string | null
  readonly commit: string | null
  readonly rawSha: string | null
  readonly opsSha: string | null
  readonly statementSha: string | null
}

export interface LogRequest {
  /** Only what is about this revision; null for everything. */
  readonly revision: string | null
  /** So many of the newest; null for all. */
  readonly limit: number | null
}

type Row = Readonly<Record<string, unknown>>

/** Newest first; none where there is no history. */
export async function readLog(
  project: Project,
  { db, dialect }: Session,
  { revision, limit }: LogRequest,
): Promise<readonly LogEntry[]> {
  const { quote, literal } = dialect
  const at = quoted(dialect, historyTableName(project))
  const about = revision === null ? '' : ` WHERE ${quote('revision')} = ${literal(revision)}`
  const most = limit === null ? '' : ` LIMIT ${limit}`
  try {
    const { rows } = await db.query<Row>(`SELECT * FROM ${at}${about} ORDER BY ${quote('id')} DESC${most}`)
    return rows.map(entryOf)
  } catch (error) {
    if (dialect.explain(error).kind === 'does-not-exist') return []
    throw error
  }
}

function entryOf(row: Row): LogEntry {
  const text = (name: string) => (row[name] == null ? null : String(row[name]))
  const number = (name: string) => (row[name] == null ? null : Number(row[name]))
  return {
    id: Number(row.id),
    run: text('run') ?? '',
    event: text('event') as HistoryEvent,
    revision: text('revision'),
    direction: text('direction'),
    phase: text('phase'),
    position: number('position'),
    total: number('total'),
    at: new Date(row.at as string | Date).toISOString(),
    durationMs: number('duration_ms'),
    heads: row.heads == null ? null : idsIn(String(row.heads)),
    undo: text('undo'),
    error: text('error'),
    tool: text('tool'),
    actor: text('actor'),
    host: text('host'),
    commit: text('commit_sha'),
    rawSha: text('raw_sha'),
    opsSha: text('ops_sha'),
    statementSha: text('statement_sha'),
  }
}

/** The latest entry that says an upgrade to the revision is done, and was not taken back since; null where none does. */
export function lastDone(newestFirst: readonly LogEntry[], revision: string): LogEntry | null {
  const last = newestFirst.find((entry) => entry.event === 'done' && entry.revision === revision)
  return last?.direction === 'upgrade' ? last : null
}

/** Who did it, as far as that was written down: `anna on build-7`. */
export function whoDid({ actor, host }: Pick<LogEntry, 'actor' | 'host'>): string {
  return [actor ?? 'somebody', ...(host === null ? [] : [`on ${host}`])].join(' ')
}

/** A moment as people read it. */
export function moment(at: string): string {
  return `${at.slice(0, 19).replace('T', ' ')} UTC`
}
