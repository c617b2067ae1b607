// What kind of statement a text is, how long to wait before another attempt, and what is shown of somebody else's query.

import { describe, expect, test } from 'vitest'
import { shownQuery } from '../../src/dialects/activity.ts'
import { limitingOf } from '../../src/dialects/mysql/limits.ts'
import { limiting as postgres } from '../../src/dialects/postgres/limits.ts'
import { checkedConfiguration } from '../../src/project/check-configuration.ts'
import { backoff } from '../../src/runner/statements/retry.ts'

const mariadb = limitingOf({ product: 'MariaDB' })

describe('the kind of a statement', () => {
  const onPostgres: readonly (readonly [string, string])[] = [
    ['CREATE TABLE t (id int)', 'ddl'],
    ['ALTER TABLE t ADD COLUMN n int', 'ddl'],
    ['CREATE INDEX ix ON t (n)', 'ddl'],
    ['TRUNCATE t', 'ddl'],
    ['DO $$ BEGIN UPDATE t SET n = 1; END $$', 'ddl'],
    ['REFRESH MATERIALIZED VIEW v', 'ddl'],
    ['VACUUM FULL t', 'ddl'],
    ['REINDEX TABLE t', 'ddl'],
    ['CREATE INDEX CONCURRENTLY ix ON t (n)', 'index'],
    ['create unique index\n concurrently if not exists ix on t (n)', 'index'],
    ['-- why\n/* and how */ DROP INDEX CONCURRENTLY ix', 'index'],
    ['REINDEX INDEX CONCURRENTLY ix', 'index'],
    ['REINDEX (VERBOSE) TABLE CONCURRENTLY t', 'index'],
    ['ALTER TABLE t DETACH PARTITION p CONCURRENTLY', 'index'],
    ['ALTER TABLE t DETACH PARTITION p', 'ddl'],
    ['ALTER TABLE "t" VALIDATE CONSTRAINT "fk"', 'validate'],
    ['ALTER TABLE t VALIDATE CONSTRAINT fk, ADD COLUMN n int', 'ddl'],
    ['UPDATE t SET n = 1', 'data'],
    ['WITH old AS (DELETE FROM t RETURNING *) INSERT INTO u SELECT * FROM old', 'data'],
    ["INSERT INTO t VALUES ('a; DROP TABLE t')", 'data'],
    ['SELECT 1; ALTER TABLE t ADD COLUMN n int', 'ddl'],
    ['SELECT 1; UPDATE t SET n = 2', 'data'],
    ['VACUUM t', 'data'],
    ['REFRESH MATERIALIZED VIEW CONCURRENTLY v', 'data'],
  ]
  test.each(onPostgres)('on PostgreSQL: %s is %s', (sql, kind) => expect(postgres.kindOf(sql)).toBe(kind))

  const onMariadb: readonly (readonly [string, string])[] = [
    ['CREATE INDEX ix ON t (n)', 'ddl'],
    ['# why\nUPDATE t SET n = 1', 'data'],
    ['/*! ALTER TABLE t ADD COLUMN n int */', 'ddl'],
    ['TRUNCATE t', 'ddl'],
    ['REPLACE INTO t VALUES (1)', 'data'],
  ]
  test.each(onMariadb)('on MariaDB: %s is %s', (sql, kind) => expect(mariadb.kindOf(sql)).toBe(kind))
})

test('what may have been done in part is not sent again by itself', () => {
  const again = ['CREATE INDEX CONCURRENTLY ix ON t (n)', 'DROP INDEX CONCURRENTLY ix', 'UPDATE t SET n = 1;']
  expect(again.filter((sql) => !postgres.leavesNothing(sql))).toEqual([])
  const once = ['CALL p()', 'DO $$ $$', 'REINDEX INDEX CONCURRENTLY ix', 'SELECT 1; SELECT 2']
  expect([...once, 'ALTER TABLE t DETACH PARTITION p CONCURRENTLY'].filter(postgres.leavesNothing)).toEqual([])
  expect(['CALL p()', 'BEGIN NOT ATOMIC SELECT 1; END', '/*! CALL p() */'].filter(mariadb.leavesNothing)).toEqual([])
  expect(['ALTER TABLE t ADD COLUMN n int', 'DROP TABLE t'].filter((sql) => !mariadb.leavesNothing(sql))).toEqual([])
})

test('settings are changed only where limits differ', async () => {
  const nobody = null as never
  const onPostgres = await postgres.begin(nobody, true)
  const ddl = { lock: 5000, statement: 'own' } as const
  const index = { lock: null, statement: null } as const
  expect(onPostgres.change(ddl, ddl, false)).toEqual([])
  expect(onPostgres.change(ddl, index, false)).toEqual(['SET lock_timeout = 0', 'SET statement_timeout = 0'])
  expect(onPostgres.change(index, ddl, true)).toEqual([
    'SET LOCAL lock_timeout = 5000',
    'SET LOCAL statement_timeout = DEFAULT',
  ])
  const onMariadb = await mariadb.begin(nobody, true)
  expect(onMariadb.change(index, { lock: 1500, statement: 2500 }, false)).toEqual([
    'SET SESSION lock_wait_timeout = 2, innodb_lock_wait_timeout = 2, max_statement_time = 2.5',
  ])
  const onMysql = await limitingOf({ product: 'MySQL' }).begin(nobody, true)
  expect(onMysql.change({ lock: 1500, statement: 2500 }, { lock: null, statement: 'own' }, false)).toEqual([
    'SET SESSION innodb_lock_wait_timeout = DEFAULT, max_execution_time = DEFAULT',
  ])
})

test('attempts wait from a tenth of a second, doubling, to ten seconds, less up to half by chance', () => {
  expect([1, 2, 3, 7, 8, 30].map((made) => backoff(made, 0))).toEqual([100, 200, 400, 6400, 10_000, 10_000])
  expect([1, 8].map((made) => backoff(made, 1))).toEqual([50, 5000])
})

describe('of a query', () => {
  const shown: readonly (readonly [string, string | null])[] = [
    [`UPDATE "user" SET password = 'it''s', n = 5`, `UPDATE "user" SET password = …, n = 5`],
    [`SELECT E'it\\'s a secret', 'more'`, 'SELECT E…'],
    [`SELECT 'C:\\', 'a secret'`, 'SELECT …'],
    ['DO $x$ a secret $x$ rest', 'DO … rest'],
    [`SELECT 'never ends`, 'SELECT …'],
    [' ', null],
  ]
  test.each(shown)('%s shows %s', (query, text) => expect(shownQuery(query, "'")).toBe(text))

  test('a hundred characters are shown, and on MariaDB nothing between double quotes', () => {
    expect(shownQuery(`SELECT ${'x'.repeat(200)}`, "'")).toHaveLength(101)
    expect(shownQuery(`SET PASSWORD = "a secret"`, `'"`)).toBe('SET PASSWORD = …')
  })
})

test('settings for statements are checked by name and value', () => {
  const refused = (statements: unknown) => {
    try {
      checkedConfiguration({ statements }, 'aludel.config.json')
      return null
    } catch (error) {
      return (error as { readonly code: string }).code
    }
  }
  const right = [{}, { lockTimeout: null }, { attempts: 1, timeouts: { index: null, data: 5 } }]
  expect(right.map(refused)).toEqual([null, null, null])
  const wrong = [5, { attempts: 0 }, { lockTimeout: '5s' }, { retries: 1 }, { timeouts: { query: 5 } }]
  expect(wrong.map(refused)).toEqual(wrong.map(() => 'invalid-config'))
})
