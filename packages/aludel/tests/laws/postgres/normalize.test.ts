// The form in which PostgreSQL's schemas are compared.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalize } from '../../../src/dialects/postgres/normalize.ts'
import { json, sqlType, string } from '../../../src/schema/column.ts'
import { index } from '../../../src/schema/constraints.ts'
import { defineSchema } from '../../../src/schema/define.ts'
import { table } from '../../../src/schema/table.ts'
import { possibleOn } from '../../arbitraries/possible.ts'
import { schemas } from '../../arbitraries/schema.ts'

test('a schema that is in this form stays as it is', () => {
  fc.assert(
    fc.property(schemas(possibleOn.postgres), (schema) => {
      const once = normalize(schema)
      expect(normalize(once)).toEqual(once)
    }),
  )
})

test('a serial type is the number, its sequence and NOT NULL', () => {
  const [found] = normalize(defineSchema([table('Order', { id: sqlType('BIGSERIAL') })])).tables
  expect(found?.columns).toMatchObject([
    { type: { kind: 'bigint' }, nullable: false, default: { sql: { parts: [`nextval('"Order_id_seq"'::regclass)`] } } },
  ])
})

test('what an index has anyway is not told', () => {
  const options = { postgres: { using: 'BTREE', operatorClasses: { a: 'text_ops' }, concurrently: true } }
  const [found] = normalize(
    defineSchema([table('t', { a: string(5) }, (t) => [index('one').on(t.a).with(options)])]),
  ).tables
  expect(found?.indexes[0]?.postgres).toBeNull()
})

test('keys of JSON that begin with a dollar sign stay as they are', () => {
  const text = '{"":{"$":0}}'
  const [found] = normalize(defineSchema([table('t', { a: json().default(text) })])).tables
  expect(found?.columns[0]?.default).toEqual({ kind: 'value', value: text })
})
