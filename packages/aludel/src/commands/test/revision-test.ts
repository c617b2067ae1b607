// What a revision file may say for its own test: rows of its own before, and what must hold afterwards.

import type { Connection, DialectName } from '../../database/types.ts'

export interface RevisionTestContext {
  /** The scratch database, outside any transaction. */
  readonly db: Connection
  readonly dialect: DialectName
  /** A name as the engine quotes it. */
  readonly quote: (name: string) => string
  readonly signal: AbortSignal
}

/**
 * The optional `test` of a revision file, which only `aludel test` and `verifyMigrations` read. What it throws is a finding.
 *
 * @example
 * export const test: RevisionTest = {
 *   before: async ({ db }) => { await db.query("INSERT INTO account (email) VALUES ('Ada@Example.org')") },
 *   after: async ({ db }) => {
 *     const { rows } = await db.query("SELECT 1 FROM account WHERE email = 'ada@example.org'")
 *     if (rows.length === 0) throw new Error('the address is not in small letters')
 *   },
 *   rows: 'changed',
 * }
 */
export interface RevisionTest {
  /** Before the upgrade, once: the place to put rows in. The tables may hold generated rows. */
  readonly before?: (context: RevisionTestContext) => Promise<void> | void
  /** After the upgrade, and after the second. */
  readonly after?: (context: RevisionTestContext) => Promise<void> | void
  /** After the downgrade. */
  readonly downgraded?: (context: RevisionTestContext) => Promise<void> | void
  /** 'changed' where rows are not meant to be after the downgrade what they were before; default: 'kept'. */
  readonly rows?: 'kept' | 'changed'
  /** False where no rows are to be generated for this revision; default: true. */
  readonly samples?: boolean
}
