// How much one name or type is like another, from 0 to 1.

import { editDistance } from '../../revisions/nearest.ts'
import { sameData } from '../../schema/canonical.ts'
import type { ColumnType, TypeKind } from '../../schema/model.ts'

/** The words of a name, in lower case and in the singular: `createdAt`, `created_at` and `Created At` have the same. */
function wordsOf(name: string): readonly string[] {
  const parted = name.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2').toLowerCase()
  return (parted.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.replace(/(?<=[^s]{3,})s$/, ''))
}

export function nameLikeness(one: string, other: string): number {
  const [words, others] = [wordsOf(one), wordsOf(other)]
  const [text, second] = [words.join(''), others.join('')]
  if (text === second) return text === '' ? 0 : 1
  return Math.max(shareOf(words, others), lettersLikeness(text, second), shortened(words, others))
}

/** The share of what two lists have in common. */
export function shareOf(list: readonly string[], other: readonly string[]): number {
  const left = [...other]
  let common = 0
  for (const item of list) {
    const at = left.indexOf(item)
    if (at === -1) continue
    left.splice(at, 1)
    common += 1
  }
  return (2 * common) / Math.max(list.length + other.length, 1)
}

// Any two names have letters in common, so that a third of them says nothing yet.
function lettersLikeness(one: string, other: string): number {
  const longest = Math.max(one.length, other.length)
  const limit = Math.floor(longest * 0.6)
  const distance = editDistance(one, other, limit)
  return distance > limit ? 0 : Math.max(0, (1 - distance / longest - 0.4) / 0.6)
}

/** `addr` for `address`, `dob` for `date_of_birth`. */
function shortened(words: readonly string[], others: readonly string[]): number {
  const [short, long] = words.join('').length < others.join('').length ? [words, others] : [others, words]
  const [text, whole] = [short.join(''), long.join('')]
  if (text.length < 3) return 0
  const initials = long.map((word) => [...word][0]).join('')
  return whole.startsWith(text) || text === initials ? 0.7 : 0
}

/** Types of one family: a value of one often goes into the other. */
const families: readonly (readonly TypeKind[])[] = [
  ['smallint', 'integer', 'bigint'],
  ['numeric', 'float', 'double', 'integer', 'bigint'],
  ['string', 'text', 'enumeration', 'uuid'],
  ['date', 'timestamp'],
  ['time', 'timestamp'],
  ['json', 'text'],
  ['boolean', 'smallint'],
]

export function typeLikeness(one: ColumnType, other: ColumnType): number {
  if (sameData(one, other)) return 1
  if (one.kind === 'raw' && other.kind === 'raw') return firstWord(one.sql) === firstWord(other.sql) ? 0.8 : 0
  if (one.kind === 'enumeration' && other.kind === 'enumeration') {
    return 0.4 + 0.4 * shareOf(one.values, other.values)
  }
  if (one.kind === other.kind) return 0.8
  const at = families.findIndex((family) => family.includes(one.kind) && family.includes(other.kind))
  return at === -1 ? 0 : at === 0 ? 0.7 : 0.5
}

function firstWord(text: string): string {
  return /^\s*"?([\w. ]*)/.exec(text.toLowerCase())?.[1]?.trim() ?? ''
}

/** A type in few words: `string(32)`. */
export function typeTitle(type: ColumnType): string {
  switch (type.kind) {
    case 'string':
      return type.length === null ? 'string' : `string(${type.length})`
    case 'numeric':
      return type.precision === null ? 'numeric' : `numeric(${type.precision}, ${type.scale ?? 0})`
    case 'timestamp':
      return type.timezone ? 'timestamptz' : 'timestamp'
    case 'enumeration':
      return type.name === '' ? `one of ${type.values.map((value) => `'${value}'`).join(', ')}` : type.name
    case 'raw':
      return type.sql
    default:
      return type.kind
  }
}
