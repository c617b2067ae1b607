// Data files: what is written by the rules of a format is read as it was, in pieces of any size, and what is not has a place.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AludelError } from '../../src/errors.ts'
import { readerFor } from '../../src/project/data/cells.ts'
import { csvRows } from '../../src/project/data/csv.ts'
import { jsonLineRows, jsonRows } from '../../src/project/data/json.ts'
import type { Cell, DataRow, Fail } from '../../src/project/data/row.ts'
import type { ColumnType } from '../../src/schema/model.ts'

const fail: Fail = ({ line, column }, why) => new AludelError('invalid-data', `${line}:${column} ${why}`)
const usual = { delimiter: ',', null: '' }

function pieces(text: string, size: number): readonly string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size))
}

function read(rows: Iterable<DataRow>): readonly (readonly Cell[])[] {
  return [...rows].map((row) => row.cells)
}

const csv = (text: string, format = usual, size = 7) => csvRows(pieces(text, size), format, fail)

function fault(rows: Iterable<DataRow>): string {
  try {
    read(rows)
    return 'none'
  } catch (error) {
    return (error as Error).message
  }
}

describe('CSV', () => {
  const fields = fc.oneof(
    fc.constant(null),
    fc
      .array(fc.constantFrom('a', '"', ',', ';', '\r', '\n', '\r\n', ' ', 'é', '😀', 'NULL'), { maxLength: 6 })
      .map((all) => all.join('')),
  )
  const tables = fc
    .integer({ min: 2, max: 4 })
    .chain((width) =>
      fc.array(fc.array(fields, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
    )

  test('of any content is read as it was written, whatever the pieces, line ends and delimiter are', () => {
    const formats = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      null: fc.constantFrom('', 'NULL', '\\N'),
    })
    const ends = fc.constantFrom('\n', '\r\n')
    fc.assert(
      fc.property(
        tables,
        formats,
        ends,
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        (rows, format, end, last, size) => {
          const header = (rows[0] ?? []).map((_, at) => `c${at}`)
          const written = (field: string | null) => (field === null ? format.null : `"${field.replaceAll('"', '""')}"`)
          const lines = [header.join(format.delimiter), ...rows.map((row) => row.map(written).join(format.delimiter))]
          const found = [...csv(lines.join(end) + (last ? end : ''), format, size)]
          expect(found.map((row) => row.cells)).toEqual(rows)
          expect(found.every((row) => row.names.join() === header.join())).toBe(true)
        },
      ),
      { numRuns: 400 },
    )
  })

  test('without quotes is read as it stands, and an empty field is NULL where an empty quoted one is not', () => {
    expect(read(csv('a,b,c\r\n1, two ,\r\n"","x"""," "'))).toEqual([
      ['1', ' two ', null],
      ['', 'x"', ' '],
    ])
  })

  test('of one column has a row for every line, and of several none for an empty one', () => {
    expect(read(csv('a\n1\n\n2\n'))).toEqual([['1'], [null], ['2']])
    expect(read(csv('a,b\n1,2\n\n3,4\n\n'))).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
  })

  test.each([
    ['', '1:1 the file is empty; its first line must name the columns'],
    ['a,,b\n', '1:3 the first line names the columns, and here is a name that is empty'],
    ['a,b,a\n', '1:5 the first line names column "a" twice'],
    ['a,b\n1,2\n1\n', '3:1 this record has 1 field, but the first line names 2 columns'],
    ['a,b\n"x\ny","z\n', '3:4 this quoted field never ends'],
    ['a,b\n"x"y,1\n', '2:4 a quoted field goes on after its closing quote; a quote inside it is written twice'],
    [
      'a,b\n1,x"y\n',
      '2:4 a quote stands inside a field that does not begin with one; put the field in quotes and double those inside it',
    ],
    ['a,b\n1,2\r3,4\n', '2:4 a carriage return stands alone; lines end in CRLF or LF'],
  ])('%j is refused with its place', (text, sentence) => {
    expect(fault(csv(text))).toBe(sentence)
  })

  test('knows where each field stands, also behind one of several lines', () => {
    const [row] = csv('a,b,c\n"x\ny",2,3\n')
    expect([0, 1, 2].map((at) => row?.place(at))).toEqual([
      { line: 2, column: 1 },
      { line: 3, column: 4 },
      { line: 3, column: 6 },
    ])
  })
})

describe('a file of any length', () => {
  const piece = 'x'.repeat(999)
  const counted = (text: (at: number) => string) => {
    const state = { read: 0 }
    const source = function* () {
      for (; state.read < 2000; state.read += 1) yield text(state.read)
    }
    return { state, source: source() }
  }

  test.each<[string, (at: number) => string, (source: Iterable<string>) => Iterable<DataRow>]>([
    ['CSV', (at) => (at === 0 ? 'a,b\n' : `${piece},"${piece}"\n`), (source) => csvRows(source, usual, fail)],
    [
      'JSON',
      (at) => `${at === 0 ? '[' : ','}{"a":"${piece}"}${at === 1999 ? ']' : ''}`,
      (source) => jsonRows(source, fail),
    ],
    ['JSON lines', () => `{"a":"${piece}"}\n`, (source) => jsonLineRows(source, fail)],
  ])('is read no further than the row that is asked for: %s', (_, text, rows) => {
    const { state, source } = counted(text)
    let [seen, ahead] = [0, 0]
    for (const _row of rows(source)) {
      seen += 1
      ahead = Math.max(ahead, state.read - seen)
    }
    expect(seen).toBeGreaterThan(1998)
    expect(ahead).toBeLessThan(4)
  })
})

describe('JSON', () => {
  const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4, noNullPrototype: true }), {
    maxLength: 6,
  })

  test('of any content is read as it was written, as an array or an object a line, whatever the pieces are', () => {
    fc.assert(
      fc.property(objects, fc.constantFrom(undefined, 2), fc.integer({ min: 1, max: 9 }), (rows, indent, size) => {
        const told = (found: Iterable<DataRow>) =>
          [...found].map(({ names, cells }) => JSON.stringify(names.map((name, at) => [name, cells[at]])))
        const wanted = rows.map((row) => JSON.stringify(Object.entries(row)))
        expect(told(jsonRows(pieces(JSON.stringify(rows, null, indent), size), fail))).toEqual(wanted)
        const lines = rows.map((row) => JSON.stringify(row)).join('\n')
        expect(told(jsonLineRows(pieces(lines, size), fail))).toEqual(wanted)
      }),
      { numRuns: 200 },
    )
  })

  test.each([
    ['', '1:1 here must be "["'],
    ['{}', '1:1 here must be "["'],
    ['[1]', '1:2 here must be an object'],
    ['[\n  {"a":1},\n  {"a":}\n]', '3:3 the object that begins here is not valid JSON'],
    ['[{"a":1} {"a":2}]', '1:10 here must be ","'],
    ['[{"a":1},]', '1:10 here must be an object'],
    ['[{"a":"]}', '1:2 the object that begins here never ends'],
    ['[{}] x', '1:6 the array has ended, but something follows it'],
    ['[{}', '1:4 here must be ","'],
  ])('%j is refused with its place', (text, sentence) => {
    expect(fault(jsonRows(pieces(text, 3), fail))).toBe(sentence)
  })

  test('a line that is no object is refused with its place', () => {
    expect(fault(jsonLineRows(['{"a":1}\n\n  [1]\n'], fail))).toBe(
      '3:3 here must be an object with the columns as its keys',
    )
    expect(fault(jsonLineRows(['{"a":1}\n{"a":'], fail))).toBe('2:1 the object that begins here is not valid JSON')
  })
})

describe('a value', () => {
  const of = (type: ColumnType | null, cell: Cell, zones = false) => readerFor(type, zones)(cell)
  const timestamp = { kind: 'timestamp', timezone: true } as const

  test.each<[ColumnType | null, Cell, unknown]>([
    [{ kind: 'boolean' }, 'true', true],
    [{ kind: 'boolean' }, 'F', false],
    [{ kind: 'boolean' }, 1, true],
    [{ kind: 'integer' }, ' 12 ', 12],
    [{ kind: 'numeric', precision: 30, scale: 2 }, '12345678901234567890.10', '12345678901234567890.10'],
    [{ kind: 'double' }, '1e3', 1000],
    [timestamp, '2026-01-31', new Date('2026-01-31T00:00:00Z')],
    [timestamp, '2026-01-31 09:30:00.5', new Date('2026-01-31T09:30:00.500Z')],
    [timestamp, '2026-01-31T09:30:00+02', new Date('2026-01-31T07:30:00Z')],
    [timestamp, '2026-01-31 09:30:00.123456-0130', '2026-01-31 11:00:00.123456'],
    [{ kind: 'date' }, '2026-01-31', '2026-01-31'],
    [{ kind: 'time' }, '09:30', '09:30'],
    [{ kind: 'binary' }, '\\x00ff', Uint8Array.from([0, 255])],
    [{ kind: 'json', text: false }, { a: [1] }, '{"a":[1]}'],
    [{ kind: 'json', text: false }, '[1]', '[1]'],
    [{ kind: 'text' }, 5, '5'],
    [{ kind: 'text' }, '', ''],
    [{ kind: 'integer' }, null, null],
    [null, 'as it is', 'as it is'],
  ])('for %j: %j is %j', (type, cell, value) => {
    expect(of(type, cell)).toEqual({ value })
  })

  test('keeps every digit of a whole number', () => {
    expect(of({ kind: 'bigint' }, '+9007199254740993')).toEqual({ value: 9007199254740993n })
  })

  test('of microseconds says its zone where the engine knows zones', () => {
    expect(of(timestamp, '2026-01-31 09:30:00.123456', true)).toEqual({ value: '2026-01-31 09:30:00.123456+00' })
  })

  test.each<[ColumnType, Cell]>([
    [{ kind: 'boolean' }, 'maybe'],
    [{ kind: 'integer' }, '1.5'],
    [{ kind: 'bigint' }, 2 ** 53],
    [{ kind: 'double' }, 'NaN'],
    [{ kind: 'numeric', precision: null, scale: null }, ''],
    [timestamp, '31.1.2026'],
    [timestamp, '2026-02-31 25:00:00'],
    [{ kind: 'uuid' }, 'x'],
    [{ kind: 'binary' }, 'ff'],
    [{ kind: 'json', text: false }, '{'],
    [{ kind: 'text' }, [1]],
  ])('for %j: %j is refused, and the refusal does not quote it', (type, cell) => {
    const answer = of(type, cell)
    expect(answer).toHaveProperty('why')
    if (typeof cell === 'string' && cell.length > 2) expect(JSON.stringify(answer)).not.toContain(cell)
  })
})
