// Columns that number their rows, and their sequences.

import type { Column, TableName } from '../../../schema/model.ts'
import { literal, qualified, quote } from '../literal.ts'

/** True where the database numbers rows that bring no number. */
export function isNumbered({ identity, default: value }: Column): boolean {
  if (identity !== null) return true
  return (
    value?.kind === 'sql' && value.sql.parts.some((part) => typeof part === 'string' && part.startsWith('nextval('))
  )
}

/** Numbers that rows brought themselves move no sequence, so the next row would be given one of them again. */
export function continued(table: TableName, column: string): string {
  const [name, own] = [literal(qualified(table)), quote(column)]
  return `SELECT setval(s, GREATEST((SELECT max(${own}) FROM ${qualified(table)}), nextval(s) - 1, 1)) FROM (SELECT pg_get_serial_sequence(${name}, ${literal(column)})::regclass AS s) AS q WHERE s IS NOT NULL`
}
