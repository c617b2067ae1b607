// Values on their way in and out: only what SQLite's drivers bind safely goes in, what the declared type says comes out.

import type { Value } from '../../database/types.ts'
import { AludelError } from '../../errors.ts'
import type { Bound, Field } from './driver.ts'

/** Booleans become 0 and 1, dates ISO text, bytes a Buffer; anything a driver could misread is refused. */
export function bind(value: Value): Bound {
  if (value === null) return null
  switch (typeof value) {
    case 'string':
      if (value.includes('\0')) refuse('a text with a NUL character, which drivers cut short')
      return value
    case 'bigint':
      if (BigInt.asIntN(64, value) !== value) refuse('a whole number of more than 64 bits')
      return value
    case 'boolean':
      return value ? 1 : 0
    case 'number':
      if (!Number.isFinite(value)) refuse(`the number ${value}`)
      // A whole number is bound as an integer, not as a float that prints as 1.0.
      return Number.isSafeInteger(value) ? BigInt(value) : value
    default:
      if (value instanceof Date) {
        if (Number.isNaN(value.getTime())) refuse('an invalid date')
        return value.toISOString()
      }
      if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
      return refuse(value === undefined ? 'undefined' : `a value of type ${typeof value}`)
  }
}

function refuse(what: string): never {
  throw new AludelError('invalid-parameter', `SQLite cannot be given ${what} as a parameter.`, {
    hint: 'Pass a string, number, bigint, boolean, null, Date or Uint8Array.',
  })
}

type Reader = (value: unknown) => unknown

/** How the values of a field are told, by the type that its column declares. */
export function readerOf({ declared }: Field): Reader {
  const word = declared?.toUpperCase() ?? ''
  if (word === 'BOOLEAN') return (value) => (typeof value === 'bigint' ? value !== 0n : plain(value))
  if (word === 'BIGINT') return (value) => (typeof value === 'bigint' ? value : plain(value))
  if (word === 'DATETIME' || word === 'TIMESTAMP')
    return (value) => (typeof value === 'string' ? moment(value) : plain(value))
  if (word.startsWith('NUMERIC') || word.startsWith('DECIMAL')) {
    const scale = /,\s*(\d+)\s*\)/.exec(word)?.[1]
    return (value) => (typeof value === 'number' || typeof value === 'bigint' ? decimal(value, scale) : plain(value))
  }
  return plain
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (value instanceof ArrayBuffer) return Buffer.from(value)
  return value
}

function decimal(value: number | bigint, scale: string | undefined): string {
  if (scale === undefined) return String(value)
  return typeof value === 'bigint'
    ? scale === '0'
      ? String(value)
      : `${value}.${'0'.repeat(Number(scale))}`
    : value.toFixed(Number(scale))
}

// SQLite's own functions write 'YYYY-MM-DD HH:MM:SS' and mean UTC, which Date would read as local time.
function moment(text: string): unknown {
  const iso = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/.test(text) ? `${text.replace(' ', 'T')}Z` : text
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? text : date
}
