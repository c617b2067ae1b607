// A default as SQLite keeps it, in the form that the model uses; and a model's default in the same form.

import type { Value } from '../../../database/types.ts'
import type { ColumnType, Default } from '../../../schema/model.ts'
import { rawSql } from '../../../schema/sql.ts'
import { nowSql } from '../render/table.ts'
import { unquoteString } from './tokens.ts'

export function parseDefault(
  given: { readonly text: string; readonly expression: boolean },
  type: ColumnType,
): Default | null {
  const { text, expression } = given
  if (expression && Object.values(nowSql).includes(text)) return { kind: 'now' }
  if (/^null$/i.test(text)) return null
  const value = parseLiteral(text)
  // A column that holds no numbers keeps 1.0 as it is written.
  const kept = typeof value === 'number' && text.includes('.') && !holdsNumbers(type)
  if (value === undefined || kept) return { kind: 'sql', sql: rawSql(text) }
  return { kind: 'value', value: typedValue(value, type) }
}

function parseLiteral(text: string): Value | undefined {
  if (/^'(?:[^']|'')*'$/.test(text)) return unquoteString(text)
  if (/^x'(?:[0-9a-f]{2})*'$/i.test(text)) return Uint8Array.from(Buffer.from(text.slice(2, -1), 'hex'))
  const number = exactNumber(text)
  if (number !== null) return number
  if (/^true$/i.test(text)) return true
  if (/^false$/i.test(text)) return false
  return undefined
}

/** A literal as its column's type tells it, so that `1` and `true` of a boolean are one value. */
export function typedValue(value: Value, type: ColumnType): Value {
  if (value instanceof Date) return value.toISOString()
  switch (type.kind) {
    case 'boolean':
      return value === 1 || value === 1n || value === true || value === '1'
        ? true
        : value === 0 || value === 0n || value === false || value === '0'
          ? false
          : value
    case 'integer':
    case 'smallint':
    case 'bigint':
    case 'float':
    case 'double':
    case 'numeric':
      return numberOf(value)
    case 'string':
    case 'text':
      // A column of text keeps a number as its digits.
      if (typeof value === 'boolean') return String(Number(value))
      return typeof value === 'number' || typeof value === 'bigint' ? String(value) : value
    default:
      return typeof value === 'boolean' ? Number(value) : value
  }
}

const numberKinds = ['integer', 'smallint', 'bigint', 'float', 'double', 'numeric', 'boolean']

/** True where the column turns what it is given into a number, by SQLite's rules of affinity. */
function holdsNumbers(type: ColumnType): boolean {
  if (type.kind !== 'raw') return numberKinds.includes(type.kind)
  return /INT/i.test(type.sql) || !/CHAR|CLOB|TEXT|BLOB|^$/i.test(type.sql)
}

function numberOf(value: Value): Value {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'string') return exactNumber(value) ?? value
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value
}

/** The number that a text writes; null where it writes none, or one that JavaScript would round. */
function exactNumber(text: string): number | bigint | null {
  if (/^[-+]?\d+$/.test(text)) return Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text)
  const parts = /^([-+]?)(\d*)\.(\d*)$/.exec(text)
  const [, sign = '', whole = '', places = ''] = parts ?? []
  if (parts === null || whole + places === '') return null
  const fraction = places.replace(/0+$/, '')
  const canonical = `${sign === '-' ? '-' : ''}${whole.replace(/^0+(?=\d)/, '') || '0'}${fraction === '' ? '' : `.${fraction}`}`
  return String(Number(text)) === canonical ? Number(text) : null
}
