// What operations take away for ever: said beside them, so that nobody runs them unaware.

import type { Dialect } from '../dialects/dialect.ts'
import type { Op } from '../ops/operations.ts'
import { findColumn, findEnum, findTable } from '../schema/lookup.ts'
import type { ColumnType, Schema, TableName, TypeKind } from '../schema/model.ts'

/** What an operation destroys, as the end of a sentence; null where it takes nothing that cannot be had again. */
export function destroys(op: Op, before: Schema, dialect: Pick<Dialect, 'type'>): string | null {
  switch (op.kind) {
    case 'dropTable':
      return `table ${titleOf(op.table)} with its rows`
    case 'dropColumn': {
      const computed = findColumn(before, op.table, op.column)?.generated ?? null
      return computed === null ? `column ${titleOf(op.table)}.${op.column} with its values` : null
    }
    case 'alterColumn': {
      const old = findColumn(before, op.table, op.column)
      const { type } = op.set
      if (old === null || type === undefined || old.generated !== null || keepsValues(old.type, type)) return null
      return `values of ${titleOf(op.table)}.${op.column} that ${dialect.type(type)} cannot hold as ${dialect.type(old.type)} did`
    }
    case 'setEnumValues': {
      const gone = (findEnum(before, op.enumeration)?.values ?? []).filter(
        (value) => !op.enumeration.values.includes(value),
      )
      return gone.length === 0 ? null : `what rows hold of ${op.enumeration.name}: ${gone.join(', ')}`
    }
    case 'dropSequence':
      return `sequence ${titleOf(op.sequence)} with its position`
    case 'alterTable':
      return findTable(before, op.table)?.postgres?.unlogged === false && op.set.postgres?.unlogged === true
        ? `rows of ${titleOf(op.table)}, in a crash of the server`
        : null
    default:
      return null
  }
}

/** Types whose values all fit into each other type that is named beside them. */
const wider: { readonly [Kind in TypeKind]?: readonly TypeKind[] } = {
  smallint: ['integer', 'bigint', 'double', 'string', 'text'],
  integer: ['bigint', 'double', 'string', 'text'],
  bigint: ['string', 'text'],
  float: ['double', 'string', 'text'],
  double: ['string', 'text'],
  numeric: ['text'],
  boolean: ['text'],
  string: ['text'],
  date: ['timestamp', 'text'],
  time: ['text'],
  timestamp: ['text'],
  uuid: ['text'],
  json: ['text'],
  enumeration: ['text'],
}

/** The shortest text that holds every number of a kind, sign included. */
const digits: { readonly [Kind in TypeKind]?: number } = { smallint: 6, integer: 11, bigint: 20 }

function keepsValues(old: ColumnType, next: ColumnType): boolean {
  if (old.kind === 'string' && next.kind === 'string') return fits(old.length, next.length)
  if (old.kind === 'numeric' && next.kind === 'numeric') {
    const [whole, places] = [integral(old), integral(next)]
    return fits(whole, places) && fits(old.scale, next.scale)
  }
  if (old.kind === 'enumeration' && next.kind === 'enumeration') {
    return old.values.every((value) => next.values.includes(value))
  }
  if (old.kind === 'timestamp' && next.kind === 'timestamp') return true
  if (old.kind === 'raw' || next.kind === 'raw') return old.kind === 'raw' && next.kind === 'text'
  if (old.kind === next.kind) return true
  if (next.kind === 'string' && next.length !== null && next.length < (digits[old.kind] ?? Infinity)) return false
  return wider[old.kind]?.includes(next.kind) ?? false
}

function integral({ precision, scale }: Extract<ColumnType, { kind: 'numeric' }>): number | null {
  return precision === null ? null : precision - (scale ?? 0)
}

/** Null is without limit. */
function fits(old: number | null, next: number | null): boolean {
  return next === null || (old !== null && old <= next)
}

function titleOf({ namespace, name }: TableName): string {
  return namespace === null ? name : `${namespace}.${name}`
}
