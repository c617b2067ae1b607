// What is called destructive: whatever takes rows or values away for ever, and no change that every value survives.

import { describe, expect, test } from 'vitest'
import { destroys } from '../../src/compare/destroys.ts'
import { engine } from '../../src/dialects/postgres/engine.ts'
import type { Op } from '../../src/ops/operations.ts'
import {
  type AnyColumn,
  bigint,
  boolean,
  date,
  double,
  enumeration,
  integer,
  json,
  numeric,
  smallint,
  sqlType,
  string,
  text,
  timestamp,
  timestamptz,
} from '../../src/schema/column.ts'
import { defineSchema } from '../../src/schema/define.ts'
import { sql } from '../../src/schema/sql.ts'
import { table } from '../../src/schema/table.ts'

const at = { namespace: null, name: 'user' }
const lost = (op: Op, column: AnyColumn = integer()) =>
  destroys(op, defineSchema([table('user', { id: integer().primaryKey(), is: column })]), engine.offline)

function change(from: AnyColumn, to: AnyColumn): string | null {
  return lost({ kind: 'alterColumn', table: at, column: 'is', set: { type: to.spec.column.type }, using: null }, from)
}

describe('a change of type', () => {
  test.each<readonly [AnyColumn, AnyColumn]>([
    [string(10), string(20)],
    [string(10), string()],
    [string(10), text()],
    [smallint(), integer()],
    [integer(), bigint()],
    [integer(), string(11)],
    [numeric(5, 2), numeric(7, 2)],
    [numeric(5, 2), numeric(8, 4)],
    [date(), timestamp()],
    [timestamp(), timestamptz()],
    [enumeration('mood', ['a']), enumeration('mood', ['a', 'b'])],
    [sqlType('inet'), text()],
    [boolean(), text()],
  ])('keeps every value from %j to %j', (from, to) => {
    expect(change(from, to)).toBeNull()
  })

  test.each<readonly [AnyColumn, AnyColumn]>([
    [string(20), string(10)],
    [string(), string(10)],
    [text(), string(10)],
    [bigint(), integer()],
    [integer(), string(5)],
    [double(), integer()],
    [numeric(5, 2), numeric(5, 3)],
    [numeric(5, 2), numeric(5, 1)],
    [timestamp(), date()],
    [text(), json()],
    [enumeration('mood', ['a', 'b']), enumeration('mood', ['a'])],
    [sqlType('inet'), sqlType('cidr')],
  ])('may lose one from %j to %j', (from, to) => {
    expect(change(from, to)).toMatch(/^values of user\.is that .+ cannot hold as .+ did$/)
  })
})

test('a table that goes takes its rows, a column its values, unless they are computed', () => {
  const column = { kind: 'dropColumn', table: at, column: 'is', ifExists: false } as const
  expect(lost({ kind: 'dropTable', table: at, ifExists: false })).toBe('table user with its rows')
  expect(lost(column)).toBe('column user.is with its values')
  expect(lost(column, integer().generated(sql`id + 1`))).toBeNull()
  expect(lost({ kind: 'dropIndex', table: at, name: 'ix', ifExists: false, concurrently: false })).toBeNull()
})
