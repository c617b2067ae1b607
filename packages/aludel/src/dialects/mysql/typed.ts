// A value as a column of a type holds it: one form for every way of writing it, so that two defaults can be compared.

import type { Value } from '../../database/types.ts'
import type { ColumnType } from '../../schema/model.ts'
import { wholeNumber } from './constants.ts'
import { momentText } from './literal.ts'
import { canonicalType } from './types.ts'

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
      return clockText(plainText(value))
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

/** Hours, minutes and seconds; a fraction only where it says something. */
function clockText(text: string): string {
  const [, hours = '', minutes, seconds = '00', fraction = ''] =
    /^(\d{1,3}):(\d\d)(?::(\d\d))?(?:\.(\d{1,6}))?$/.exec(text) ?? []
  if (minutes === undefined) return text
  const parts = fraction.replace(/0+$/, '')
  return `${hours.padStart(2, '0')}:${minutes}:${seconds}${parts === '' ? '' : `.${parts}`}`
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
