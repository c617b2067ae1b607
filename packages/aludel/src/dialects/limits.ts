// What a statement may take of a server's time, and which kinds of statements that is said of.

import type { Connection } from '../database/types.ts'

/**
 * `ddl` keeps others out of what it changes; `index` and `validate` build and look beside them; `data` changes or reads rows.
 */
export const statementKinds = ['ddl', 'index', 'validate', 'data'] as const
export type StatementKind = (typeof statementKinds)[number]

export interface Limits {
  /** Milliseconds to wait for a lock; null for as long as it takes. */
  readonly lock: number | null
  /** Milliseconds that a statement may take; null for no limit, 'own' for what the session had before. */
  readonly statement: number | null | 'own'
}

/** What a session has that nobody has set. */
export const ownLimits: Limits = { lock: null, statement: 'own' }

export interface SessionLimits {
  /** The statements that bring the session from some limits to others; `local` for the transaction alone, where an engine can. */
  change(from: Limits, to: Limits, local: boolean): readonly string[]
  /** The statements that put back what was there. */
  readonly restore: readonly string[]
}

/** How an engine limits its statements. */
export interface Limiting {
  /** What kind of statement a text is; of several statements, the one that stands most in others' way. */
  kindOf(sql: string): StatementKind
  /** The kinds that may wait for locks without end: who waits keeps nobody out, and giving up leaves something or wastes much. */
  readonly patient: readonly StatementKind[]
  /** The kinds whose end leaves something invalid, so that not even a limit of the session's own may end them. */
  readonly unlimited: readonly StatementKind[]
  /** True where settings can be made for one transaction, in the text that it is sent in. */
  readonly local: boolean
  /** True for a text that has left nothing where it was refused outside a transaction, so that it may be sent again. */
  leavesNothing(sql: string): boolean
  /** `isOwn` where the session ends with the run, so that nothing has to be put back. */
  begin(db: Connection, isOwn: boolean): Promise<SessionLimits>
}
