// Columns that number their rows, and their sequences.

import type { Column, TableName } from '../../../schema/model.ts'
import type { IdentityNumbers } from '../../../schema/postgres-model.ts'
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

/** A position as it must be for the bounds; null where it cannot be outside of them. */
function clamped(position: string, old: Bounds | null, wanted: Partial<Bounds>): string | null {
  const { minValue: least = null, maxValue: greatest = null } = wanted
  const isDown = (old?.increment ?? 1) < 0
  const [was, most] = [old?.minValue ?? (isDown ? null : 1), old?.maxValue ?? (isDown ? -1 : null)]
  const isRaised = least !== null && (was === null || least > was)
  const isLowered = greatest !== null && (most === null || greatest < most)
  if (!isRaised && !isLowered) return null
  const raised = isRaised ? `greatest(${position}, ${least})` : position
  return isLowered ? `least(${raised}, ${greatest})` : raised
}

/** The server refuses bounds that a sequence's position is not in, so it is moved before; null where it cannot be outside. */
export function movedWithin(sequence: string, old: Bounds | null, wanted: Partial<Bounds>): string | null {
  const position = clamped('last_value', old, wanted)
  if (position === null) return null
  return `SELECT setval(${literal(sequence)}, ${position}, is_called) FROM ${sequence} WHERE last_value <> ${position}`
}

interface IdentityBounds {
  readonly table: TableName
  readonly column: string
  readonly old: IdentityNumbers
  readonly wanted: IdentityNumbers
}

/** The same of an identity column, whose sequence is found by its column. */
export function movedIdentity({ table, column, old, wanted }: IdentityBounds): string | null {
  const first = old.start ?? (old.increment < 0 ? (old.maxValue ?? -1) : (old.minValue ?? 1))
  const position = clamped(`coalesce(l, ${first})`, old, wanted)
  if (position === null) return null
  const sequence = `pg_get_serial_sequence(${literal(qualified(table))}, ${literal(column)})::regclass`
  return `SELECT setval(s, ${position}, l IS NOT NULL) FROM (SELECT s, pg_sequence_last_value(s) AS l FROM (SELECT ${sequence} AS s) AS q) AS p`
}

/** Numbers that rows brought themselves move no sequence, so the next row would be given one of them again. */
export function continued(table: TableName, column: string): string {
  const [name, own] = [literal(qualified(table)), quote(column)]
  return `SELECT setval(s, GREATEST((SELECT max(${own}) FROM ${qualified(table)}), nextval(s) - 1, 1)) FROM (SELECT pg_get_serial_sequence(${name}, ${literal(column)})::regclass AS s) AS q WHERE s IS NOT NULL`
}
