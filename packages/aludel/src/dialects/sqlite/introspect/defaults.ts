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
  if (value === undefined) return { kind: 'sql', sql: rawSql(text) }
  return { kind: 'value', value: typedValue(value, type) }
}

function parseLiteral(text: string): Value | undefined {
  if (/^'(?:[^']|'')*'$/.test(text)) return unquoteString(text)
  if (/^x'(?:[0-9a-f]{2})*'$/i.test(text)) return Uint8Array.from(Buffer.from(text.slice(2, -1), 'hex'))
  if (/^[-+]?\d+$/.test(text)) return Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text)
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text)) return Number(text)
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
    default:
      return typeof value === 'boolean' ? Number(value) : value
  }
}

function numberOf(value: Value): Value {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) {
    return /^[-+]?\d+$/.test(value) && !Number.isSafeInteger(Number(value)) ? BigInt(value) : Number(value)
  }
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value
}
