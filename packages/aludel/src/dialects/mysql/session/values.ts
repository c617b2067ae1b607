// Values on their way out: what the server sends as text, told by the type of its column.

/** What the driver knows of a field of a result. */
export interface Field {
  readonly name: string
  /** The protocol's number of the type. */
  readonly columnType: number
  /** 63 is the character set of bytes. */
  readonly characterSet: number
  readonly columnLength: number
  readonly decimals: number
  /** The table of the column; empty for what was computed. */
  readonly orgTable: string
}

type Reader = (bytes: Buffer) => unknown

const types = {
  decimal: 0,
  tiny: 1,
  short: 2,
  long: 3,
  float: 4,
  double: 5,
  timestamp: 7,
  longlong: 8,
  int24: 9,
  date: 10,
  time: 11,
  datetime: 12,
  year: 13,
  bit: 16,
  vector: 242,
  json: 245,
  newdecimal: 246,
  geometry: 255,
} as const

const bytesCharset = 63

function readerOf(field: Field): Reader {
  const isColumn = field.orgTable !== ''
  switch (field.columnType) {
    case types.tiny:
      return isColumn && field.columnLength === 1 ? (bytes) => ascii(bytes) !== '0' : number
    case types.short:
    case types.long:
    case types.int24:
    case types.year:
    case types.float:
    case types.double:
      return number
    case types.longlong:
      return isColumn ? (bytes) => BigInt(ascii(bytes)) : whole
    case types.decimal:
    case types.newdecimal:
      // The sum of whole numbers is a decimal without places.
      return !isColumn && field.decimals === 0 ? whole : ascii
    case types.timestamp:
    case types.datetime:
      return (bytes) => moment(ascii(bytes))
    case types.date:
      return ascii
    case types.time:
      // A fraction that says nothing is left out, as other engines do.
      return (bytes) => ascii(bytes).replace(/(?:(\.\d*[1-9])|\.)0+$/, '$1')
    case types.json:
      return text
    case types.bit:
    case types.geometry:
    case types.vector:
      return (bytes) => bytes
    default:
      return field.characterSet === bytesCharset ? (bytes) => bytes : text
  }
}

const ascii = (bytes: Buffer): string => bytes.toString('latin1')
const text = (bytes: Buffer): string => bytes.toString('utf8')
const number = (bytes: Buffer): number => Number(ascii(bytes))

function whole(bytes: Buffer): number | bigint {
  const value = Number(ascii(bytes))
  return Number.isSafeInteger(value) ? value : BigInt(ascii(bytes))
}

// In UTC, to the millisecond, which is all that a Date holds. '0000-00-00' is no moment and stays a text.
function moment(text: string): Date | string {
  const date = new Date(`${text.replace(' ', 'T').replace(/(\.\d{3})\d+$/, '$1')}Z`)
  return Number.isNaN(date.getTime()) ? text : date
}

/** A function from a row of bytes to an object by the names of its fields. */
export function rowReader(fields: readonly Field[]): (row: readonly (Buffer | null)[]) => Record<string, unknown> {
  const readers = fields.map(readerOf)
  const names = fields.map((field) => field.name)
  return (row) => {
    const read: Record<string, unknown> = {}
    for (const [at, name] of names.entries()) {
      const bytes = row[at]
      read[name] = bytes === null || bytes === undefined ? null : readers[at]?.(bytes)
    }
    return read
  }
}
