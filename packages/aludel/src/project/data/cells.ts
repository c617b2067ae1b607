// From what a data file says to what a column takes: by the column's type where it is known, else as it stands.

import type { Value } from '../../database/types.ts'
import type { ColumnType } from '../../schema/model.ts'
import type { Cell } from './row.ts'

/** The value, or why the cell is none for such a column. What it says never holds the cell. */
export type Read = (cell: Cell) => { readonly value: Value } | { readonly why: string }

type Text = Exclude<Cell, null | object>

/** Readers for one column; `zones` is true where the engine tells moments with a zone from such without. */
export function readerFor(type: ColumnType | null, zones: boolean): Read {
  const read = readers(type, zones)
  return (cell) => {
    if (cell === null) return { value: null }
    if (typeof cell === 'object') return structured(type, cell)
    const value = read(cell)
    return value === undefined ? { why: `this is no ${titleOf(type)}` } : { value }
  }
}

function structured(type: ColumnType | null, cell: object): { readonly value: Value } | { readonly why: string } {
  if (type === null || type.kind === 'json' || type.kind === 'raw') return { value: JSON.stringify(cell) }
  return { why: `a ${titleOf(type)} is one value, and here is an array or an object` }
}

/** Undefined where the text does not fit. */
function readers(type: ColumnType | null, zones: boolean): (cell: Text) => Value | undefined {
  switch (type?.kind) {
    case 'boolean':
      return toBoolean
    case 'integer':
    case 'smallint':
    case 'bigint':
      return toInteger
    case 'numeric':
      // A number as a text keeps every digit.
      return (cell) => (typeof cell !== 'boolean' && isNumber(String(cell)) ? String(cell).trim() : undefined)
    case 'float':
    case 'double':
      return (cell) => (typeof cell !== 'boolean' && isNumber(String(cell)) ? Number(cell) : undefined)
    case 'timestamp':
      return (cell) => toMoment(String(cell).trim(), type.timezone && zones)
    case 'date':
      return (cell) => matching(cell, /^\d{4}-\d\d-\d\d$/)
    case 'time':
      return (cell) => matching(cell, /^\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?$/)
    case 'uuid':
      return (cell) => matching(cell, /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
    case 'binary':
      return toBytes
    case 'json':
      return toJson
    default:
      return type === null || type === undefined ? (cell) => cell : String
  }
}

function toBoolean(cell: Text): boolean | undefined {
  const word = String(cell).trim().toLowerCase()
  if (['true', 't', '1'].includes(word)) return true
  return ['false', 'f', '0'].includes(word) ? false : undefined
}

function toInteger(cell: Text): Value | undefined {
  if (typeof cell === 'boolean') return undefined
  // A number of JSON beyond these has lost digits already; written as a text it has not.
  if (typeof cell === 'number') return Number.isSafeInteger(cell) ? cell : undefined
  if (!/^\s*[+-]?\d+\s*$/.test(cell)) return undefined
  const value = Number(cell)
  return Number.isSafeInteger(value) ? value : BigInt(cell.trim().replace(/^\+/, ''))
}

function isNumber(text: string): boolean {
  return /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text) && Number.isFinite(Number(text))
}

function matching(cell: Text, pattern: RegExp): string | undefined {
  const text = String(cell).trim()
  return pattern.test(text) ? text : undefined
}

const momentPattern = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:[.,](\d{1,6}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i

/** A moment without a zone is in UTC, as everywhere in this house. */
function toMoment(text: string, zoned: boolean): Value | undefined {
  const found = momentPattern.exec(text)
  if (found === null) return undefined
  const [, day, minutes = '00:00', seconds = ':00', fraction = '', zone = 'Z'] = found
  const offset = /^z$/i.test(zone)
    ? 'Z'
    : zone.replace(/^(.\d\d):?(\d\d)?$/, (_, hours, rest) => `${hours}:${rest ?? '00'}`)
  const moment = new Date(`${day}T${minutes}${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`)
  if (Number.isNaN(moment.getTime())) return undefined
  if (!/[1-9]/.test(fraction.slice(3))) return moment
  // A Date ends at milliseconds.
  const [whole = ''] = moment.toISOString().split('.')
  return `${whole.replace('T', ' ')}.${fraction}${zoned ? '+00' : ''}`
}

function toBytes(cell: Text): Uint8Array | undefined {
  const digits = /^\\x((?:[0-9a-f]{2})*)$/i.exec(String(cell).trim())?.[1]
  return digits === undefined ? undefined : Uint8Array.from(Buffer.from(digits, 'hex'))
}

function toJson(cell: Text): string | undefined {
  if (typeof cell !== 'string') return JSON.stringify(cell)
  try {
    JSON.parse(cell)
    return cell
  } catch {
    return undefined
  }
}

function titleOf(type: ColumnType | null): string {
  switch (type?.kind) {
    case 'integer':
    case 'smallint':
    case 'bigint':
      return 'whole number'
    case 'numeric':
    case 'float':
    case 'double':
      return 'number'
    case 'boolean':
      return 'true or false'
    case 'timestamp':
      return "moment such as '2026-01-31 09:30:00'"
    case 'date':
      return "day such as '2026-01-31'"
    case 'time':
      return "time such as '09:30:00'"
    case 'binary':
      return "bytes such as '\\x00ff'"
    default:
      return type?.kind ?? 'value'
  }
}
