// What the server sends as text, as the values of JavaScript.

/** What the driver tells of a field. */
export interface Field {
  readonly name: string
  /** The table that the field is a column of; 0 for a computed one. */
  readonly tableID: number
  readonly dataTypeID: number
}

/** What the driver tells of an answer, every value as its text. */
export interface Answer {
  readonly fields: readonly Field[]
  readonly rows: readonly (readonly (string | null)[])[]
}

export function toRows<Row>({ fields, rows }: Answer): readonly Row[] {
  const readers = fields.map((field) => ({ name: field.name, read: readerOf(field) }))
  return rows.map((values) => {
    const row: Record<string, unknown> = {}
    let at = 0
    for (const { name, read } of readers) {
      const text = values[at] ?? null
      row[name] = text === null ? null : read(text)
      at += 1
    }
    return row as Row
  })
}

type Reader = (text: string) => unknown

const readers: ReadonlyMap<number, Reader> = new Map<number, Reader>([
  [16, (text) => text === 't'],
  [17, bytes],
  // int2, int4, oid, float4, float8
  ...[21, 23, 26, 700, 701].map((type): readonly [number, Reader] => [type, Number]),
  [1114, moment],
  [1184, moment],
])

const bigintType = 20

/** How the texts of a field are read. A column of bigints gives bigints; a computed one gives numbers while they are exact. */
function readerOf({ tableID, dataTypeID }: Field): Reader {
  if (dataTypeID === bigintType) return tableID === 0 ? counted : BigInt
  return readers.get(dataTypeID) ?? String
}

function counted(text: string): number | bigint {
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : BigInt(text)
}

function bytes(text: string): Uint8Array {
  return Buffer.from(text.slice(2), 'hex')
}

const instant = /^(\d+)-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?)?( BC)?$/

/** A date and time, with an offset or in UTC. 'infinity' is no moment and stays a text. */
function moment(text: string): Date | string {
  const match = instant.exec(text)
  if (match === null) return text
  const [year, month, day, hours, minutes, seconds] = match.slice(1, 7).map(Number)
  if (year === undefined || month === undefined) return text
  const date = new Date(0)
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(match[12] === undefined ? year : 1 - year, month - 1, day)
  date.setUTCHours(hours ?? 0, minutes ?? 0, seconds ?? 0, Number((match[7] ?? '').padEnd(3, '0').slice(0, 3)))
  const [offsetHours, offsetMinutes, offsetSeconds] = match.slice(9, 12).map((part) => Number(part ?? 0))
  const offset = ((offsetHours ?? 0) * 3600 + (offsetMinutes ?? 0) * 60 + (offsetSeconds ?? 0)) * 1000
  return new Date(date.getTime() + (match[8] === '-' ? offset : -offset))
}
