// Connections to MariaDB: what the session is set to, what the server's modes change, and how refusals are told.

import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, inject, test } from 'vitest'
import { engine } from '../../../src/dialects/mysql/engine.ts'
import type { AludelError } from '../../../src/errors.ts'
import { string } from '../../../src/schema/column.ts'
import { sql } from '../../../src/schema/sql.ts'
import { expectSchema } from '../bench.ts'
import { introspected, mariadb, rowsOf, step, tableIn, withMariadb } from './mariadb.ts'

const options = { directory: process.cwd(), lockTimeout: 1000, mustExist: true, resolveFrom: [process.cwd()] }

async function refusal(url: string): Promise<AludelError> {
  const answer = await engine.connect({ ...options, url }).catch((error) => error)
  if (!(answer instanceof Error)) throw new Error('The connection came about.')
  return answer as AludelError
}

function serverUrl(change: (url: URL) => void): string {
  const url = new URL(inject('engines').mysql ?? '')
  change(url)
  return url.href
}

const awkward = "a'b\\c\\'; -- \" \n\0\u001a😀"

describe.skipIf(!mariadb.available)('a MariaDB session', () => {
  test('keeps texts with backslashes in defaults, checks and generated columns', async () => {
    await withMariadb(async (bench) => {
      await step(bench, (op) => {
        op.createTable('t', {
          a: string(40).default(awkward),
          b: string(40).collate('utf8mb4_bin').default('\\"'),
          c: string(40).generated(sql`concat(a, ${'\\'})`),
        })
        op.createCheckConstraint('ck', 't', sql`a <> ${'x\\y'}`)
        op.bulkInsert('t', [{}])
      })
      expect((await bench.db.query('SELECT * FROM t')).rows).toEqual([{ a: awkward, b: '\\"', c: `${awkward}\\` }])
      expect((await tableIn(bench, 't')).columns.map((column) => column.default)).toEqual([
        { kind: 'value', value: awkward },
        { kind: 'value', value: '\\"' },
        null,
      ])
      await expect(bench.db.query('INSERT INTO t (a) VALUES (?)', ['x\\y'])).rejects.toThrow('ck')
      await expectSchema(bench, await introspected(bench))
    })
  })

  test('refuses parameters that are more or fewer than the places for them', async () => {
    await withMariadb(async ({ db }) => {
      const codeOf = (error: { code: string }) => error.code
      expect(await db.query("SELECT ?, '?', `?` -- ?", [1, 2]).catch(codeOf)).toBe('parameter-count')
      expect(await db.query('SELECT ?, ?', [1]).catch(codeOf)).toBe('parameter-count')
      expect((await db.query("SELECT ? AS a /* ? */, '\\'?' AS b # ?", [1])).rows).toEqual([{ a: 1, b: "'?" }])
    })
  })

  test('runs a script with stored programs, with the client’s delimiters or without', async () => {
    await withMariadb(async (bench) => {
      await bench.db.script(
        `
        CREATE TABLE t (a int); -- it's; a comment
        CREATE TRIGGER add_one BEFORE INSERT ON t FOR EACH ROW BEGIN
          IF NEW.a IS NULL THEN SET NEW.a = CASE WHEN 1 THEN 5 END; END IF;
          SET NEW.a = NEW.a + 1;
        END;
        DELIMITER //
        CREATE PROCEDURE fill() BEGIN INSERT INTO t VALUES (1); INSERT INTO t VALUES (NULL); END//
        DELIMITER ;
        CALL fill();
        /*! INSERT INTO t VALUES (7); */`.replaceAll(/^ {8}/gm, ''),
      )
      expect(await rowsOf(bench, 'SELECT a FROM t')).toEqual([[2], [6], [8]])
    })
  })

  test('gives the rows of a procedure', async () => {
    await withMariadb(async ({ db }) => {
      await db.script('CREATE PROCEDURE p() BEGIN SELECT 1 AS a UNION SELECT 2; END')
      expect((await db.query('CALL p()')).rows).toEqual([{ a: 1 }, { a: 2 }])
    })
  })

  test('takes what a stream has left into memory when another statement comes between', async () => {
    await withMariadb(async ({ db }) => {
      const seen: number[] = []
      const numbers = 'WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT i FROM n'
      for await (const rows of db.stream<{ i: number }>(numbers, [], 100)) {
        seen.push(...rows.map((row) => row.i))
        expect((await db.query('SELECT 7 AS seven')).rows).toEqual([{ seven: 7 }])
      }
      expect(seen).toEqual(Array.from({ length: 1000 }, (_, at) => at + 1))
    })
  })

  test('cancels the statement that runs', async () => {
    await withMariadb(async ({ db, dialect }) => {
      const sleeping = db
        .query('SELECT SLEEP(20) + (SELECT COUNT(*) FROM information_schema.columns)')
        .catch((error) => error)
      await delay(200)
      await db.cancel()
      const outcome = await sleeping
      // A wish is no time-out: nobody is to be told to wait longer.
      expect(outcome instanceof Error && dialect.explain(outcome)).toMatchObject({ kind: 'other', code: '1317' })
      expect((await db.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    })
  })

  test('goes on after DDL has committed a transaction and its savepoints', async () => {
    await withMariadb(async (bench) => {
      const { db } = bench
      await db.script('CREATE TABLE t (a int)')
      await db.transaction(() =>
        db.transaction(async () => {
          await db.query('INSERT INTO t VALUES (1)')
          await db.query('CREATE TABLE u (a int)')
        }),
      )
      const broken = new Error('broken')
      const failing = db.transaction(async () => {
        await db.query('CREATE TABLE v (a int)')
        throw broken
      })
      await expect(failing).rejects.toBe(broken)
      expect((await introspected(bench)).tables.map((table) => table.name)).toEqual(['t', 'u', 'v'])
    })
  })

  test('tells a lost connection', async () => {
    await withMariadb(async (bench) => {
      const victim = await bench.connect()
      const [[id]] = (await rowsOf({ db: victim }, 'SELECT CONNECTION_ID()')) as [[number]]
      await bench.db.query(`KILL ${id}`)
      for (const _ of [1, 2]) {
        const lost = await victim.query('SELECT 1').catch((error) => error)
        expect(bench.dialect.explain(lost).kind).toBe('unreachable')
      }
    })
  })
})

describe.skipIf(!mariadb.available)('connecting to MariaDB is refused', () => {
  test('with the wrong password, which is not shown', async () => {
    const error = await refusal(serverUrl((url) => Object.assign(url, { password: 'wrong%40pass' })))
    expect(error.code).toBe('authentication')
    expect(`${error.message} ${error.hint}`).not.toMatch(/wrong/)
    expect(error.message).toContain('aludel:***@127.0.0.1')
  })

  test('to a database that is not there, with the statement that makes it', async () => {
    const error = await refusal(serverUrl((url) => Object.assign(url, { pathname: '/not%60there' })))
    expect([error.code, error.hint]).toEqual([
      'unknown-database',
      'Create it: CREATE DATABASE `not``there` CHARACTER SET utf8mb4',
    ])
  })

  test('where nobody answers', async () => {
    const server = createServer()
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
    })
    await new Promise((resolve) => server.close(resolve))
    for (const host of ['127.0.0.1', 'localhost', 'nowhere.invalid']) {
      const error = await refusal(`mariadb://aludel:secret@${host}:${port}/x`)
      expect([error.code, /secret/.test(error.message), error.message.endsWith(': .')]).toEqual([
        'unreachable',
        false,
        false,
      ])
    }
  })

  test('where the address is none', async () => {
    for (const url of [
      'mysql://aludel:secret@127.0.0.1:3306',
      'mysql://aludel:secret@127.0.0.1:99999999/x',
      'mysql:x',
    ]) {
      const error = await refusal(url)
      expect([url, error.code, /secret/.test(error.message)]).toEqual([url, 'invalid-url', false])
    }
  })

  test('passes the parameters of the address on to the driver', async () => {
    const error = await refusal(serverUrl((url) => url.searchParams.set('ssl', '{"rejectUnauthorized":false}')))
    expect(error.code).toBe('unreachable')
  })
})
