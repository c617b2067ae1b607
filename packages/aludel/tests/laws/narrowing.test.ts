// Which changes of a type may lose or refuse a value.

import { expect, test } from 'vitest'
import { isNarrowing } from '../../src/diff/narrowing.ts'
import type { ColumnType } from '../../src/schema/model.ts'
import { columnTypes } from '../arbitraries/pure/schema.ts'

const string = (length: number | null): ColumnType => ({ kind: 'string', length })
const numeric = (precision: number | null, scale: number | null): ColumnType => ({ kind: 'numeric', precision, scale })
const mood = (...values: readonly string[]): ColumnType => ({
  kind: 'enumeration',
  namespace: null,
  name: 'mood',
  values,
})
const of = (kind: 'smallint' | 'integer' | 'bigint' | 'text' | 'boolean' | 'float' | 'double' | 'date' | 'uuid') =>
  ({ kind }) as ColumnType
const timestamp = (timezone: boolean): ColumnType => ({ kind: 'timestamp', timezone })
const json = (text: boolean): ColumnType => ({ kind: 'json', text })
const raw = (sql: string): ColumnType => ({ kind: 'raw', sql })

test('no type is narrower than itself', () => {
  for (const type of columnTypes) expect(isNarrowing(type, type)).toBe(false)
})

test.each<readonly [string, ColumnType, ColumnType]>([
  ['a text may be too long', of('text'), string(40)],
  ['a string may be too long', string(80), string(40)],
  ['a string without a limit may be too long', string(null), string(40)],
  ['a number may be too great', of('bigint'), of('integer')],
  ['a number may be too great', of('integer'), of('smallint')],
  ['digits after the point are cut', numeric(10, 2), numeric(10, 0)],
  ['there are fewer digits before the point', numeric(10, 2), numeric(10, 4)],
  ['a number without a limit', numeric(null, null), numeric(10, 2)],
  ['a great whole number is not exact', of('bigint'), of('double')],
  ['a double is not exact', of('double'), of('float')],
  ['a fraction is cut', of('double'), of('integer')],
  ['a text may be no number', of('text'), of('integer')],
  ['the time is cut', timestamp(false), of('date')],
  ['what zone it is in is guessed', timestamp(false), timestamp(true)],
  ['double keys are lost', json(true), json(false)],
  ['a text may be no document', of('text'), json(false)],
  ['a value is gone', mood('ok', 'bad'), mood('ok')],
  ['a text may be no value', of('text'), mood('ok')],
  ['nobody knows', raw('inet'), raw('cidr')],
  ['nobody knows', of('text'), raw('citext')],
])('%s: narrower', (_why, from, to) => {
  expect(isNarrowing(from, to)).toBe(true)
})

test.each<readonly [ColumnType, ColumnType]>([
  [string(40), string(80)],
  [string(40), string(null)],
  [string(40), of('text')],
  [of('uuid'), string(36)],
  [of('integer'), of('text')],
  [mood('ok', 'bad'), string(3)],
  [mood('ok'), mood('bad', 'ok')],
  [of('smallint'), of('bigint')],
  [of('boolean'), of('integer')],
  [of('integer'), numeric(12, 2)],
  [numeric(10, 2), numeric(12, 4)],
  [numeric(10, 2), numeric(null, null)],
  [of('integer'), of('double')],
  [of('date'), timestamp(false)],
  [json(false), json(true)],
])('%j goes into %j whole', (from, to) => {
  expect(isNarrowing(from, to)).toBe(false)
})
