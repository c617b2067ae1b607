// Types that take less than others: what a value may lose, or why it may be refused, when its column changes.

import { sameData } from '../schema/canonical.ts'
import type { ColumnType, TypeKind } from '../schema/model.ts'

type Of<K extends TypeKind> = Extract<ColumnType, { readonly kind: K }>

/** What each type takes whole of another: true where every value of it does. */
const takes: { readonly [K in TypeKind]: (type: Of<K>, from: ColumnType) => boolean } = {
  smallint: (_, { kind }) => kind === 'smallint' || kind === 'boolean',
  integer: (_, { kind }) => kind === 'integer' || kind === 'smallint' || kind === 'boolean',
  bigint: (_, { kind }) => isWhole(kind) || kind === 'boolean',
  string: ({ length }, from) => length === null || (longest(from) ?? Number.POSITIVE_INFINITY) <= length,
  text: (_, { kind }) => kind !== 'binary' && kind !== 'raw',
  boolean: (_, { kind }) => kind === 'boolean',
  numeric: (type, from) => takesNumber(type, from),
  float: (_, { kind }) => kind === 'float' || kind === 'smallint',
  double: (_, { kind }) => ['double', 'float', 'smallint', 'integer'].includes(kind),
  date: (_, { kind }) => kind === 'date',
  time: (_, { kind }) => kind === 'time',
  timestamp: ({ timezone }, from) => from.kind === 'date' || (from.kind === 'timestamp' && from.timezone === timezone),
  // The text of a document keeps its spaces, its double keys and their order; the other form does not.
  json: ({ text }, from) => from.kind === 'json' && (text || !from.text),
  uuid: (_, { kind }) => kind === 'uuid',
  binary: (_, { kind }) => kind === 'binary' || kind === 'text' || kind === 'string',
  enumeration: ({ values }, from) =>
    from.kind === 'enumeration' && from.values.every((value) => values.includes(value)),
  raw: () => false,
}

/** True where a value of the one could be lost, cut or refused as the other. Of types that only an engine knows that is always so. */
export function isNarrowing(from: ColumnType, to: ColumnType): boolean {
  return !sameData(from, to) && !takesAll(to, from)
}

function takesAll<K extends TypeKind>(type: Of<K>, from: ColumnType): boolean {
  const answer = takes[type.kind as K] as (type: Of<K>, from: ColumnType) => boolean
  return answer(type, from)
}

function isWhole(kind: TypeKind): boolean {
  return kind === 'smallint' || kind === 'integer' || kind === 'bigint'
}

/** The longest text that a value can be; null where there is no limit that is known. */
function longest(type: ColumnType): number | null {
  switch (type.kind) {
    case 'string':
      return type.length
    case 'enumeration':
      return Math.max(0, ...type.values.map((value) => [...value].length))
    case 'uuid':
      return 36
    case 'boolean':
      return 5
    case 'smallint':
      return 6
    case 'integer':
      return 11
    case 'bigint':
      return 20
    case 'date':
      return 13
    default:
      return null
  }
}

const wholeDigits: Partial<Record<TypeKind, number>> = { smallint: 5, integer: 10, bigint: 19 }

function takesNumber({ precision, scale }: Of<'numeric'>, from: ColumnType): boolean {
  if (from.kind !== 'numeric' && !isWhole(from.kind)) return false
  if (precision === null) return true
  const digits = precision - (scale ?? 0)
  if (from.kind !== 'numeric') return (wholeDigits[from.kind] ?? 0) <= digits
  if (from.precision === null) return false
  return from.precision - (from.scale ?? 0) <= digits && (from.scale ?? 0) <= (scale ?? 0)
}

/** Values of an enumeration that are gone. */
export function valuesGone(before: readonly string[], after: readonly string[]): readonly string[] {
  return before.filter((value) => !after.includes(value))
}
