// Types of columns, and constants that fit them.

import fc from 'fast-check'
import type { Value } from '../../src/database/types.ts'
import type { Column, ColumnType, Default } from '../../src/schema/model.ts'
import { rawSql, sql } from '../../src/schema/sql.ts'
import type { Possible } from './possible.ts'

const plain: readonly ColumnType[] = [
  { kind: 'integer' },
  { kind: 'bigint' },
  { kind: 'smallint' },
  { kind: 'text' },
  { kind: 'boolean' },
  { kind: 'float' },
  { kind: 'double' },
  { kind: 'date' },
  { kind: 'time' },
  { kind: 'timestamp', timezone: false },
  { kind: 'timestamp', timezone: true },
  { kind: 'json', text: false },
  { kind: 'json', text: true },
  { kind: 'uuid' },
  { kind: 'binary' },
]

const sized: readonly fc.Arbitrary<ColumnType>[] = [
  fc.integer({ min: 1, max: 60 }).map((length): ColumnType => ({ kind: 'string', length })),
  fc
    .tuple(fc.integer({ min: 2, max: 20 }), fc.integer({ min: 0, max: 2 }))
    .map(([precision, scale]): ColumnType => ({ kind: 'numeric', precision, scale })),
]

/** Any type; what only one engine knows is there where it is possible. */
export function types({ rawTypes }: Possible): fc.Arbitrary<ColumnType> {
  const raw = rawTypes.map(([type]): ColumnType => ({ kind: 'raw', sql: type }))
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...plain) },
    { weight: 2, arbitrary: fc.oneof(...sized) },
    ...(raw.length === 0 ? [] : [{ weight: 1, arbitrary: fc.constantFrom(...raw) }]),
  )
}

/** Types that every engine takes in a key without being told how much of it. */
export const keyTypes = (): fc.Arbitrary<ColumnType> =>
  fc.oneof(
    fc.constantFrom<ColumnType>(
      { kind: 'integer' },
      { kind: 'bigint' },
      { kind: 'smallint' },
      { kind: 'uuid' },
      { kind: 'date' },
    ),
    ...sized,
  )

export function isKeyable({ type }: Column): boolean {
  return ['integer', 'bigint', 'smallint', 'uuid', 'date', 'boolean', 'string', 'numeric', 'timestamp'].includes(
    type.kind,
  )
}

export function isWhole({ type }: Column): boolean {
  return type.kind === 'integer' || type.kind === 'bigint' || type.kind === 'smallint'
}

export function isCharacters({ type }: Column): boolean {
  return type.kind === 'string' || type.kind === 'text'
}

/** Texts with everything that quoting gets wrong. */
export function texts(length: number): fc.Arbitrary<string> {
  const letter = fc.constantFrom(
    'a',
    'B',
    '0',
    ' ',
    "'",
    '"',
    '\\',
    '`',
    '%',
    '$',
    ':',
    '?',
    ';',
    '-',
    '\n',
    'é',
    '日',
    '😀',
  )
  // Engines count code points; JavaScript's length counts an emoji twice.
  return fc.array(letter, { maxLength: length }).map((letters) => letters.join(''))
}

const digits = (count: number) => fc.bigInt({ min: 0n, max: 10n ** BigInt(count) - 1n })
const twoDigits = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'))
const moments = fc.date({
  min: new Date('1971-01-01T00:00:00Z'),
  max: new Date('2037-12-31T00:00:00Z'),
  noInvalidDate: true,
})

/** A value that a column of the type holds exactly; null for types that are the engine's own. */
export function valuesOf(type: ColumnType): fc.Arbitrary<Value> | null {
  switch (type.kind) {
    case 'integer':
      return fc.integer()
    case 'smallint':
      return fc.integer({ min: -32768, max: 32767 })
    case 'bigint':
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    case 'string':
      return texts(type.length ?? 20)
    case 'text':
      return texts(30)
    case 'boolean':
      return fc.boolean()
    case 'numeric':
      return numerics(type.precision ?? 10, type.scale ?? 0)
    case 'float':
      return fc.integer({ min: -1000, max: 1000 }).map((value) => value / 4)
    case 'double':
      return fc.integer({ min: -100_000, max: 100_000 }).map((value) => value / 8)
    case 'date':
      return moments.map((date) => date.toISOString().slice(0, 10))
    case 'time':
      return fc.tuple(twoDigits(23), twoDigits(59), twoDigits(59)).map((parts) => parts.join(':'))
    case 'timestamp':
      return moments
    case 'json':
      return fc.json({ maxDepth: 2 }).map((text) => JSON.stringify(rounded(JSON.parse(text))))
    case 'uuid':
      // MariaDB takes some of version 8 for no UUIDs at all.
      return fc.uuid({ version: [1, 2, 3, 4, 5, 6, 7] })
    case 'binary':
      return fc.uint8Array({ maxLength: 12 })
    case 'enumeration':
      return fc.constantFrom(...type.values)
    case 'raw':
      return null
  }
}

// SQLite keeps fifteen digits of a number that has a point.
const exactDigits = 15

function numerics(precision: number, scale: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.boolean(), digits(Math.min(precision, exactDigits) - scale), digits(scale))
    .map(([minus, before, behind]) => {
      const fraction = scale === 0 ? '' : `.${String(behind).padStart(scale, '0')}`
      return `${minus && before + behind > 0n ? '-' : ''}${before}${fraction}`
    })
}

// What JSON says of numbers is each engine's own business beyond what all of them keep.
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Math.trunc(value) % 1000
  if (typeof value === 'string') return value.replaceAll('\0', '')
  if (Array.isArray(value)) return value.map(rounded)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key.replaceAll('\0', ''), rounded(held)]))
}

/** A default of any kind that the type takes. */
export function defaultsOf(type: ColumnType, { rawTypes }: Possible): fc.Arbitrary<Default | null> {
  const kinds: fc.Arbitrary<Default | null>[] = [fc.constant(null)]
  const value = valuesOf(type)
  if (value !== null) kinds.push(value.map((held): Default => ({ kind: 'value', value: held })))
  if (type.kind === 'timestamp') kinds.push(fc.constant<Default>({ kind: 'now' }))
  if (type.kind === 'integer') kinds.push(fc.constant<Default>({ kind: 'sql', sql: sql`(${1} + ${2}) * ${3}` }))
  if (type.kind === 'string' && (type.length ?? 0) > 5)
    kinds.push(fc.constant<Default>({ kind: 'sql', sql: sql`lower(${'ABC'})` }))
  if (type.kind === 'raw') {
    const constant = rawTypes.find(([name]) => name === type.sql)?.[1] ?? 'NULL'
    kinds.push(fc.constant<Default>({ kind: 'sql', sql: rawSql(constant) }))
  }
  return fc.oneof(...kinds)
}
