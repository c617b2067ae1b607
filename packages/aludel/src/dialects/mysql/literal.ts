// Names and values as MySQL writes them, right whether the session takes a backslash for an escape or not; and rows asked for as text.

import type { Value } from '../../database/types.ts'
import { AludelError } from '../../errors.ts'
import { type NameRules, neverInNames, requireName } from '../../schema/name-rules.ts'
import type { Lines } from '../dialect.ts'

// https://dev.mysql.com/doc/refman/8.4/en/identifiers.html, and the same of MariaDB.
export const nameRules: NameRules = {
  engine: 'MySQL',
  longest: { characters: 64 },
  forbidden: [
    ...neverInNames,
    { pattern: /[\u{10000}-\u{10ffff}]/u, what: 'a character beyond the basic plane' },
    { pattern: / $/, what: 'a space at its end' },
  ],
}

export function quote(name: string): string {
  if (name.includes('\0')) requireName(name, nameRules)
  return `\`${name.replaceAll('`', '``')}\``
}

/** A line a row: what joins rows is cut at a length that the server sets. */
export function lines({ columns, from, where, order }: Lines): string {
  const line = columns.map((column) => `COALESCE(${column}, '')`).join(', CHAR(9 USING utf8mb4), ')
  return `SELECT CONCAT(${line}) AS \`lines\` FROM ${from} WHERE ${where} ORDER BY ${order}`
}

/** The value as a literal. Dates are moments, written in UTC to the millisecond. */
export function literal(value: Value): string {
  if (value === null) return 'NULL'
  switch (typeof value) {
    case 'string':
      return textLiteral(value)
    case 'bigint':
      return String(value)
    case 'boolean':
      return value ? 'TRUE' : 'FALSE'
    case 'number':
      return Number.isFinite(value) ? String(value) : refuse(`the number ${value}`)
    default:
      if (value instanceof Date) return `'${momentText(value)}'`
      if (value instanceof Uint8Array) return `X'${hex(value)}'`
      return refuse(value === undefined ? 'undefined' : `a value of type ${typeof value}`)
  }
}

// Whether a backslash escapes depends on NO_BACKSLASH_ESCAPES of the session that will read the text, so a text that
// has one goes as hexadecimal digits. The introducer keeps it a literal, whose collation gives way to a column's.
function textLiteral(text: string): string {
  return needsCodes(text) ? `_utf8mb4 X'${hex(Buffer.from(text))}'` : quotedPlain(text)
}

function needsCodes(text: string): boolean {
  return text.includes('\\') || text.includes('\0') || text.includes('\u001a')
}

function quotedPlain(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/**
 * The value inside something that the engine keeps: a default, a check, a generated column. MariaDB prints it there and
 * reads the print again: an introduced text loses its backslashes, and the catalogue has no characters beyond the basic
 * plane. So these are given by their codes.
 */
export function storedLiteral(value: Value): string {
  if (typeof value !== 'string') return literal(value)
  const parts = runsOf(value).map((run) => (isByCode(run) ? codes(run) : quotedPlain(run)))
  return parts.length < 2 ? (parts[0] ?? "''") : `CONCAT(${parts.join(', ')})`
}

function isByCode(text: string): boolean {
  return needsCodes(text) || (text.codePointAt(0) ?? 0) > 0xffff
}

/** The text in runs of characters that are quoted and such that are given by their codes. */
function runsOf(text: string): readonly string[] {
  const runs: string[] = []
  for (const character of text) {
    const last = runs.at(-1)
    if (last !== undefined && isByCode(last) === isByCode(character)) runs[runs.length - 1] = last + character
    else runs.push(character)
  }
  return runs
}

function codes(text: string): string {
  const numbers = [...text].map((character) => Number.parseInt(hex(Buffer.from(character)), 16))
  return `CHAR(${numbers.join(', ')} USING utf8mb4)`
}

/**
 * A text where the grammar takes nothing but a quoted string: a comment. A backslash is doubled, as every server wants
 * it that does not run with NO_BACKSLASH_ESCAPES.
 */
export function quotedText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\0', '\\0')}'`
}

/** A value of an enumeration: its grammar takes digits, but no introducer. */
export function memberText(text: string): string {
  return needsCodes(text) ? `0x${hex(Buffer.from(text))}` : quotedPlain(text)
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

export function momentText(date: Date): string {
  if (Number.isNaN(date.getTime())) refuse('an invalid date')
  return date.toISOString().replace('T', ' ').replace('Z', '')
}

function refuse(what: string): never {
  throw new AludelError('invalid-parameter', `MySQL cannot be given ${what} as a value.`, {
    hint: 'Pass a string, number, bigint, boolean, null, Date or Uint8Array.',
  })
}
