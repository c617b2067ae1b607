// Default values: what the catalogue says of them, and the one form in which the house compares them.

import type { Value } from '../../database/types.ts'
import type { Column, ColumnType, Default } from '../../schema/model.ts'
import { rawSql } from '../../schema/sql.ts'
import { momentText } from './literal.ts'
import { isBlank, type Token, tokenize } from './tokens.ts'
import { canonicalType, unquoted } from './types.ts'

/** An expression as the default that it is: a value where it is a literal, the current time, else SQL. */
export function defaultOf(expression: string, type: ColumnType): Default | null {
  const tokens = meaningful(expression)
  const value = literalIn(tokens)
  if (value !== undefined) return value === null ? null : { kind: 'value', value: typedValue(value, type) }
  return isNow(expression, type) ? { kind: 'now' } : { kind: 'sql', sql: rawSql(expression.trim()) }
}

/** The default in the form that introspection gives it. */
export function normalDefault(
  given: Default | null,
  column: Column,
  text: (given: Default & { kind: 'sql' }) => string,
): Default | null {
  if (given === null || given.kind === 'now') return given
  if (given.kind === 'sql') return defaultOf(text(given), column.type)
  return given.value === null ? null : { kind: 'value', value: typedValue(given.value, column.type) }
}

function meaningful(expression: string): readonly Token[] {
  const tokens = [...tokenize(expression)].filter((token) => !isBlank(token))
  while (
    tokens[0]?.text === '(' &&
    tokens.at(-1)?.text === ')' &&
    tokens.length > 2 &&
    !tokens.slice(1, -1).some(isParenthesis)
  ) {
    tokens.shift()
    tokens.pop()
  }
  return tokens
}

const isParenthesis = (token: Token) => token.text === '(' || token.text === ')'

/** The value of a single literal; undefined where the text is more than one. */
function literalIn(tokens: readonly Token[]): Value | undefined {
  const texts = tokens.map((token) => token.text)
  const [first = '', second, third] = texts
  if (tokens.length === 1 && tokens[0]?.kind === 'string') return unquoted(first)
  if (tokens.length === 1)
    return constants[first.toUpperCase()] ?? hexadecimal(first) ?? numeral(first) ?? nullIn(first)
  if (/^x$/i.test(first) && tokens[1]?.kind === 'string' && third === undefined) return bytesOf(second ?? '')
  // `convert(X'f09f9880' using utf8mb4)` and `_utf8mb4 X'5c'`: texts that had to be written in digits.
  if (/^convert$/i.test(first) && second === '(' && texts.slice(-3, -1).join(' ').toLowerCase() === 'using utf8mb4') {
    return asText(literalIn(tokens.slice(2, -3)))
  }
  if (/^_[a-z]\w*$/i.test(first)) return asText(literalIn(tokens.slice(1)))
  return numeral(texts.join(''))
}

const constants: { readonly [word: string]: Value } = { TRUE: 1, FALSE: 0 }

function nullIn(word: string): null | undefined {
  return /^null$/i.test(word) ? null : undefined
}

function numeral(text: string): Value | undefined {
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text)) return undefined
  // A decimal keeps its digits: its scale is part of what it says.
  return /^[-+]?\d+$/.test(text) ? wholeNumber(BigInt(text)) : text
}

function hexadecimal(text: string): Uint8Array | undefined {
  return /^0x[\da-f]*$/i.test(text) ? Buffer.from(text.slice(2), 'hex') : undefined
}

function bytesOf(quoted: string): Uint8Array {
  return Buffer.from(unquoted(quoted), 'hex')
}

function asText(value: Value | undefined): Value | undefined {
  return value instanceof Uint8Array ? Buffer.from(value).toString() : value
}

function wholeNumber(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

const now =
  /^\(?(now|current_timestamp|localtimestamp|localtime|curdate|current_date|curtime|current_time)(?:\((\d*)\))?\)?$/i

/** True for the current time in the column's own precision; without a precision MariaDB takes the column's. */
function isNow(expression: string, type: ColumnType): boolean {
  const [, word = '', precision = ''] = now.exec(expression.trim()) ?? []
  const base = temporalOf(type)
  if (word === '' || base === null) return false
  if (base.type === 'date') return !/time$/i.test(word) || /^local/i.test(word)
  if (base.type === 'time')
    return /^cur(?:rent_)?time$/i.test(word) && (precision === '' || precision === base.precision)
  return !/^cur(?:rent_)?(?:date|time)$/i.test(word) && (precision === '' || precision === base.precision)
}

/** `datetime(6)` as its word and its precision; null for a type that tells no time. */
export function temporalOf(type: ColumnType): { readonly type: string; readonly precision: string } | null {
  if (type.kind === 'date') return { type: 'date', precision: '' }
  if (type.kind === 'time') return { type: 'time', precision: '6' }
  if (type.kind === 'timestamp') return { type: 'datetime', precision: '6' }
  if (type.kind !== 'raw') return null
  const [, word, precision = ''] =
    /^(date|time|datetime|timestamp)(?:\((\d)\))?(?= |$)/.exec(canonicalType(type.sql)) ?? []
  return word === undefined ? null : { type: word, precision }
}

/** The value as the engine holds it in a column of the type: the same value for every way of writing it. */
export function typedValue(value: Value, type: ColumnType): Value {
  switch (type.kind) {
    case 'integer':
    case 'smallint':
    case 'bigint':
      return asNumber(value)
    case 'float':
    case 'double':
      return Number.isNaN(Number(value)) ? value : Number(value)
    case 'boolean': {
      const number = asNumber(value)
      return number === 0 ? false : number === 1 ? true : number
    }
    case 'numeric':
      return scaled(String(value), type.scale ?? 0)
    case 'timestamp':
      return moment(value)
    case 'date':
      return value instanceof Date ? momentText(value).slice(0, 10) : plainText(value)
    case 'time':
      return withFraction(plainText(value))
    case 'binary':
      return value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(plainText(value))
    case 'uuid':
      return plainText(value).toLowerCase()
    case 'raw':
      return rawValue(value, canonicalType(type.sql))
    default:
      return plainText(value)
  }
}

function rawValue(value: Value, type: string): Value {
  if (/^(?:tiny|medium|int|bigint|smallint|year)\w*/.test(type) && !/^(?:tiny|medium)(?:text|blob)/.test(type))
    return asNumber(value)
  const [, word = '', precision = '0'] = /^(datetime|timestamp|time)(?:\((\d)\))?/.exec(type) ?? []
  if (word === 'time') return plainText(value)
  if (word !== '') return precision === '0' ? plainText(value).slice(0, 19) : moment(value)
  if (/^(?:float|double)/.test(type)) return Number.isNaN(Number(value)) ? value : Number(value)
  const scale = /^decimal\(\d+,(\d+)\)/.exec(type)?.[1]
  if (scale !== undefined) return scaled(String(value), Number(scale))
  return value instanceof Uint8Array ? Buffer.from(value) : plainText(value)
}

function plainText(value: Value): string {
  if (value instanceof Date) return momentText(value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString()
  return typeof value === 'boolean' ? (value ? '1' : '0') : String(value)
}

function asNumber(value: Value): Value {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'bigint') return wholeNumber(value)
  if (typeof value !== 'string') return value
  return /^[-+]?\d+$/.test(value) ? wholeNumber(BigInt(value)) : value
}

function scaled(text: string, scale: number): string {
  const [, sign = '', whole = '', fraction = ''] = /^([-+]?)(\d*)\.?(\d*)$/.exec(text) ?? []
  if (whole === '' && fraction === '') return text
  if (fraction.length > scale) return text
  const digits = whole.replace(/^0+(?=\d)/, '') || '0'
  return `${sign === '-' ? '-' : ''}${digits}${scale === 0 ? '' : `.${fraction.padEnd(scale, '0')}`}`
}

function withFraction(text: string): string {
  const [, clock, fraction = ''] = /^(\d{1,3}:\d\d(?::\d\d)?)(?:\.(\d{1,6}))?$/.exec(text) ?? []
  if (clock === undefined) return text
  const [hours = '', minutes = '', seconds = '00'] = clock.split(':')
  return `${hours.padStart(2, '0')}:${minutes}:${seconds}.${fraction.padEnd(6, '0')}`
}

const day = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d)?(?:\.(\d{1,6}))?)?Z?$/

/** A moment as a Date, unless it is finer than a Date's milliseconds. */
export function moment(value: Value): Value {
  if (value instanceof Date) return value
  const [, date, clock = '00:00', seconds = ':00', fraction = ''] = day.exec(plainText(value)) ?? []
  if (date === undefined || !/^\d{3}0*$/.test(fraction.padEnd(6, '0'))) return plainText(value)
  const found = new Date(`${date}T${clock}${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}Z`)
  return Number.isNaN(found.getTime()) ? plainText(value) : found
}
