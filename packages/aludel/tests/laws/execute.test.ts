// `execute`: what it may be given, and when it leaves the schema alone.

import { describe, expect, test } from 'vitest'
import { isData } from '../../src/ops/execute.ts'
import { type ExecuteGiven, executeTexts, toExecuteSql } from '../../src/ops/execute-sql.ts'
import { name, sql } from '../../src/schema/sql.ts'

const leavesSchemaAlone = (given: ExecuteGiven) =>
  isData({
    kind: 'execute',
    sql: toExecuteSql(given),
    effects: null,
    touches: null,
    undo: null,
    transactional: true,
  })

describe('rows only are changed by', () => {
  test.each([
    'SELECT 1',
    "  insert into user values ('a;b');",
    'UPDATE "a;b" SET x = 1 -- done; really',
    '/* first; */ DELETE FROM user',
    'WITH old AS (SELECT 1) INSERT INTO user SELECT * FROM old',
    'REPLACE INTO user VALUES (1)',
    'MERGE INTO user USING old ON true WHEN MATCHED THEN DELETE',
    'TRUNCATE user',
    "UPDATE user SET note = 'CREATE TABLE x; -- '",
  ])('%s', (text) => expect(leavesSchemaAlone(text)).toBe(true))
})

describe('anything may be changed by', () => {
  test.each([
    'CREATE TABLE x (id int)',
    'UPDATE user SET x = 1; DROP TABLE user',
    'SELECT * INTO copy FROM user',
    'WITH x AS (SELECT 1) SELECT * INTO copy FROM x',
    'DO $$ BEGIN DROP TABLE x; END $$',
    'CALL cleanup()',
    '-- UPDATE user SET x = 1\nDROP TABLE user',
    'selection',
    '',
  ])('%s', (text) => expect(leavesSchemaAlone(text)).toBe(false))

  test('a list or an engine of which one text does', () => {
    expect(leavesSchemaAlone(['SELECT 1', 'DROP TABLE x'])).toBe(false)
    expect(leavesSchemaAlone({ sqlite: 'SELECT 1', mysql: ['SELECT 1', 'DROP TABLE x'] })).toBe(false)
  })
})

test('a text, a fragment, a list or a text for each engine can be given', () => {
  const fragment = sql`SELECT ${1} FROM ${name('user')}`
  expect(toExecuteSql('SELECT 1')).toEqual({ all: [{ parts: ['SELECT 1'] }] })
  expect(toExecuteSql([fragment, 'SELECT 2'])).toEqual({ all: [fragment, { parts: ['SELECT 2'] }] })
  const each = toExecuteSql({ sqlite: 'SELECT 1', postgres: [fragment] })
  expect(executeTexts(each, 'sqlite')).toEqual([{ parts: ['SELECT 1'] }])
  expect(executeTexts(each, 'postgres')).toEqual([fragment])
  expect(executeTexts(each, 'mysql')).toBeNull()
})
