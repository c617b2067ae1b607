// SQLite's quoting: names in double quotes, values as literals that read back as what would have been bound; and rows asked for as text.

import type { Value } from '../../database/types.ts'
import { AludelError } from '../../errors.ts'
import { type NameRules, neverInNames, requireName } from '../../schema/name-rules.ts'
import type { Lines } from '../dialect.ts'

export const nameRules: NameRules = { engine: 'SQLite', longest: null, forbidden: neverInNames }

/** What stands before the name of a table while it is made anew. */
export const temporaryPrefix = '_aludel_new_'

export function quote(name: string): string {
  if (name.includes('\0')) requireName(name, nameRules)
  return `"${name.replaceAll('"', '""')}"`
}

/** A line a row: what joins rows in an order is newer than some of the drivers. */
export function lines({ columns, from, where, order }: Lines): string {
  const line = columns.map((column) => `coalesce(${column}, '')`).join(' || char(9) || ')
  return `SELECT ${line} AS "lines" FROM ${from} WHERE ${where} ORDER BY ${order}`
}

export function literal(value: Value): string {
  if (value === null) return 'NULL'
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new AludelError('invalid-parameter', `SQLite has no literal for ${value}.`)
    return String(value)
  }
  if (value instanceof Date) return literal(value.toISOString())
  if (value instanceof Uint8Array) return `X'${Buffer.from(value).toString('hex')}'`
  // A NUL ends a literal for some readers of SQLite's text, so such a string is written as bytes.
  if (value.includes('\0')) return `CAST(X'${Buffer.from(value, 'utf8').toString('hex')}' AS TEXT)`
  return `'${value.replaceAll("'", "''")}'`
}
