// What changes of a PostgreSQL schema do to what is there: rows, defaults, numbers, keys.

import { describe, expect, test } from 'vitest'
import type { EngineError } from '../../src/dialects/dialect.ts'
import type { Operations } from '../../src/ops/surface.ts'
import {
  bigint,
  boolean,
  date,
  enumeration,
  integer,
  json,
  numeric,
  sqlType,
  string,
  text,
  timestamptz,
} from '../../src/schema/column.ts'
import { check, foreignKey, index, unique } from '../../src/schema/constraints.ts'
import { sql } from '../../src/schema/sql.ts'
import type { Bench } from './bench.ts'
import { postgres, rowsOf, step, withPostgres } from './postgres.ts'

const defaults = `SELECT attname, pg_get_expr(adbin, adrelid) FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
  WHERE adrelid = 't'::regclass ORDER BY attnum`

async function failureOf({ dialect }: Bench, work: Promise<unknown>): Promise<EngineError> {
  const error = await work.then(
    () => null,
    (failure: unknown) => failure,
  )
  if (error === null) throw new Error('It did not fail.')
  return dialect.explain(error)
}

describe.skipIf(!postgres.available)('a change of a type on PostgreSQL', () => {
  test('sets the default again, so that it is one of the new type', async () => {
    await withPostgres(async (bench) => {
      await step(bench, (op) =>
        op.createTable('t', { a: string(9).default('x'), b: integer().default(1), c: boolean().default(true) }),
      )
      await step(bench, (op) => {
        op.alterColumn('t', 'a', { type: text() })
        op.alterColumn('t', 'b', { type: text() })
        op.alterColumn('t', 'c', { type: integer(), default: 0 })
      })
      expect(await rowsOf(bench, defaults)).toEqual([
        ['a', "'x'::text"],
        ['b', "'1'::text"],
        ['c', '0'],
      ])
    })
  })

  const casts: readonly (readonly [name: string, (op: Operations) => void, value: string, found: unknown])[] = [
    ['text to integer', (op) => op.alterColumn('t', 'a', { type: integer() }), "text '42'", 42],
    ['text to boolean', (op) => op.alterColumn('t', 'a', { type: boolean() }), "text 'yes'", true],
    ['text to date', (op) => op.alterColumn('t', 'a', { type: date() }), "text '2024-02-29'", '2024-02-29'],
    ['text to json', (op) => op.alterColumn('t', 'a', { type: json() }), "text '[1]'", '[1]'],
    ['text to inet', (op) => op.alterColumn('t', 'a', { type: sqlType('inet') }), "text '::1'", '::1'],
    ['integer to boolean', (op) => op.alterColumn('t', 'a', { type: boolean() }), '2', true],
    ['bigint to boolean', (op) => op.alterColumn('t', 'a', { type: boolean() }), '0::bigint', false],
    ['boolean to bigint', (op) => op.alterColumn('t', 'a', { type: bigint() }), 'true', 1n],
    ['boolean to numeric', (op) => op.alterColumn('t', 'a', { type: numeric(5, 1) }), 'true', '1.0'],
    [
      'text to an enumeration',
      (op) => op.alterColumn('t', 'a', { type: enumeration('mood', ['ok', 'bad']) }),
      "text 'bad'",
      'bad',
    ],
    [
      'date to timestamptz',
      (op) => op.alterColumn('t', 'a', { type: timestamptz() }),
      "date '2024-02-29'",
      new Date('2024-02-29T00:00:00Z'),
    ],
    [
      'by an expression',
      (op) => op.alterColumn('t', 'a', { type: integer(), using: sql`length(a) + ${1}` }),
      "text 'four'",
      5,
    ],
  ]
  test.each(casts)('converts %s', async (_name, change, value, found) => {
    await withPostgres(async (bench) => {
      await bench.db.script(`SET timezone = 'UTC'; CREATE TABLE t AS SELECT ${value} AS a`)
      await step(bench, change)
      expect(await rowsOf(bench, 'SELECT a FROM t')).toEqual([[found]])
    })
  })

  test('refuses a text that would have to be cut', async () => {
    await withPostgres(async (bench) => {
      await bench.db.script("CREATE TABLE t AS SELECT text 'too long' AS a")
      expect(
        (
          await failureOf(
            bench,
            step(bench, (op) => op.alterColumn('t', 'a', { type: string(3) })),
          )
        ).kind,
      ).toBe('cast')
    })
  })

  test('keeps the collation', async () => {
    await withPostgres(async (bench) => {
      await step(bench, (op) => op.createTable('t', { a: string(5).collate('C') }))
      await step(bench, (op) => op.alterColumn('t', 'a', { type: text() }))
      const collation = "SELECT collation_name FROM information_schema.columns WHERE table_name = 't'"
      expect(await rowsOf(bench, collation)).toEqual([['C']])
      await step(bench, (op) => op.alterColumn('t', 'a', { collation: null }))
      expect(await rowsOf(bench, collation)).toEqual([[null]])
    })
  })
})

describe.skipIf(!postgres.available)('numbers that the database gives', () => {
  test('go on after the highest that is there, when a column begins to number itself', async () => {
    await withPostgres(async (bench) => {
      await bench.db.script("CREATE TABLE t (id integer, name text); INSERT INTO t VALUES (7, 'a'), (3, 'b')")
      await step(bench, (op) => op.alterColumn('t', 'id', { identity: { always: false } }))
      await bench.db.script("INSERT INTO t (name) VALUES ('c')")
      expect(await rowsOf(bench, "SELECT id FROM t WHERE name = 'c'")).toEqual([[8]])
    })
  })

  test('of a serial column go on as an identity, and its sequence goes', async () => {
    await withPostgres(async (bench) => {
      await bench.db.script("CREATE TABLE t (id serial, name text); INSERT INTO t (name) VALUES ('a'), ('b')")
      await step(bench, (op) => op.alterColumn('t', 'id', { identity: { always: true }, type: bigint() }))
      await bench.db.script("INSERT INTO t (name) VALUES ('c')")
      expect(await rowsOf(bench, "SELECT id FROM t WHERE name = 'c'")).toEqual([[3n]])
      expect(await rowsOf(bench, "SELECT relname FROM pg_class WHERE relkind = 'S'")).toEqual([['t_id_seq']])
      await step(bench, (op) => op.alterColumn('t', 'id', { identity: { always: false } }))
      await step(bench, (op) => op.alterColumn('t', 'id', { identity: null }))
      expect(await rowsOf(bench, "SELECT relname FROM pg_class WHERE relkind = 'S'")).toEqual([])
    })
  })
})

describe.skipIf(!postgres.available)('a generated column', () => {
  test('is computed in another way, is made of a plain one, and becomes one, with its index', async () => {
    await withPostgres(async (bench) => {
      await bench.db.script(
        'CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED); CREATE INDEX ix_b ON t (b); INSERT INTO t VALUES (1)',
      )
      const generated = (text: string) => ({ expression: { parts: [text] }, stored: true })
      await step(bench, (op) => op.alterColumn('t', 'b', { generated: generated('a * 10') }))
      expect(await rowsOf(bench, 'SELECT b FROM t')).toEqual([[10]])
      await step(bench, (op) => op.alterColumn('t', 'b', { generated: null }))
      await bench.db.script('UPDATE t SET a = 5')
      expect(await rowsOf(bench, 'SELECT b FROM t')).toEqual([[10]])
      await step(bench, (op) => op.alterColumn('t', 'b', { generated: generated('a + a') }))
      expect(await rowsOf(bench, 'SELECT b FROM t')).toEqual([[10]])
      expect(await rowsOf(bench, "SELECT indexname FROM pg_indexes WHERE tablename = 't'")).toEqual([['ix_b']])
    })
  })
})

describe.skipIf(!postgres.available)('an enumeration', () => {
  const values = 'SELECT enumlabel FROM pg_enum JOIN pg_type t ON t.oid = enumtypid ORDER BY t.typname, enumsortorder'
  const create = (bench: Bench) =>
    step(bench, (op) => {
      const mood = () => enumeration('mood', ['ok', 'bad'])
      op.createTable('a', { mood: mood().notNull().default('ok'), n: integer() }, (t) => [
        unique('uq_a').on(t.mood),
        check('ck_a', sql`mood <> 'bad' OR n > 0`),
        index('ix_a').on(t.n).where(sql`mood = 'ok'`),
      ])
      op.createTable('b', { mood: mood() }, (t) => [foreignKey([t.mood], 'a', ['mood'], { name: 'fk_b' })])
      op.execute("INSERT INTO a VALUES ('ok', 1), ('bad', 2)")
      op.execute("INSERT INTO b VALUES ('bad')")
    })

  test('gets values where they belong, without a new type', async () => {
    await withPostgres(async (bench) => {
      await create(bench)
      const [before] = await rowsOf(bench, "SELECT oid FROM pg_type WHERE typname = 'mood'")
      await step(bench, (op) => op.setEnumValues('mood', ['first', 'ok', "it's", 'bad', 'last']))
      expect((await rowsOf(bench, values)).flat()).toEqual(['first', 'ok', "it's", 'bad', 'last'])
      expect(await rowsOf(bench, "SELECT oid FROM pg_type WHERE typname = 'mood'")).toEqual([before])
    })
  })

  test('loses and moves values, with defaults, keys, checks and indexes that speak of them', async () => {
    await withPostgres(async (bench) => {
      await create(bench)
      const before = await bench.dialect.introspect(bench.db, 'all')
      await step(bench, (op) => op.setEnumValues('mood', ['new', 'bad', 'ok']))
      const after = await bench.dialect.introspect(bench.db, 'all')
      expect(after.enums).toEqual([{ namespace: null, name: 'mood', values: ['new', 'bad', 'ok'] }])
      expect(after.tables.map(({ columns: _columns, ...rest }) => rest)).toEqual(
        before.tables.map(({ columns: _columns, ...rest }) => rest),
      )
      expect(await rowsOf(bench, 'SELECT mood FROM a ORDER BY n')).toEqual([['ok'], ['bad']])
      const gone = await failureOf(
        bench,
        step(bench, (op) => op.setEnumValues('mood', ['ok'])),
      )
      expect(gone.kind).toBe('cast')
    })
  })

  test('can be used in the step that adds a value to it', async () => {
    await withPostgres(async (bench) => {
      await create(bench)
      await step(bench, (op) => {
        op.setEnumValues('mood', ['ok', 'bad', 'new'])
        op.execute("INSERT INTO a VALUES ('new', 3)")
      })
      await step(bench, (op) =>
        op.addColumn('b', 'other', enumeration('mood', ['ok', 'bad', 'new', 'newer']).default('newer')),
      )
      expect(await rowsOf(bench, 'SELECT mood, other FROM b')).toEqual([['bad', 'newer']])
    })
  })
})

describe.skipIf(!postgres.available)('PostgreSQL', () => {
  test('drops a constraint of which only the shape is known', async () => {
    await withPostgres(async (bench) => {
      await bench.db.script(
        `CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int REFERENCES p, b int UNIQUE, c text CHECK (c <> 'x'))`,
      )
      await step(bench, (op) => {
        op.dropConstraint({ foreignKey: ['a'] }, 't')
        op.dropConstraint({ unique: ['b'] }, 't')
        op.dropConstraint({ check: "c <> 'x'" }, 't')
        op.dropConstraint({ unique: ['c'] }, 't', { ifExists: true })
      })
      expect(
        await rowsOf(bench, "SELECT conname FROM pg_constraint WHERE conrelid = 't'::regclass AND contype <> 'n'"),
      ).toEqual([])
      await expect(step(bench, (op) => op.dropConstraint({ unique: ['c'] }, 't'))).rejects.toMatchObject({
        code: 'unknown-constraint',
      })
    })
  })

  test('builds and drops an index beside the application’s work', async () => {
    await withPostgres(async (bench) => {
      await step(bench, (op) => op.createTable('t', { a: integer() }))
      await step(bench, (op) => op.createIndex('ix', 't', ['a'], { postgres: { concurrently: true } }))
      expect(await rowsOf(bench, "SELECT indexname FROM pg_indexes WHERE tablename = 't'")).toEqual([['ix']])
      await step(bench, (op) => op.dropIndex('ix', 't', { concurrently: true, ifExists: true }))
      expect(await rowsOf(bench, "SELECT indexname FROM pg_indexes WHERE tablename = 't'")).toEqual([])
    })
  })

  test('binds the values of an execute, and takes a plain text as it is', async () => {
    await withPostgres(async (bench) => {
      await step(bench, (op) => {
        op.createTable('t', { a: text(), b: boolean() })
        op.execute("INSERT INTO t VALUES (':name ? %s $x', true); INSERT INTO t VALUES ('two', false)")
        op.execute(sql`UPDATE t SET a = ${"it's"} WHERE b = ${false}`)
      })
      expect(await rowsOf(bench, 'SELECT a FROM t ORDER BY a')).toEqual([[':name ? %s $x'], ["it's"]])
      await expect(step(bench, (op) => op.execute({ sqlite: 'SELECT 1' }))).rejects.toMatchObject({
        code: 'no-sql-for-engine',
      })
    })
  })

  test('inserts rows by the thousand, and fills what a row leaves out', async () => {
    await withPostgres(async (bench) => {
      const rows = Array.from({ length: 2345 }, (_, id) => (id % 2 === 0 ? { id } : { id, name: `n${id}` }))
      await step(bench, (op) => {
        op.createTable('t', { id: integer(), name: text().default('none') })
        op.bulkInsert('t', rows)
      })
      expect(
        await rowsOf(bench, 'SELECT count(*), count(DISTINCT name) AS names, min(name) FILTER (WHERE id = 2) FROM t'),
      ).toEqual([[2345, 1173, 'none']])
    })
  })

  test('explains what went wrong', async () => {
    await withPostgres(async (bench) => {
      await bench.db.script(`CREATE TABLE p (id int PRIMARY KEY, n int NOT NULL CHECK (n > 0));
        CREATE TABLE c (p int CONSTRAINT fk_c REFERENCES p); CREATE VIEW v AS SELECT id FROM p; INSERT INTO p VALUES (1, 1)`)
      const kindOf = async (statement: string) => {
        const { kind, code, objects } = await failureOf(bench, bench.db.statements([statement]))
        return [kind, code, objects]
      }
      expect(await kindOf('DROP TABLE p')).toEqual([
        'dependent-objects',
        '2BP01',
        ['constraint fk_c on table c', 'view v'],
      ])
      expect(await kindOf('DROP INDEX p_pkey')).toEqual([
        'dependent-objects',
        '2BP01',
        ['constraint p_pkey on table p'],
      ])
      expect(await kindOf('INSERT INTO p VALUES (1, 1)')).toEqual(['unique', '23505', ['p', 'p_pkey']])
      expect(await kindOf('INSERT INTO c VALUES (9)')).toEqual(['foreign-key', '23503', ['c', 'fk_c']])
      expect(await kindOf('INSERT INTO p VALUES (2, NULL)')).toEqual(['not-null', '23502', ['p.n']])
      expect(await kindOf('INSERT INTO p VALUES (2, 0)')).toEqual(['check', '23514', ['p', 'p_n_check']])
      expect(await kindOf('CREATE TABLE p ()')).toEqual(['already-exists', '42P07', ['p']])
      expect(await kindOf('SELECT * FROM nowhere')).toEqual(['does-not-exist', '42P01', ['nowhere']])
      expect(await kindOf("SELECT 'x'::int")).toEqual(['cast', '22P02', ['x']])
      expect((await kindOf('SELEKT'))[0]).toBe('syntax')
      expect((await kindOf('SET statement_timeout = 1; SELECT pg_sleep(1)'))[0]).toBe('statement-timeout')
      expect((await kindOf('BEGIN READ ONLY; CREATE TABLE x ()'))[0]).toBe('read-only')
      expect((await kindOf('BEGIN; VACUUM'))[0]).toBe('in-transaction')
      await bench.db.script('SET statement_timeout = 0; SET lock_timeout = 20')
      const other = await bench.connect()
      await other.transaction(async () => {
        await other.query('LOCK TABLE p')
        expect((await kindOf('SELECT * FROM p'))[0]).toBe('lock-timeout')
      })
    })
  })
})
