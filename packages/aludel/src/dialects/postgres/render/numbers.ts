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

interface Bounds {
  readonly increment: number | bigint
  readonly minValue: number | bigint | null
  readonly maxValue: number | bigint | null
}

/** The server refuses bounds that a sequence's position is not in; null where it cannot be outside. */
export function movedWithin(sequence: string, old: Bounds | null, wanted: Partial<Bounds>): string | null {
  const { minValue: least = null, maxValue: greatest = null } = wanted
  const isDown = (old?.increment ?? 1) < 0
  const [was, most] = [old?.minValue ?? (isDown ? null : 1), old?.maxValue ?? (isDown ? -1 : null)]
  const isRaised = least !== null && (was === null || least > was)
  const isLowered = greatest !== null && (most === null || greatest < most)
  if (!isRaised && !isLowered) return null
  const raised = isRaised ? `greatest(last_value, ${least})` : 'last_value'
  const position = isLowered ? `least(${raised}, ${greatest})` : raised
  return `SELECT setval(${literal(sequence)}, ${position}, is_called) FROM ${sequence} WHERE last_value <> ${position}`
}

/** Numbers that rows brought themselves move no sequence, so the next row would be given one of them again. */
export function continued(table: TableName, column: string): string {
  const [name, own] = [literal(qualified(table)), quote(column)]
  return `SELECT setval(s, GREATEST((SELECT max(${own}) FROM ${qualified(table)}), nextval(s) - 1, 1)) FROM (SELECT pg_get_serial_sequence(${name}, ${literal(column)})::regclass AS s) AS q WHERE s IS NOT NULL`
}
