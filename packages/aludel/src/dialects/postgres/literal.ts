// Names and values as PostgreSQL reads them, what may be a value at all, and how rows are asked for as text.

import type { Value } from '../../database/types.ts'
import { AludelError } from '../../errors.ts'
import type { TableName } from '../../schema/model.ts'
import { type NameRules, neverInNames, requireName } from '../../schema/name-rules.ts'
import { rawSql, type Sql, type SqlWriter, sqlText } from '../../schema/sql.ts'
import type { Lines } from '../dialect.ts'
import { tokens } from './tokens.ts'

/** The server would cut a longer name with no more than a notice, and take another object for the one that is meant. */
export const nameRules: NameRules = { engine: 'PostgreSQL', longest: { bytes: 63 }, forbidden: neverInNames }

export function quote(name: string): string {
  requireName(name, nameRules)
  return `"${name.replaceAll('"', '""')}"`
}

/** A table or type with its namespace, quoted. */
export function qualified({ namespace, name }: TableName): string {
  return namespace === null ? quote(name) : `${quote(namespace)}.${quote(name)}`
}

export function quoteAll(names: readonly string[]): string {
  return names.map(quote).join(', ')
}

/** All lines are one value: a million values of 60 bytes are still far below the longest. */
export function lines({ columns, from, where, order }: Lines): string {
  const line = columns.map((column) => `coalesce(${column}, '')`).join(" || E'\\t' || ")
  return `SELECT string_agg(${line}, E'\\n' ORDER BY ${order}) AS "lines" FROM ${from} WHERE ${where}`
}

export function literal(value: Value): string {
  const safe = checked(value)
  if (safe === null) return 'NULL'
  if (typeof safe === 'boolean') return safe ? 'true' : 'false'
  if (typeof safe === 'string') return text(safe)
  if (safe instanceof Date) return `'${moment(safe)}'`
  if (safe instanceof Uint8Array) return `'\\x${hex(safe)}'::bytea`
  // In parentheses, since a minus after a minus would begin a comment.
  return safe < 0 ? `(${safe})` : String(safe)
}

// A text with a backslash means something else where standard_conforming_strings is off, except in this form.
function text(value: string): string {
  const doubled = value.replaceAll("'", "''")
  return value.includes('\\') ? `E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`
}

/** A value as the server takes it through a parameter: texts of its input syntax, and bytes. */
export function parameter(value: Value): string | Buffer | null {
  const safe = checked(value)
  if (safe === null) return null
  if (safe instanceof Date) return moment(safe)
  if (safe instanceof Uint8Array) return Buffer.from(safe.buffer, safe.byteOffset, safe.byteLength)
  return String(safe)
}

/** 'YYYY-MM-DD HH:MM:SS.mmm+00': read alike by columns with a zone and without, whatever the session's zone is. */
export function moment(date: Date): string {
  const [, year = '', rest = '', time = ''] = /^([+-]?\d+)-(.+)T(.+)Z$/.exec(date.toISOString()) ?? []
  const written = Number(year) > 0 ? Number(year) : 1 - Number(year)
  const era = Number(year) > 0 ? '' : ' BC'
  return `${String(written).padStart(4, '0')}-${rest} ${time.replace('.000', '')}+00${era}`
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

/** The value itself; refuses what the server could not hold or a driver would guess at. */
function checked(value: Value): Value {
  const kind = typeof value
  if (value === null || kind === 'boolean' || kind === 'bigint') return value
  if (typeof value === 'string') {
    if (value.includes('\0')) refuse('a text with a NUL character')
    if (/\p{Surrogate}/u.test(value)) refuse('a text with half of a surrogate pair')
    return value
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : refuse(`the number ${value}`)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? refuse('an invalid date') : value
  if (value instanceof Uint8Array) return value
  return refuse(value === undefined ? 'undefined' : `a value of type ${kind}`)
}

function refuse(what: string): never {
  throw new AludelError('invalid-parameter', `PostgreSQL cannot be given ${what} as a value.`, {
    hint: 'Pass a string, number, bigint, boolean, null, Date or Uint8Array.',
  })
}

export const writer: SqlWriter = { quote, literal }

/** The SQL with names quoted and values written out. */
export function written(fragment: Sql): string {
  return sqlText(fragment, writer)
}

/** The SQL as one text without the parentheses around it, so that equal expressions are equal data. */
export function flat(fragment: Sql): Sql {
  return rawSql(withoutParentheses(written(fragment)))
}

/** Takes away parentheses that enclose the whole expression; PostgreSQL prints them, people do not write them. */
export function withoutParentheses(expression: string): string {
  const inner = expression.trim()
  if (!inner.startsWith('(') || !inner.endsWith(')') || !enclosesAll(inner)) return inner
  return withoutParentheses(inner.slice(1, -1))
}

function enclosesAll(expression: string): boolean {
  let depth = 0
  for (const { kind, start, end } of tokens(expression)) {
    if (kind !== 'symbol') continue
    if (expression[start] === '(') depth += 1
    if (expression[start] === ')') depth -= 1
    if (depth === 0) return end === expression.length
  }
  return false
}

/** The expression in parentheses of its own; a comment at its end does not swallow the closing one. */
export function enclosed(fragment: Sql): string {
  const expression = withoutParentheses(written(fragment))
  return expression.includes('--') ? `(${expression}\n)` : `(${expression})`
}
