// What is called destructive: whatever takes rows or values away for ever, and no change that every value survives.

import { expect, test } from 'vitest'
import { destroys } from '../../src/compare/destroys.ts'
import { engine } from '../../src/dialects/postgres/engine.ts'
import type { Op } from '../../src/ops/operations.ts'
import { type AnyColumn, integer, smallint, string } from '../../src/schema/column.ts'
import { defineSchema } from '../../src/schema/define.ts'
import { sql } from '../../src/schema/sql.ts'
import { table } from '../../src/schema/table.ts'

const at = { namespace: null, name: 'user' }
const lost = (op: Op, column: AnyColumn = integer()) =>
  destroys(op, defineSchema([table('user', { id: integer().primaryKey(), is: column })]), engine.offline)

test('a change of type is destructive where a value may not fit', () => {
  const change = (from: AnyColumn, to: AnyColumn) =>
    lost({ kind: 'alterColumn', table: at, column: 'is', set: { type: to.spec.column.type }, using: null }, from)
  expect(change(string(10), string(20))).toBeNull()
  expect(change(string(20), string(10))).toBe('values of user.is that varchar(10) cannot hold as varchar(20) did')
  expect(change(integer().generated(sql`id + 1`), smallint())).toBeNull()
})

test('a table that goes takes its rows, a column its values, unless they are computed', () => {
  const column = { kind: 'dropColumn', table: at, column: 'is', ifExists: false } as const
  expect(lost({ kind: 'dropTable', table: at, ifExists: false })).toBe('table user with its rows')
  expect(lost(column)).toBe('column user.is with its values')
  expect(lost(column, integer().generated(sql`id + 1`))).toBeNull()
  expect(lost({ kind: 'dropIndex', table: at, name: 'ix', ifExists: false, concurrently: false })).toBeNull()
})
