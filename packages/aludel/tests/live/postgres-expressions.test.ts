// When two expressions mean the same to PostgreSQL.

import { describe, expect, test } from 'vitest'
import type { ExpressionPair } from '../../src/dialects/dialect.ts'
import { rawSql } from '../../src/schema/sql.ts'
import type { Bench } from './bench.ts'
import { postgres, rowsOf, withPostgres } from './postgres.ts'

const table = { namespace: null, name: 'user' }
const setup = `CREATE TYPE mood AS ENUM ('ok', 'bad');
  CREATE TABLE "user" (id int, name varchar(20), price numeric(10,2), mood mood, data jsonb, "with space" text, at timestamptz)`

type Told = readonly [place: ExpressionPair['place'], actual: string, wanted: string, column?: string]

function pairOf([place, actual, wanted, column = null as never]: Told): ExpressionPair {
  return { place, table, column, type: null, actual: rawSql(actual), wanted: rawSql(wanted) }
}

async function answers({ db, dialect }: Bench, pairs: readonly Told[]): Promise<readonly boolean[]> {
  return dialect.sameExpressions(db, pairs.map(pairOf))
}

const same: readonly Told[] = [
  ['check', "(name)::text <> ''::text", "name <> ''"],
  [
    'check',
    "(name)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[])",
    "name IN ('x', 'y')",
  ],
  [
    'check',
    "(name)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text])",
    "name in ('x','y')",
  ],
  ['check', 'price = ANY (ARRAY[(1)::numeric, (2)::numeric])', 'price IN (1, 2)'],
  ['check', "(id > 0) AND (mood = 'ok'::mood)", "id > 0 and mood = 'ok'"],
  ['check', '"with space" IS NOT NULL', '"user"."with space" is not null -- always'],
  ['check', 'CASE\n    WHEN (id > 0) THEN true\n    ELSE false\nEND', 'case when id > 0 then true else false end'],
  ['default', "'a'::text || 'b'::text", "'a' || 'b'", '"with space"'],
  ['default', "'01:00:00'::interval", "interval '1 hour'"],
  ['generated', '(price * (2)::numeric)', 'price * 2', 'price'],
  ['index', 'lower((name)::text)', 'lower(name)'],
  ['index', "data -> 'x'::text", "data->'x'"],
  ['predicate', "mood <> 'bad'::mood", "mood != 'bad'"],
]

const different: readonly Told[] = [
  ['check', 'id > 0', 'id >= 0'],
  ['check', 'id > 0', 'nowhere > 0'],
  ['check', 'id > 0', 'id > '],
  ['check', "mood = 'ok'::mood", "mood = 'new'"],
  ['index', 'lower((name)::text)', 'upper(name)'],
  ['predicate', 'id IS NULL', 'id IS NOT NULL'],
  ['generated', '(price * (2)::numeric)', 'price * 3', 'price'],
]

describe.skipIf(!postgres.available)('expressions', () => {
  test('that are written otherwise are the same', async () => {
    await withPostgres(async (bench) => {
      await bench.db.script(setup)
      expect(await answers(bench, same)).toEqual(same.map(() => true))
    })
  })

  test('that mean another thing, or do not compile on what is there, are different', async () => {
    await withPostgres(async (bench) => {
      await bench.db.script(setup)
      expect(await answers(bench, [...different, ...same])).toEqual([
        ...different.map(() => false),
        ...same.map(() => true),
      ])
    })
  })

  test('of tables of one name in two namespaces are compared on their own table', async () => {
    await withPostgres(async ({ db, dialect }) => {
      await db.script('CREATE SCHEMA app; CREATE TABLE t (a int); CREATE TABLE app.t (a text)')
      const pair = (namespace: string | null): ExpressionPair => ({
        ...pairOf(['check', "a <> 'x'::text", "a <> 'x'"]),
        table: { namespace, name: 't' },
      })
      expect(await dialect.sameExpressions(db, [pair(null), pair('app')])).toEqual([false, true])
    })
  })

  test('are compared without a trace, also inside a transaction', async () => {
    await withPostgres(async (bench) => {
      await bench.db.script(setup)
      const tables = 'SELECT count(*) FROM pg_class'
      const [before] = await rowsOf(bench, tables)
      await bench.db.transaction(async () => {
        await bench.db.query('INSERT INTO "user" (id) VALUES (1)')
        expect(await answers(bench, [...same.slice(0, 3), ...different.slice(0, 3)])).toEqual([
          true,
          true,
          true,
          false,
          false,
          false,
        ])
      })
      expect(await rowsOf(bench, tables)).toEqual([before])
      expect(await rowsOf(bench, 'SELECT count(*) FROM "user"')).toEqual([[1]])
    })
  })

  test('are compared by their text where the server does not let anything be made', async () => {
    await withPostgres(async (bench) => {
      await bench.db.script(`${setup}; SET default_transaction_read_only = on`)
      expect(await answers(bench, [same[0] as Told, same[4] as Told, different[0] as Told])).toEqual([
        true,
        false,
        false,
      ])
    })
  })

  test('by the hundred take one look', async () => {
    await withPostgres(async ({ db, dialect }) => {
      await db.statements(Array.from({ length: 100 }, (_, at) => `CREATE TABLE t${at} (a int, b varchar(20))`))
      const pairs = Array.from(
        { length: 100 },
        (_, at): ExpressionPair => ({
          ...pairOf(['check', "(b)::text <> 'x'::text", "b <> 'x'"]),
          table: { namespace: null, name: `t${at}` },
        }),
      )
      expect(await dialect.sameExpressions(db, pairs)).toEqual(pairs.map(() => true))
    })
  })
})
