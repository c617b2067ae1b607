// Rows whose referent is gone, and foreign keys that refer to no key: what SQLite finds only when it is asked.

import type { Connection } from '../../database/types.ts'
import { AludelError } from '../../errors.ts'

export interface Violation {
  readonly table: string
  readonly parent: string
  /** Rows; null where the columns referred to are no key, so that no row can be checked. */
  readonly count: number | null
}

const found =
  'SELECT "table", "parent", count(*) AS "count" FROM pragma_foreign_key_check GROUP BY "table", "parent" ORDER BY "table", "parent"'

export async function violations(db: Connection): Promise<readonly Violation[]> {
  try {
    return (await db.query<Violation>(found)).rows
  } catch (error) {
    if (mismatch(error) === null) throw error
  }
  // One key that refers to no key stops the check of everything: each table is asked by itself.
  const tables = await db.query<{ readonly name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
  )
  const lists: (readonly Violation[])[] = []
  for (const { name } of tables.rows) lists.push(await violationsOf(db, name))
  return lists.flat()
}

async function violationsOf(db: Connection, table: string): Promise<readonly Violation[]> {
  try {
    return (await db.query<Violation>(found.replace('_check', '_check(?)'), [table])).rows
  } catch (error) {
    const mismatched = mismatch(error)
    if (mismatched === null) throw error
    return [mismatched]
  }
}

function mismatch(error: unknown): Violation | null {
  const message = error instanceof Error ? error.message : ''
  const [, table, parent] = /foreign key mismatch - "(.*)" referencing "(.*)"/.exec(message) ?? []
  return table === undefined || parent === undefined ? null : { table, parent, count: null }
}

/** Refuses what a step has brought about. Rows may have lost their referent long ago: SQLite watches only where it is told to. */
export async function verifyRows(db: Connection, earlier: readonly Violation[]): Promise<void> {
  const before = (one: Violation) => earlier.find(({ table, parent }) => table === one.table && parent === one.parent)
  const now = await violations(db)
  const keyless = now.find((one) => one.count === null && before(one) === undefined)
  if (keyless !== undefined) {
    throw new AludelError(
      'dependent-objects',
      `Table "${keyless.table}" would refer to columns of "${keyless.parent}" that are no primary key and not unique.`,
      {
        hint: `Drop the foreign key of "${keyless.table}" first, or keep a unique constraint on the columns.`,
        details: { dependants: [keyless.table] },
      },
    )
  }
  const more = (one: Violation) => (one.count ?? 0) - (before(one)?.count ?? 0)
  const rows = now.filter((one) => more(one) > 0)
  const first = rows[0]
  if (first === undefined) return
  const broken = rows.map((row) => `${more(row)} in "${row.table}" that refer to "${row.parent}"`).join(', ')
  throw new AludelError('dependent-objects', `The step would leave rows whose referent is gone: ${broken}.`, {
    hint: `Take away or move the rows first, or drop the tables in this order: ${rows.map((row) => `"${row.table}"`).join(', ')}, then "${first.parent}".`,
    details: { violations: rows, dependants: rows.map((row) => row.table) },
  })
}
