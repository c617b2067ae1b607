// Defaults in one form, whether a model gave them or PostgreSQL printed them: values where the column's type lets them
// be told, `now`, and everything else as SQL, which the engine itself compares.

import type { Value } from '../../database/types.ts'
import { compareText } from '../../schema/canonical.ts'
import type { ColumnType, Default, TypeKind } from '../../schema/model.ts'
import { rawSql } from '../../schema/sql.ts'
import { hex, literal, moment, withoutParentheses, written } from './literal.ts'

/** A constant as SQL writes it: the text inside the quotes or of the number, and the type that it is cast to. */
interface Constant {
  readonly text: string
  readonly quoted: boolean
  readonly cast: string | null
}

/** The default as introspection gives it; null where it is NULL, which is no default. */
export function canonicalDefault(given: Default, type: ColumnType): Default | null {
  if (given.kind === 'now') return given
  if (given.kind === 'sql') return readDefault(written(given.sql), type)
  if (given.value === null) return null
  const value = toValue(constantOf(given.value), type)
  return value === null ? { kind: 'sql', sql: rawSql(literal(given.value)) } : { kind: 'value', value }
}

// CURRENT_TIMESTAMP means the same, but is kept in its own words.
const currentTime = /^(?:now\(\)|pg_catalog\.now\(\))$/i
const nothing = /^null(?:::[\w ."]+(?:\(\d+(?:,\d+)?\))?)?$/i

/** The default that an expression's text stands for: a value only where the server would keep that value in these words. */
export function readDefault(text: string, type: ColumnType): Default | null {
  const expression = withoutParentheses(text)
  if (currentTime.test(expression)) return { kind: 'now' }
  if (/^null$/i.test(expression)) return null
  const constant = parseConstant(expression)
  const value = constant === null || !isInOwnWords(constant, type) ? null : toValue(constant, type)
  return value === null ? { kind: 'sql', sql: rawSql(expression) } : { kind: 'value', value }
}

/** True where two texts give a column the same value, however each is kept: 'a'::text and 'a'::character varying. */
export function sameConstant(one: string, other: string, type: ColumnType): boolean {
  const [a, b] = [one, other].map((text) => {
    const expression = withoutParentheses(text)
    if (nothing.test(expression)) return 'NULL'
    const constant = parseConstant(expression)
    const value = constant === null ? null : toValue(constant, type)
    if (value === null) return null
    return `= ${type.kind === 'numeric' ? decimal(String(value)) : literal(value)}`
  })
  return a !== null && a === b
}

/** Numbers stand for themselves, texts are cast to the very type: what else is kept was written otherwise. */
function isInOwnWords({ text, quoted, cast }: Constant, { kind }: ColumnType): boolean {
  switch (kind) {
    case 'integer':
    case 'bigint':
    case 'smallint':
    case 'numeric':
      return quoted ? cast === numberType(text) && (text.startsWith('-') || cast === 'bigint') : true
    case 'float':
    case 'double':
      return !quoted && String(Number(text)) === text
    case 'string':
      return quoted && isCast(cast, 'character varying')
    case 'text':
      return quoted && isCast(cast, 'text')
    case 'boolean':
      return !quoted
    default:
      return true
  }
}

/** The type that the server takes a number for that stands for itself. */
function numberType(text: string): string {
  if (!/^[+-]?\d+$/.test(text)) return 'numeric'
  const size = BigInt(text.replace(/^[+-]/, ''))
  return size < 2n ** 31n ? 'integer' : size < 2n ** 63n ? 'bigint' : 'numeric'
}

/** What stands behind DEFAULT. */
export function defaultText(given: Default, type: ColumnType): string {
  if (given.kind === 'now') return 'now()'
  if (given.kind === 'sql') {
    const expression = withoutParentheses(written(given.sql))
    return expression.includes('--') ? `(${expression}\n)` : `(${expression})`
  }
  if (type.kind === 'numeric' && typeof given.value === 'string' && /^-?\d+(?:\.\d+)?$/.test(given.value)) {
    return given.value.startsWith('-') ? `(${given.value})` : given.value
  }
  if (type.kind === 'json' && typeof given.value !== 'object') return literal(String(given.value))
  // Everything else as it was given: 1.50 keeps its zero where the type keeps it too.
  return literal((strict.includes(type.kind) ? toValue(constantOf(given.value), type) : null) ?? given.value)
}

// Types that refuse the constants of others: 0 for false, a number for a text, a moment for a day.
const strict: readonly TypeKind[] = ['boolean', 'string', 'text', 'date']

// A cast to a text type with a length cuts the text, so one in parentheses is not a constant.
const quotedConstant = /^(e?)'((?:[^']|'')*)'(?:::([\w ."]+))?$/i
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

function parseConstant(expression: string): Constant | null {
  const quoted = quotedConstant.exec(expression)
  if (quoted !== null) {
    const [, escaped = '', inner = '', cast = null] = quoted
    const text = inner.replaceAll("''", "'")
    if (escaped !== '' && /\\[^\\]/.test(text.replaceAll('\\\\', ''))) return null
    return { text: escaped === '' ? text : text.replaceAll('\\\\', '\\'), quoted: true, cast }
  }
  if (number.test(expression)) return { text: expression, quoted: false, cast: null }
  return /^(?:true|false)$/i.test(expression) ? { text: expression.toLowerCase(), quoted: false, cast: null } : null
}

function constantOf(value: Value): Constant {
  if (value instanceof Date) return { text: moment(value), quoted: true, cast: null }
  if (value instanceof Uint8Array) return { text: `\\x${hex(value)}`, quoted: true, cast: null }
  return { text: String(value), quoted: typeof value === 'string', cast: null }
}

type Reader = (constant: Constant, type: ColumnType) => Value | null

const readers: { readonly [Kind in TypeKind]: Reader } = {
  integer: whole,
  smallint: whole,
  bigint: whole,
  numeric: (constant) => (isNumeric(constant) ? plainDigits(constant.text) : null),
  float: (constant) => (isNumeric(constant, 'real') ? Number(constant.text) : null),
  double: (constant) => (isNumeric(constant, 'double precision') ? Number(constant.text) : null),
  string: characters,
  text: characters,
  boolean: truth,
  date: ({ text, cast }) => (isCast(cast, 'date') ? (/^\d{4}-\d\d-\d\d(?= |$)/.exec(text)?.[0] ?? null) : null),
  time: ({ text, cast }) => (isCast(cast, 'time without time zone') ? timeOfDay(text) : null),
  timestamp: timestamp,
  json: jsonText,
  uuid: ({ text, cast }) =>
    isCast(cast, 'uuid') && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : null,
  binary: ({ text, cast }) =>
    isCast(cast, 'bytea') && /^\\x(?:[0-9a-f]{2})*$/i.test(text)
      ? Uint8Array.from(Buffer.from(text.slice(2), 'hex'))
      : null,
  enumeration: ({ text, quoted }) => (quoted ? text : null),
  raw: () => null,
}

function toValue(constant: Constant, type: ColumnType): Value | null {
  return readers[type.kind](constant, type)
}

function isCast(cast: string | null, ...types: readonly string[]): boolean {
  return cast === null || types.includes(cast)
}

function isNumeric({ text, cast }: Constant, ...types: readonly string[]): boolean {
  return number.test(text) && isCast(cast, 'integer', 'bigint', 'smallint', 'numeric', ...types)
}

function whole(constant: Constant): Value | null {
  if (!isNumeric(constant) || !/^[+-]?\d+$/.test(constant.text)) return null
  const value = Number(constant.text)
  return Number.isSafeInteger(value) ? value : BigInt(constant.text)
}

/** The digits as they are; zeros at the end are kept, since the server keeps them, too. */
function plainDigits(text: string): string {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) && !/^-0(?:\.0+)?$/.test(text) ? text : decimal(text)
}

/** The digits without what does not count: signs of plus, zeros at the ends, powers of ten. */
function decimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? []
  const point = whole.length + Number(power)
  const digits = `${whole}${fraction}`
  const padded =
    point > digits.length ? digits.padEnd(point, '0') : digits.padStart(digits.length - Math.min(point, 0), '0')
  const before = padded.slice(0, Math.max(point, 0)).replace(/^0+/, '') || '0'
  const behind = padded.slice(Math.max(point, 0)).replace(/0+$/, '')
  const amount = behind === '' ? before : `${before}.${behind}`
  return sign === '-' && amount !== '0' ? `-${amount}` : amount
}

function characters({ text, quoted, cast }: Constant): Value | null {
  if (quoted) return isCast(cast, 'text', 'character varying') ? text : null
  return /^(?:-?\d+|true|false)$/.test(text) ? text : null
}

const yes = ['t', 'tr', 'tru', 'true', 'y', 'ye', 'yes', 'on', '1']
const no = ['f', 'fa', 'fal', 'fals', 'false', 'n', 'no', 'of', 'off', '0']

function truth({ text, cast }: Constant): Value | null {
  const word = text.trim().toLowerCase()
  if (!isCast(cast, 'boolean')) return null
  return yes.includes(word) ? true : no.includes(word) ? false : null
}

function timeOfDay(text: string): string | null {
  const [, minutes = null, seconds = ':00', fraction = ''] = /^(\d\d:\d\d)(:\d\d)?(\.\d{1,6})?$/.exec(text) ?? []
  return minutes === null ? null : `${minutes}${seconds}${fraction.replace(/\.?0+$/, '')}`
}

const instant = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d)?(\.\d{1,6})?)? ?(z|[+-]\d\d(?::?\d\d)?)?$/i

// Without a zone in the text, what a timestamptz means depends on the session; and a Date holds milliseconds.
function timestamp({ text, cast }: Constant, type: ColumnType): Value | null {
  const zoned = type.kind === 'timestamp' && type.timezone
  const [, day = null, minutes = '00:00', seconds = ':00', fraction = '.0', zone = null] = instant.exec(text) ?? []
  if (day === null || !isCast(cast, `timestamp ${zoned ? 'with' : 'without'} time zone`)) return null
  if ((zoned && zone === null) || Number(fraction.slice(4)) !== 0) return null
  const offset = !zoned || zone === null || /^z$/i.test(zone) ? 'Z' : isoOffset(zone)
  const date = new Date(`${day}T${minutes}${seconds}${fraction.slice(0, 4)}${offset}`)
  return Number.isNaN(date.getTime()) ? null : date
}

function isoOffset(zone: string): string {
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0')
  return `${zone[0]}${digits.slice(0, 2)}:${digits.slice(2)}`
}

// jsonb orders keys and drops spaces; numbers that JavaScript would round are left to the engine.
function jsonText({ text, quoted, cast }: Constant, type: ColumnType): Value | null {
  if (type.kind !== 'json' || !(quoted || !/^[+.]/.test(text)) || !isCast(cast, 'json', 'jsonb')) return null
  if (type.text) return text
  if (/\d{16}|\d\.\d{15}|\d[eE]/.test(text)) return null
  try {
    return sortedJson(JSON.parse(text))
  } catch {
    return null
  }
}

/** JSON with its keys in one order, and nothing else changed. */
function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([one], [other]) => compareText(one, other))
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${sortedJson(held)}`).join(',')}}`
}
