// A value for a column: the same on every machine, another for each row, and one that later types can take, too.

import type { Value } from '../../../database/types.ts'
import { namesIdentifier } from '../../../schema/identifiers.ts'
import { sameName } from '../../../schema/lookup.ts'
import type { ColumnType, Schema } from '../../../schema/model.ts'
import type { Domain } from '../../../schema/object-model.ts'
import type { Sql } from '../../../schema/sql.ts'

/**
 * The value with this number for a column that has the first of the types now and the others later; null where no value
 * of the type is known.
 */
export function sampleValue(types: readonly ColumnType[], number: number): Value {
  const [type, ...later] = types
  if (type === undefined) return null
  if (type.kind === 'enumeration') return enumValue(type.values, later, number)
  if (type.kind !== 'string' && type.kind !== 'text') return plainValue(smallest(type, later), number)
  const lengths = types.map((one) => (one.kind === 'string' ? (one.length ?? mostText) : mostText))
  const stricter = later.find(({ kind }) => kind !== 'string' && kind !== 'text')
  if (stricter === undefined) return textValue(Math.min(...lengths), number)
  const value =
    stricter.kind === 'enumeration'
      ? (stricter.values[number % stricter.values.length] ?? null)
      : plainValue(stricter, number)
  return value === null || value instanceof Uint8Array ? textValue(Math.min(...lengths), number) : String(value)
}

const mostText = 120
const words = 'The quick brown Fox jumps over the lazy Dog, and then it rests; '

/** As long as the column lets it be, within reason, so that a value that is cut shows. */
function textValue(length: number, number: number): string {
  const text = `${number.toString(36)} ${words.repeat(2)}`.slice(0, Math.min(length, mostText))
  // Some engines do not keep the spaces at the end.
  return /\s$/.test(text) ? `${text.slice(0, -1)}x` : text
}

/** Values that stay: what a later form of the type does not have is kept out where anything else is left. */
function enumValue(values: readonly string[], later: readonly ColumnType[], number: number): string | null {
  const lasting = values.filter((value) =>
    later.every((type) => type.kind !== 'enumeration' || type.values.includes(value)),
  )
  const some = lasting.length > 0 ? lasting : values
  return some[number % some.length] ?? null
}

/** Of numbers the type that holds the fewest. */
function smallest(type: ColumnType, later: readonly ColumnType[]): ColumnType {
  return later.find(({ kind }) => kind === 'boolean') !== undefined && isWhole(type) ? { kind: 'smallint' } : type
}

function isWhole({ kind }: ColumnType): boolean {
  return kind === 'integer' || kind === 'bigint' || kind === 'smallint'
}

function plainValue(type: ColumnType, number: number): Value {
  const day = String(1 + (number % 28)).padStart(2, '0')
  const second = String(number % 60).padStart(2, '0')
  switch (type.kind) {
    case 'integer':
    case 'bigint':
    case 'smallint':
      return number
    case 'string':
    case 'text':
      return textValue(type.kind === 'string' ? (type.length ?? mostText) : mostText, number)
    case 'boolean':
      return number % 2 === 1
    case 'numeric':
      return numericText(type.precision, type.scale, number)
    case 'float':
    case 'double':
      // A number that halves and quarters make is the same in either.
      return number + 0.25
    case 'date':
      return `2001-02-${day}`
    case 'time':
      return `03:04:${second}`
    case 'timestamp':
      return `2001-02-${day} 03:04:${second}`
    case 'json':
      return `{"sample": ${number}}`
    case 'uuid':
      return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
    case 'binary':
      return new Uint8Array([0, 255, number % 256])
    case 'enumeration':
      return type.values[number % type.values.length] ?? null
    case 'raw':
      return rawValue(type.sql, number)
  }
}

function numericText(precision: number | null, scale: number | null, number: number): string {
  const digits = Math.max((precision ?? 10) - (scale ?? 0), 0)
  const whole = digits === 0 ? '0' : String(number % 10 ** Math.min(digits, 9))
  return (scale ?? 0) > 0 ? `${whole}.${'25'.padEnd(scale ?? 0, '0').slice(0, scale ?? 0)}` : whole
}

/** Types that only one engine has, by the first word of their name. */
const raw: Readonly<Record<string, (number: number) => Value>> = {
  inet: (number) => `10.0.0.${number % 256}`,
  inet4: (number) => `10.0.0.${number % 256}`,
  inet6: (number) => `2001:db8::${number.toString(16)}`,
  cidr: (number) => `10.0.${number % 256}.0/24`,
  macaddr: (number) => `08:00:2b:01:02:${(number % 256).toString(16).padStart(2, '0')}`,
  interval: (number) => `${number} days`,
  citext: (number) => textValue(mostText, number),
  tinytext: (number) => textValue(40, number),
  mediumtext: (number) => textValue(mostText, number),
  char: (number) => number.toString(36).slice(0, 1),
  bpchar: (number) => number.toString(36).slice(0, 1),
  name: (number) => textValue(40, number),
  money: (number) => `${number}.25`,
  tinyint: (number) => number % 100,
  mediumint: (number) => number,
  int: (number) => number,
  year: (number) => 2001 + (number % 100),
  bit: () => null,
  point: (number) => `(${number},${number})`,
  tsvector: (number) => `sample${number}`,
  int4range: (number) => `[${number},${number + 2})`,
  int8range: (number) => `[${number},${number + 2})`,
  numrange: (number) => `[${number},${number + 2})`,
  daterange: (number) => `[2001-02-01,2001-03-${String(1 + (number % 28)).padStart(2, '0')})`,
  hstore: (number) => `sample=>${number}`,
  xml: (number) => `<sample>${number}</sample>`,
  varbinary: (number) => new Uint8Array([1, number % 256]),
  blob: (number) => new Uint8Array([1, number % 256]),
  oid: (number) => number,
}

function rawValue(sql: string, number: number): Value {
  const text = sql.toLowerCase().replaceAll('"', '').trim()
  if (/\[\]$/.test(text)) return '{}'
  const first = /^[\w]+/.exec(text)?.[0] ?? ''
  return Object.hasOwn(raw, first) ? (raw[first]?.(number) ?? null) : null
}

/** The type beneath a domain. */
export function baseType(
  type: ColumnType,
  { objects }: Schema,
): { readonly type: ColumnType; readonly checks: readonly Sql[] } {
  if (type.kind !== 'raw') return { type, checks: [] }
  const [name = '', namespace = null] = type.sql.replaceAll('"', '').split('.').reverse()
  const isIt = (object: Schema['objects'][number]): object is Domain =>
    object.kind === 'domain' && (sameName(object, { namespace, name }) || (namespace === null && object.name === name))
  const domain = objects.find(isIt)
  return domain === undefined
    ? { type, checks: [] }
    : { type: domain.type, checks: domain.checks.map(({ condition }) => condition) }
}

/** Values that a check may want of a column: those that it names, and their neighbours. */
export function valuesNamedIn(condition: Sql, column: string): readonly Value[] {
  if (!namesIdentifier(condition, column)) return []
  return literalsIn(condition)
}

export function literalsIn(condition: Sql): readonly Value[] {
  const found = condition.parts.flatMap((part): readonly Value[] => {
    if (typeof part === 'string') return textLiterals(part)
    return 'value' in part ? withNeighbours(part.value) : []
  })
  return [...new Set(found)]
}

function textLiterals(text: string): readonly Value[] {
  return [...text.matchAll(/'((?:[^']|'')*)'|(?<![\w.])(-?\d+(?:\.\d+)?)/g)].flatMap(([, quoted, digits]) =>
    quoted !== undefined ? [quoted.replaceAll("''", "'")] : withNeighbours(Number(digits)),
  )
}

function withNeighbours(value: Value): readonly Value[] {
  return typeof value === 'number' && Number.isInteger(value) ? [value, value + 1, value - 1] : [value]
}
