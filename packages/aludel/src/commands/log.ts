// log: what was done to the database, by whom and when.

import { withSession } from '../runner/session.ts'
import { type LogEntry, readLog } from '../runner/told.ts'
import type { Command } from './command.ts'

export interface LogOptions {
  /** Only what is about this revision. */
  readonly revision?: string
  /** So many of the newest; default: all. */
  readonly limit?: number
}

export interface LogResult {
  readonly database: string
  /** Newest first. */
  readonly entries: readonly LogEntry[]
}

export const log: Command<LogOptions, LogResult> = (project, { revision = null, limit = null }) =>
  withSession(project, { mustExist: true }, async (session) => ({
    database: session.db.address,
    entries: await readLog(project, session, { revision, limit }),
  }))
