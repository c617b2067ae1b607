// Rows as INSERT statements of literals.

import type { Op } from '../../../ops/operations.ts'
import { literal, quote } from '../literal.ts'

const mostRows = 500

/** Rows with the same columns share a statement: SQLite has no DEFAULT in VALUES, so a column left out is left out. */
export function insertTexts({ table, rows }: Op<'bulkInsert'>): readonly string[] {
  const texts: string[] = []
  let columns: readonly string[] = []
  let lines: string[] = []
  const flush = () => {
    if (lines.length > 0) {
      const list =
        columns.length === 0 ? 'DEFAULT VALUES' : `(${columns.map(quote).join(', ')}) VALUES\n  ${lines.join(',\n  ')}`
      texts.push(`INSERT INTO ${quote(table.name)} ${list}`)
    }
    lines = []
  }
  for (const row of rows) {
    const own = Object.keys(row)
    const same = own.length === columns.length && own.every((column, position) => column === columns[position])
    if (!same || own.length === 0 || lines.length >= mostRows) flush()
    columns = own
    lines.push(`(${Object.values(row).map(literal).join(', ')})`)
  }
  flush()
  return texts
}
