// MariaDB's errors in the vocabulary of the house, with the objects that stand in the way.

import { describe, expect, test } from 'vitest'
import { type Bench, withBench } from '../bench.ts'
import { mariadb, withMariadb } from './mariadb.ts'

const tables = `
  CREATE TABLE parent (id int PRIMARY KEY, x int, UNIQUE KEY uq_x (x));
  CREATE TABLE child (id int PRIMARY KEY, parent int NOT NULL, a int, CONSTRAINT ck_a CHECK (a > 3),
    CONSTRAINT fk_parent FOREIGN KEY (parent) REFERENCES parent (id));
  CREATE TABLE other (x int, b varchar(3), e enum('a'), CONSTRAINT fk_x FOREIGN KEY (x) REFERENCES parent (x));
  INSERT INTO parent VALUES (1, 1);
  INSERT INTO child VALUES (1, 1, 4);`

const cases: readonly (readonly [sql: string, kind: string, objects: readonly string[]])[] = [
  ['DROP TABLE parent', 'dependent-objects', ['child.fk_parent', 'other.fk_x']],
  ['DROP TABLE IF EXISTS `parent`', 'dependent-objects', ['child.fk_parent', 'other.fk_x']],
  ['ALTER TABLE parent DROP PRIMARY KEY', 'dependent-objects', []],
  ['TRUNCATE parent', 'dependent-objects', []],
  ['ALTER TABLE parent DROP INDEX uq_x', 'dependent-objects', ['uq_x']],
  ['ALTER TABLE parent MODIFY id bigint', 'dependent-objects', ['child.fk_parent']],
  ['DELETE FROM parent WHERE id = 1', 'foreign-key', ['child.fk_parent']],
  ['INSERT INTO child VALUES (2, 9, 5)', 'foreign-key', ['child.fk_parent']],
  ['INSERT INTO parent VALUES (1, 2)', 'unique', ['PRIMARY']],
  ['INSERT INTO parent VALUES (2, 1)', 'unique', ['uq_x']],
  ['INSERT INTO child VALUES (2, NULL, 4)', 'not-null', ['parent']],
  ['INSERT INTO child (id) VALUES (2)', 'not-null', ['parent']],
  ['INSERT INTO child VALUES (2, 1, 3)', 'check', ['ck_a']],
  ['CREATE TABLE parent (a int)', 'already-exists', ['parent']],
  ['ALTER TABLE parent ADD COLUMN x int', 'already-exists', ['x']],
  ['ALTER TABLE parent ADD INDEX uq_x (x)', 'already-exists', ['uq_x']],
  ['ALTER TABLE other ADD CONSTRAINT fk_parent FOREIGN KEY (x) REFERENCES parent (id)', 'already-exists', []],
  ['DROP TABLE nowhere', 'does-not-exist', ['nowhere']],
  ['SELECT * FROM nowhere', 'does-not-exist', ['nowhere']],
  ['SELECT nowhere FROM parent', 'does-not-exist', ['nowhere']],
  ['ALTER TABLE parent DROP COLUMN nowhere', 'does-not-exist', ['nowhere']],
  ['ALTER TABLE parent DROP CONSTRAINT nowhere', 'does-not-exist', ['nowhere']],
  ['SELEKT 1', 'syntax', []],
  ["INSERT INTO other (x) VALUES ('abc')", 'cast', []],
  ["INSERT INTO other (b) VALUES ('abcd')", 'cast', []],
  ["INSERT INTO other (e) VALUES ('z')", 'cast', []],
  ['INSERT INTO other (x) VALUES (99999999999)', 'cast', []],
  ['SET STATEMENT max_statement_time = 0.05 FOR SELECT SLEEP(5) FROM parent', 'statement-timeout', []],
  ['USE nowhere', 'unknown-database', []],
]

async function failureOf({ db, dialect }: Bench, sql: string) {
  const error = await db.query(sql).then(
    () => new Error(`This was not refused: ${sql}`),
    (failure) => failure,
  )
  return dialect.explain(error)
}

describe.skipIf(!mariadb.available)('an error of MariaDB', () => {
  test('is told in one vocabulary, with its objects', async () => {
    await withMariadb(async (bench) => {
      await bench.db.script(tables)
      for (const [sql, kind, objects] of cases) {
        const told = await failureOf(bench, sql)
        const named = objects.length === 0 ? [] : told.objects
        expect({ sql, kind: told.kind, objects: named }).toEqual({ sql, kind, objects })
        expect(told.code).toMatch(/^\d{4}$/)
      }
    })
  })

  test('of a foreign key that does not fit says what it needs', async () => {
    await withMariadb(async (bench) => {
      await bench.db.script(tables)
      const told = await failureOf(
        bench,
        'ALTER TABLE other ADD CONSTRAINT fk_b FOREIGN KEY (b) REFERENCES parent (id)',
      )
      expect([told.kind, told.detail]).toEqual(['other', expect.stringContaining('same type')])
    })
  })

  test('tells waiting too long from waiting for each other', async () => {
    await withMariadb(async (bench) => {
      await bench.db.script(tables)
      const other = await bench.connect()
      for (const db of [bench.db, other]) await db.query('SET innodb_lock_wait_timeout = 1')
      await bench.db.transaction(async () => {
        await bench.db.query('UPDATE parent SET x = x WHERE id = 1')
        expect((await failureOf({ ...bench, db: other }, 'UPDATE parent SET x = 5 WHERE id = 1')).kind).toBe(
          'lock-timeout',
        )
        await other.query('SET lock_wait_timeout = 1')
        expect((await failureOf({ ...bench, db: other }, 'ALTER TABLE parent ADD COLUMN y int')).kind).toBe(
          'lock-timeout',
        )
      })
      await bench.db.script('INSERT INTO parent VALUES (2, 2)')
      const move = (db: Bench['db'], id: number) => db.query(`UPDATE parent SET x = x + 10 WHERE id = ${id}`)
      for (const db of [bench.db, other]) await db.query('START TRANSACTION')
      await move(bench.db, 1)
      await move(other, 2)
      const results = await Promise.allSettled([move(bench.db, 2), move(other, 1)])
      const kinds = results.flatMap((result) =>
        result.status === 'rejected' ? [bench.dialect.explain(result.reason).kind] : [],
      )
      expect(kinds).toEqual(['deadlock'])
    })
  })

  test('of a user who may not, or of a server that only reads, is told as such', async () => {
    await withBench(mariadb, async (bench) => {
      await bench.db.script('CREATE TABLE t (a int)')
      await bench.db.query('START TRANSACTION READ ONLY')
      expect((await failureOf(bench, 'INSERT INTO t VALUES (1)')).kind).toBe('read-only')
      await bench.db.query('ROLLBACK')
    })
  })

  test('that is no error of the engine is other', async () => {
    await withMariadb(async ({ dialect }) => {
      expect(dialect.explain(new Error('anything'))).toEqual({
        kind: 'other',
        message: 'anything',
        code: '',
        detail: null,
        objects: [],
      })
      expect(dialect.explain('text').message).toBe('text')
    })
  })
})
