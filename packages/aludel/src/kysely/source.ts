// Where a query gets its connection from: one that is shared in turns, or a pool.

import type { Connection, DialectName } from '../database/types.ts'

/** What lends connections, one borrower at a time: a pool of the application, or one connection in turns. */
export interface ConnectionSource {
  readonly dialect: DialectName
  /** A connection for the borrower alone; waits until there is one. */
  borrow(): Promise<Connection>
  /** Takes it back. `failed` is true where something sent over it was refused, so that the pool can look whether it lives. */
  giveBack(connection: Connection, state: { readonly failed: boolean }): void
}

export function isSource(given: Connection | ConnectionSource): given is ConnectionSource {
  return 'borrow' in given
}

/** One connection, lent to one borrower after the other in the order in which they ask. */
export function inTurns(connection: Connection): ConnectionSource {
  const waiting: ((connection: Connection) => void)[] = []
  let lent = false
  return {
    dialect: connection.dialect,
    borrow: () => {
      if (lent) return new Promise((resolve) => waiting.push(resolve))
      lent = true
      return Promise.resolve(connection)
    },
    giveBack: () => {
      const next = waiting.shift()
      if (next === undefined) lent = false
      else next(connection)
    },
  }
}
