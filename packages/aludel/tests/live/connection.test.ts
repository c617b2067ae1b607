// What every connection promises: values as they were, failures with their place, transactions, cursors and the lock.

import { describe, expect, test } from 'vitest'
import type { Connection, Value } from '../../src/database/types.ts'
import { isAludelError } from '../../src/errors.ts'
import { record } from '../../src/ops/recorder.ts'
import {
  bigint,
  binary,
  boolean,
  date,
  double,
  enumeration,
  integer,
  json,
  numeric,
  smallint,
  string,
  text,
  time,
  timestamp,
  timestamptz,
  uuid,
} from '../../src/schema/column.ts'
import { defaultNaming } from '../../src/schema/naming.ts'
import { onEveryEngine } from '../engines/index.ts'
import { type Bench, withBench } from './bench.ts'

const columns = {
  whole: integer(),
  big: bigint(),
  small: smallint(),
  words: string(60),
  long: text(),
  flag: boolean(),
  price: numeric(12, 2),
  ratio: double(),
  day: date(),
  hour: time(),
  local: timestamp(),
  moment: timestamptz(),
  data: json(),
  key: uuid(),
  bytes: binary(),
  mood: enumeration('mood', ['ok', "it's"]),
}

type Row = Partial<Record<keyof typeof columns, Value>>

const moment = new Date('2024-02-29T12:34:56.789Z')

/** What goes in, and what comes out where that is another value. */
const values: readonly (readonly [keyof typeof columns, given: Value, found?: unknown])[] = [
  ['whole', -2147483648],
  ['whole', 7n, 7],
  ['big', 9223372036854775807n],
  ['big', 5, 5n],
  ['small', 32767],
  ['words', "it's; a 'test' -- \\ \" ` % $1 ? :name"],
  ['words', 'é 日本語 😀\n\t'],
  ['words', ''],
  ['long', 'x'.repeat(100_000)],
  ['flag', true],
  ['flag', false],
  ['price', '1234567890.50'],
  ['price', -3, '-3.00'],
  ['ratio', 0.1],
  ['ratio', -1e-7],
  ['day', '2024-02-29'],
  ['hour', '23:59:58'],
  ['local', moment],
  ['moment', moment],
  ['moment', new Date('1969-07-20T20:17:40.000Z')],
  ['key', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
  ['bytes', Uint8Array.from([0, 1, 39, 92, 255])],
  ['bytes', new Uint8Array(0)],
  ['mood', "it's"],
]

/** Bytes may come as a Buffer, which is not equal to the Uint8Array that it is. */
function comparable(value: unknown): unknown {
  return value instanceof Uint8Array ? [...value] : value
}

async function withTable(bench: Bench): Promise<void> {
  const { dialect } = bench
  const request = { dialect: dialect.name, features: dialect.features, naming: defaultNaming }
  await bench.run(record(request, (op) => op.createTable('values', { id: integer().primaryKey(), ...columns })))
}

/** How the engine marks its first parameters: the house has no placeholder of its own. */
function marks(bench: Bench, count: number): string {
  return Array.from({ length: count }, (_, at) => (bench.dialect.name === 'postgres' ? `$${at + 1}` : '?')).join(', ')
}

async function insert(bench: Bench, column: string, value: unknown): Promise<unknown> {
  const { db, dialect } = bench
  const [table, name] = [dialect.quote('values'), dialect.quote(column)]
  await db.query(`DELETE FROM ${table}`)
  const { affected } = await db.query(`INSERT INTO ${table} (id, ${name}) VALUES (${marks(bench, 2)})`, [
    1,
    value as Value,
  ])
  expect(affected).toBe(1)
  const { rows } = await db.query<Row>(`SELECT ${name} FROM ${table}`)
  return rows[0]?.[column as keyof Row]
}

onEveryEngine((engine) => {
  describe('values', () => {
    test('come back as they went in, through parameters', async () => {
      await withBench(engine, async (bench) => {
        await withTable(bench)
        for (const [column, given, found = given] of values) {
          expect([column, comparable(await insert(bench, column, given))]).toEqual([column, comparable(found)])
          expect(await insert(bench, column, null)).toBe(null)
        }
      })
    })

    test('come back as they went in, through literals', async () => {
      await withBench(engine, async (bench) => {
        await withTable(bench)
        const rows = values.map(([column, given], position) => ({ id: position, [column]: given }))
        await bench.run([{ kind: 'bulkInsert', table: { namespace: null, name: 'values' }, rows }])
        const found = await bench.db.query<Row>(`SELECT * FROM ${bench.dialect.quote('values')} ORDER BY id`)
        expect(found.rows.map((row, at) => comparable(row[values[at]?.[0] ?? 'whole']))).toEqual(
          values.map(([, given, expected = given]) => comparable(expected)),
        )
      })
    })

    test('of JSON come back as a text of the same JSON', async () => {
      await withBench(engine, async (bench) => {
        await withTable(bench)
        const found = await insert(bench, 'data', '{"b": [1, null, "é"], "a": {"c": true}}')
        expect(typeof found).toBe('string')
        expect(JSON.parse(String(found))).toEqual({ a: { c: true }, b: [1, null, 'é'] })
      })
    })

    test('that a driver would have to guess at are refused before they travel', async () => {
      await withBench(engine, async (bench) => {
        await withTable(bench)
        for (const value of [undefined, Number.NaN, {}, [], () => 1, Symbol('x'), new Date(Number.NaN)]) {
          const refusal = await insert(bench, 'words', value).catch((error) => error)
          expect([String(value), isAludelError(refusal) && refusal.code]).toEqual([String(value), 'invalid-parameter'])
        }
      })
    })

    test('that are counted are numbers while a number is exact', async () => {
      await withBench(engine, async ({ db }) => {
        const { rows } = await db.query('SELECT count(*) AS n FROM (SELECT 1 AS one UNION ALL SELECT 2) AS two')
        expect(rows).toEqual([{ n: 2 }])
      })
    })
  })

  describe('statements', () => {
    test('run in order, and the one that fails is told by its place', async () => {
      await withBench(engine, async ({ db }) => {
        await db.statements(['CREATE TABLE a (id integer PRIMARY KEY)', "INSERT INTO a VALUES (1) -- 'é😀"])
        const duplicate = 'INSERT INTO a VALUES (1) /* é😀; */'
        const lists = [
          [2, ["SELECT 'é😀'", 'INSERT INTO a VALUES (2)', duplicate, 'INSERT INTO a VALUES (3)']],
          [1, ["SELECT 'é😀;'", 'SELEKT 1', 'SELECT 1']],
          [1, ["SELECT 'é😀'", 'SELECT * FROM nowhere', 'SELECT 1']],
          [0, [duplicate]],
        ] as const
        for (const [position, list] of lists) {
          const failure = await db.statements(list).catch((error) => error)
          expect({ name: failure.name, position: failure.position }).toEqual({ name: 'StatementFailure', position })
          expect(failure.cause).toBeDefined()
        }
        expect((await db.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
      })
    })

    test('none are nothing', async () => {
      await withBench(engine, ({ db }) => db.statements([]))
    })

    test('are told apart in one text, whatever stands in strings and comments', async () => {
      await withBench(engine, async ({ dialect }) => {
        const text = "SELECT 'a;b';\n-- not; here\nSELECT 2 /* nor; here */;;\n"
        expect(dialect.split(text)).toEqual(["SELECT 'a;b'", '-- not; here\nSELECT 2 /* nor; here */'])
      })
    })
  })

  describe('a transaction', () => {
    const count = async (db: Connection) => (await db.query<{ n: number }>('SELECT count(*) AS n FROM a')).rows[0]?.n
    const insertOne = (db: Connection, id: number) => db.query(`INSERT INTO a VALUES (${id})`)

    test('is all or nothing, and one inside it is all or nothing by itself', async () => {
      await withBench(engine, async ({ db }) => {
        await db.statements(['CREATE TABLE a (id integer PRIMARY KEY)'])
        const broken = new Error('broken')
        const breaks = async (id: number) => {
          await insertOne(db, id)
          throw broken
        }
        await expect(db.transaction(() => breaks(1))).rejects.toBe(broken)
        expect(await count(db)).toBe(0)
        const answer = await db.transaction(async () => {
          await insertOne(db, 2)
          await expect(db.transaction(() => breaks(3))).rejects.toBe(broken)
          await db.transaction(() => insertOne(db, 4))
          return 'done'
        })
        expect([answer, await count(db)]).toEqual(['done', 2])
      })
    })

    test('goes on after a statement in a savepoint failed', async () => {
      await withBench(engine, async ({ db }) => {
        await db.statements(['CREATE TABLE a (id integer PRIMARY KEY)'])
        await db.transaction(async () => {
          await insertOne(db, 1)
          await expect(db.transaction(() => insertOne(db, 1))).rejects.toThrow()
          await insertOne(db, 2)
        })
        expect(await count(db)).toBe(2)
      })
    })
  })

  test('a stream gives its rows in batches, and leaves the connection free when it is left early', async () => {
    await withBench(engine, async (bench) => {
      const { db } = bench
      await db.statements(['CREATE TABLE a (id integer PRIMARY KEY)', 'INSERT INTO a VALUES (1), (2), (3), (4), (5)'])
      const select = `SELECT id FROM a WHERE id > ${marks(bench, 1)} ORDER BY id`
      const sizes: number[] = []
      for await (const rows of db.stream(select, [0], 2)) sizes.push(rows.length)
      expect(sizes).toEqual([2, 2, 1])
      for await (const rows of db.stream<{ id: number }>(select, [1], 2)) {
        expect(rows).toEqual([{ id: 2 }, { id: 3 }])
        break
      }
      expect((await db.query('SELECT count(*) AS n FROM a')).rows).toEqual([{ n: 5 }])
    })
  })

  test('the address shows no password', async () => {
    await withBench(engine, async ({ db }) => {
      expect(db.address).not.toContain('secret')
    })
  })

  test('the lock of a run is held by one session at a time, and ends with it', async ({ skip }) => {
    await withBench(engine, async ({ db, dialect, connect }) => {
      if (!dialect.features.sessionLock) skip('each step guards itself here')
      const other = await connect()
      const key = 'alembic_version'
      const lock = await dialect.lock(db, { key, timeout: 0 })
      const refusal = await dialect.lock(other, { key, timeout: 60 }).catch((error) => error)
      expect(isAludelError(refusal) && refusal.code).toBe('lock-timeout')
      await (await dialect.lock(other, { key: 'another_version', timeout: 0 })).release()
      const waiting = dialect.lock(other, { key, timeout: 5000 })
      await lock.release()
      await (await waiting).release()
      const third = await connect()
      await dialect.lock(third, { key, timeout: 0 })
      await third.close()
      await (await dialect.lock(db, { key, timeout: 5000 })).release()
    })
  })
})
