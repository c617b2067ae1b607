// What a PostgreSQL connection of this folder tells besides what every connection does.

import type { Connection, QueryResult } from '../../../database/types.ts'

export interface Session extends Connection {
  /** The number that the server gave at the start; a pooler gives another than the session's own. */
  readonly processId: number | null
  readonly inTransaction: boolean
  /** The answers to several questions without parameters, asked in one message. */
  queries(list: readonly string[]): Promise<readonly QueryResult<unknown>[]>
  /** A transaction that reads, everything as it is at one moment. It begins in the message of its first questions. */
  reading<T>(work: () => Promise<T>): Promise<T>
}

/** The session behind a connection; null where somebody else made the connection. */
export function sessionOf(db: Connection): Session | null {
  return 'processId' in db && 'inTransaction' in db && 'queries' in db ? (db as Session) : null
}

/** True also where nobody can tell, so that nothing is set which only the first statement of a transaction may set. */
export function isInTransaction(db: Connection): boolean {
  return sessionOf(db)?.inTransaction ?? true
}

/** The SQLSTATE of an error of the driver; '' where it has none. */
export function sqlState(error: unknown): string {
  const { code } = (error ?? {}) as { readonly code?: unknown }
  return typeof code === 'string' ? code : ''
}
