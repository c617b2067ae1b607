// CSV by RFC 4180, a record at a time: quotes, line ends of either kind and inside quotes, the first record as names.

import type { CsvFormat } from '../../ops/operations.ts'
import { type DataRow, type Fail, oneOfEach } from './row.ts'
import { openWindow, placeAfter, type Taken } from './window.ts'

/** A record's fields: NULL for one that is not quoted and is the text that stands for it. */
interface Fields {
  readonly fields: readonly (string | null)[]
  /** Where each begins, from the record's first character. */
  readonly starts: readonly number[]
  /** Where the next record begins in the text. */
  readonly end: number
}

interface Fault {
  readonly at: number
  readonly fault: string
}

interface CsvRecord extends Taken, Fields {}

const quoteMark = 34
const lineFeed = 10
const carriageReturn = 13

export function* csvRows(pieces: Iterable<string>, format: CsvFormat, fail: Fail): Generator<DataRow> {
  let names: readonly string[] | null = null
  for (const record of csvRecords(pieces, format, fail)) {
    const place = (at: number) => placeAfter(record, record.text, record.starts[at] ?? 0)
    if (names === null) {
      names = oneOfEach(
        record.fields.map((field) => field ?? ''),
        (at, why) => fail(place(at), why),
      )
    } else if (record.fields.length === names.length) {
      yield { names, cells: record.fields, place }
    } else if (!/^\r?\n?$/.test(record.text)) {
      const count = `${record.fields.length} ${record.fields.length === 1 ? 'field' : 'fields'}`
      throw fail(record, `this record has ${count}, but the first line names ${names.length} columns`)
    }
  }
  if (names === null) throw fail({ line: 1, column: 1 }, 'the file is empty; its first line must name the columns')
}

function* csvRecords(pieces: Iterable<string>, format: CsvFormat, fail: Fail): Generator<CsvRecord> {
  const window = openWindow(pieces)
  while (!window.isEmpty()) {
    const start = window.start()
    const found = fieldsAt(window.text(), start, window.hasEnded(), format)
    if (found === null) window.more()
    else if ('fault' in found) {
      const { text, ...place } = window.take(found.at)
      throw fail(placeAfter(place, text, text.length), found.fault)
    } else yield { ...found, ...window.take(found.end) }
  }
}

/** The record that begins here; null where its end has not been read yet. */
function fieldsAt(text: string, start: number, ended: boolean, format: CsvFormat): Fields | Fault | null {
  const fields: (string | null)[] = []
  const starts: number[] = []
  const separator = format.delimiter.charCodeAt(0)
  for (let at = start; ; at += 1) {
    starts.push(at - start)
    const quoted = text.charCodeAt(at) === quoteMark
    const end = quoted ? quotedEnd(text, at, ended) : plainEnd(text, at, separator)
    if (end === null) return ended ? { at, fault: 'this quoted field never ends' } : null
    // The last character may be half of a line's end, or a quote that is doubled.
    if (end >= text.length - 1 && !ended) return null
    const field = quoted ? text.slice(at + 1, end - 1).replaceAll('""', '"') : text.slice(at, end)
    fields.push(!quoted && field === format.null ? null : field)
    const next = text.charCodeAt(end)
    if (next === separator) at = end
    else if (end === text.length) return { fields, starts, end }
    else if (next === lineFeed) return { fields, starts, end: end + 1 }
    else if (next === carriageReturn && text.charCodeAt(end + 1) === lineFeed) return { fields, starts, end: end + 2 }
    else return { at: end, fault: strayFault(next, quoted) }
  }
}

function strayFault(code: number, quoted: boolean): string {
  if (code === carriageReturn) return 'a carriage return stands alone; lines end in CRLF or LF'
  return quoted
    ? 'a quoted field goes on after its closing quote; a quote inside it is written twice'
    : 'a quote stands inside a field that does not begin with one; put the field in quotes and double those inside it'
}

/** Behind the closing quote; null where there is none. */
function quotedEnd(text: string, start: number, ended: boolean): number | null {
  for (let at = start + 1; ; at += 2) {
    at = text.indexOf('"', at)
    if (at === -1 || (at === text.length - 1 && !ended)) return null
    if (text.charCodeAt(at + 1) !== quoteMark) return at + 1
  }
}

function plainEnd(text: string, start: number, separator: number): number {
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === separator || code === lineFeed || code === carriageReturn || code === quoteMark) return at
  }
  return text.length
}
