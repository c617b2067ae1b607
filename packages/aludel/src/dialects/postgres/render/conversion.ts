// How the values of a column get from one type to another where PostgreSQL does not convert them by itself.

import type { ColumnType, TypeKind } from '../../../schema/model.ts'
import { quote } from '../literal.ts'
import { typeText } from '../types.ts'

const numbers: readonly TypeKind[] = ['integer', 'bigint', 'smallint', 'numeric', 'float', 'double']
const days: readonly TypeKind[] = ['date', 'timestamp']
const texts: readonly TypeKind[] = ['string', 'text']

/** The expression behind USING; null where assigning an old value to the new type is enough, and errors where it must. */
export function usingText(column: string, from: ColumnType, to: ColumnType): string | null {
  const name = quote(column)
  const target = typeText(to)
  // An explicit cast to a text with a length would cut; an assignment refuses what is too long.
  if (texts.includes(to.kind) || isAssignable(from.kind, to.kind)) return null
  if (from.kind === 'boolean' && numbers.includes(to.kind)) {
    return to.kind === 'integer' ? `${name}::integer` : `${name}::integer::${target}`
  }
  if (to.kind === 'boolean' && numbers.includes(from.kind)) return `${name} <> 0`
  if (from.kind === 'enumeration' || to.kind === 'enumeration') return `${name}::text::${target}`
  return `${name}::${target}`
}

function isAssignable(from: TypeKind, to: TypeKind): boolean {
  if (from === to) return from !== 'enumeration' && from !== 'raw'
  if (numbers.includes(from) && numbers.includes(to)) return true
  if (days.includes(from) && days.includes(to)) return true
  return from === 'timestamp' && to === 'time'
}
