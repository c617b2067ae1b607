// What is read of PostgreSQL databases that Aludel did not make.

import { describe, expect, test } from 'vitest'
import { sqlType } from '../../src/schema/column.ts'
import { defineSchema } from '../../src/schema/define.ts'
import { emptySchema, type Schema, type Table } from '../../src/schema/model.ts'
import { sortedSchema } from '../../src/schema/same.ts'
import { rawSql } from '../../src/schema/sql.ts'
import { table } from '../../src/schema/table.ts'
import type { Bench } from './bench.ts'
import { creation, expectSchema } from './bench.ts'
import { postgres, rowsOf, withPostgres } from './postgres.ts'

async function read({ db, dialect }: Bench, sql: string): Promise<Schema> {
  await db.script(sql)
  return dialect.introspect(db, 'all')
}

function tableOf(schema: Schema, name: string): Table {
  const found = schema.tables.find((table) => table.name === name)
  if (found === undefined) throw new Error(`There is no table ${name}.`)
  return found
}

const names = (list: readonly { readonly name: string | null }[]) => list.map(({ name }) => name)

describe.skipIf(!postgres.available)('introspection of PostgreSQL', () => {
  test('tells values from expressions in defaults, by the type of the column', async () => {
    await withPostgres(async (bench) => {
      const schema = await read(
        bench,
        `CREATE TYPE mood AS ENUM ('ok', 'it''s');
        CREATE TABLE t (
          a varchar(20) DEFAULT 'acti''ve', b text DEFAULT 'back\\slash', c text DEFAULT 5, d varchar(9) DEFAULT NULL,
          e int DEFAULT -1, f bigint DEFAULT 9223372036854775807, g smallint DEFAULT '7', h numeric(10,2) DEFAULT 1.50,
          i numeric DEFAULT -0.5, j double precision DEFAULT 1e3, k boolean DEFAULT 'f', l date DEFAULT '2024-02-29',
          m time DEFAULT '12:30', n timestamp DEFAULT '2024-01-01 10:00', o timestamptz DEFAULT '2024-01-01 10:00+02',
          p timestamptz DEFAULT CURRENT_TIMESTAMP, q timestamp DEFAULT now(), r jsonb DEFAULT '{"b": 1, "a": [true]}',
          s uuid DEFAULT 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', t bytea DEFAULT '\\xdead', u mood DEFAULT 'it''s',
          v int DEFAULT 1 + 2, w date DEFAULT CURRENT_DATE, x text DEFAULT 'a' || 'b', y inet DEFAULT '127.0.0.1',
          z varchar(5) DEFAULT 'too long'::varchar(3)
        )`,
      )
      const found = tableOf(schema, 't').columns.map(({ default: given }) =>
        given === null ? null : given.kind === 'value' ? given.value : given.kind === 'now' ? 'now' : given.sql,
      )
      expect(found).toEqual([
        "acti've",
        'back\\slash',
        rawSql('5'),
        rawSql('NULL::character varying'),
        -1,
        9223372036854775807n,
        rawSql("'7'::smallint"),
        '1.50',
        '-0.5',
        rawSql("'1000'::numeric"),
        false,
        '2024-02-29',
        '12:30:00',
        new Date('2024-01-01T10:00:00Z'),
        new Date('2024-01-01T08:00:00Z'),
        rawSql('CURRENT_TIMESTAMP'),
        'now',
        '{"a":[true],"b":1}',
        'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
        Uint8Array.from([0xde, 0xad]),
        "it's",
        rawSql('1 + 2'),
        rawSql('CURRENT_DATE'),
        rawSql("'a'::text || 'b'::text"),
        rawSql("'127.0.0.1'::inet"),
        rawSql("'too long'::character varying(3)"),
      ])
    })
  })

  test('sees what PostgreSQL alone knows of indexes and keys', async () => {
    await withPostgres(async (bench) => {
      const nulls = (bench.db.server.version[0] ?? 0) >= 15
      const schema = await read(
        bench,
        `CREATE TABLE t (id int PRIMARY KEY, a text, b int, c int, doc jsonb, UNIQUE ${nulls ? 'NULLS NOT DISTINCT ' : ''}(b, c));
        CREATE INDEX one ON t (a text_pattern_ops, b DESC) INCLUDE (c) WITH (fillfactor = 70) WHERE (b > 0);
        CREATE INDEX two ON t USING gin (doc jsonb_path_ops);
        CREATE INDEX three ON t (lower(a) varchar_pattern_ops, (b + c));
        CREATE UNIQUE INDEX four ON t (a, b);
        CREATE UNLOGGED TABLE u (a int)`,
      )
      const found = tableOf(schema, 't')
      expect(found.uniques).toEqual([
        {
          name: 't_b_c_key',
          columns: ['b', 'c'],
          deferrable: null,
          postgres: nulls ? { nullsNotDistinct: true, include: [], with: {} } : null,
        },
      ])
      const defaults = {
        using: 'btree',
        include: [],
        concurrently: false,
        nullsNotDistinct: false,
        operatorClasses: {},
        collations: {},
        with: {},
        invalid: false,
      }
      const column = (name: string, descending = false) => ({ of: { column: name }, descending, nulls: null })
      expect(found.indexes).toEqual([
        { name: 'four', parts: [column('a'), column('b')], unique: true, where: null, postgres: null, mysql: null },
        {
          name: 'one',
          parts: [column('a'), column('b', true)],
          unique: false,
          where: rawSql('b > 0'),
          postgres: {
            ...defaults,
            include: ['c'],
            operatorClasses: { a: 'text_pattern_ops' },
            with: { fillfactor: '70' },
          },
          mysql: null,
        },
        {
          name: 'three',
          parts: ['lower(a)', 'b + c'].map((text) => ({
            of: { expression: rawSql(text) },
            descending: false,
            nulls: null,
          })),
          unique: false,
          where: null,
          postgres: { ...defaults, operatorClasses: { expr1: 'varchar_pattern_ops' } },
          mysql: null,
        },
        {
          name: 'two',
          parts: [column('doc')],
          unique: false,
          where: null,
          postgres: { ...defaults, using: 'gin', operatorClasses: { doc: 'jsonb_path_ops' } },
          mysql: null,
        },
      ])
      expect(tableOf(schema, 'u').postgres).toMatchObject({ unlogged: true, exclusions: [], partitionBy: null })
    })
  })

  test('makes again what it read, indexes, collations, serials and all', async () => {
    await withPostgres(async (bench) => {
      const schema = await read(
        bench,
        `CREATE SCHEMA "App Two"; CREATE TYPE "App Two".mood AS ENUM ('a', 'b');
        CREATE TABLE "App Two"."User" (id bigserial PRIMARY KEY, mood "App Two".mood DEFAULT 'b', name text COLLATE "C",
          CHECK (name <> '' AND mood IN ('a', 'b')), UNIQUE (name) DEFERRABLE INITIALLY DEFERRED);
        CREATE TABLE t (id serial PRIMARY KEY, a varchar(9)[], "user" bigint REFERENCES "App Two"."User" ON DELETE SET NULL,
          up int GENERATED ALWAYS AS (id * 2) STORED, n int GENERATED ALWAYS AS IDENTITY, CHECK (a[1] <> 'x'));
        CREATE INDEX one ON t USING gin (a) WITH (fastupdate = off);
        CREATE INDEX two ON t (id DESC, (id % 3)) INCLUDE (up) WHERE "user" IS NOT NULL;
        COMMENT ON TABLE t IS 'it''s'; COMMENT ON COLUMN t.a IS 'a \\ b'`,
      )
      for (const table of schema.tables) {
        const { namespace, name } = table
        await bench.run(
          table.foreignKeys.map((key) => ({
            kind: 'dropConstraint',
            table: { namespace, name },
            constraint: { name: key.name ?? '' },
            type: 'foreignKey',
            ifExists: false,
          })),
        )
      }
      await bench.run(
        schema.tables.map(({ namespace, name }) => ({
          kind: 'dropTable',
          table: { namespace, name },
          ifExists: false,
        })),
      )
      await bench.run([
        ...schema.enums.map(({ namespace, name }) => ({ kind: 'dropEnum', enumeration: { namespace, name } }) as const),
        { kind: 'dropNamespace', name: 'App Two', ifExists: false },
      ])
      expect(sortedSchema(await bench.dialect.introspect(bench.db, 'all'))).toEqual(emptySchema)
      await bench.run(creation(schema, bench.dialect))
      await expectSchema(bench, schema)
      expect(await rowsOf(bench, "SELECT pg_get_serial_sequence('t', 'id')")).toEqual([['public.t_id_seq']])
    })
  })

  test('finds a serial column as the model wrote it', async () => {
    await withPostgres(async (bench) => {
      const model = defineSchema([table('Order', { id: sqlType('serial'), total: sqlType('BIGSERIAL') })])
      await bench.run(creation(model, bench.dialect))
      await expectSchema(bench, model)
    })
  })

  test('leaves out what is not the user’s own: temporary tables, partitions and views', async () => {
    await withPostgres(async (bench) => {
      const schema = await read(
        bench,
        `CREATE TABLE plain (id int); CREATE TEMPORARY TABLE brief (id int); CREATE VIEW seen AS SELECT * FROM plain;
        CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id);
        CREATE TABLE part_one PARTITION OF parts FOR VALUES FROM (0) TO (9)`,
      )
      expect(names(schema.tables)).toEqual(['parts', 'plain'])
    })
  })

  test('reads only the objects that it is asked for, with the enumerations of their columns', async () => {
    await withPostgres(async (bench) => {
      await bench.db.script(`CREATE TYPE mood AS ENUM ('a'); CREATE TYPE other AS ENUM ('b'); CREATE SCHEMA app;
        CREATE TABLE one (id int PRIMARY KEY, mood mood); CREATE TABLE two (id int REFERENCES one, kind other);
        CREATE TABLE app.one (id int); CREATE TABLE three (id int)`)
      const scoped = (kind: 'table' | 'enum', name: string, namespace: string | null = null) =>
        bench.dialect.introspect(bench.db, { objects: [{ kind, namespace, name, part: null }] })
      const two = await scoped('table', 'two')
      expect([names(two.tables), names(two.enums), two.namespaces]).toEqual([['two'], ['other'], []])
      expect(two.tables[0]?.foreignKeys[0]).toMatchObject({
        referent: { namespace: null, name: 'one' },
        referentColumns: ['id'],
      })
      expect((await scoped('table', 'one', 'app')).tables).toMatchObject([{ namespace: 'app', name: 'one' }])
      const mood = await scoped('enum', 'mood')
      expect([names(mood.tables), names(mood.enums)]).toEqual([['one'], ['mood']])
      expect(sortedSchema(await scoped('table', 'nowhere'))).toEqual(emptySchema)
    })
  })

  test('takes the first namespace of the search path for the one without a name', async () => {
    await withPostgres(async (bench) => {
      await bench.db.script(`CREATE SCHEMA app; CREATE TABLE app.one (id int PRIMARY KEY); CREATE TABLE two (id int REFERENCES app.one);
        SET search_path = app, public`)
      const schema = await bench.dialect.introspect(bench.db, 'all')
      expect(schema.tables.map(({ namespace, name }) => [namespace, name])).toEqual([
        [null, 'one'],
        ['public', 'two'],
      ])
      expect(tableOf(schema, 'two').foreignKeys[0]?.referent).toEqual({ namespace: null, name: 'one' })
      expect(schema.namespaces).toEqual(['public'])
    })
  })

  test('works inside a transaction, on what that has made', async () => {
    await withPostgres(async ({ db, dialect }) => {
      await db.transaction(async () => {
        await db.statements(['CREATE TABLE fresh (id int)'])
        expect(names((await dialect.introspect(db, 'all')).tables)).toEqual(['fresh'])
        await db.statements(['INSERT INTO fresh VALUES (1)'])
      })
    })
  })
})
