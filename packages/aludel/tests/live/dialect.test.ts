// What every dialect promises, on the live engine: what is created is what is found, and every operation ends where it says.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Connection } from '../../src/database/types.ts'
import { isIrreversible } from '../../src/ops/definition.ts'

import { record } from '../../src/ops/recorder.ts'

import { applyOp, invertOp } from '../../src/ops/registry.ts'
import type { Operations } from '../../src/ops/surface.ts'
import { bigint, integer, smallint, string, text } from '../../src/schema/column.ts'
import { emptySchema } from '../../src/schema/model.ts'
import { defaultNaming } from '../../src/schema/naming.ts'
import { name, sql } from '../../src/schema/sql.ts'
import { changes } from '../arbitraries/operation.ts'
import { possibleOn } from '../arbitraries/possible.ts'
import { schemas } from '../arbitraries/schema.ts'
import { onEveryEngine } from '../engines/index.ts'
import { creation, expectSchema, withBench } from './bench.ts'

/** Few runs, others every time; fast-check prints the seed of one that fails, to be given here again. */
const runs = Number(process.env.ALUDEL_TEST_RUNS ?? 12)

onEveryEngine((engine) => {
  const possible = possibleOn[engine.name]

  test('an empty database is an empty schema', async () => {
    await withBench(engine, (bench) => expectSchema(bench, emptySchema))
  })

  test('what is created is what is introspected, so that a second comparison finds nothing', async () => {
    await fc.assert(
      fc.asyncProperty(schemas(possible), (schema) =>
        withBench(engine, async (bench) => {
          await bench.run(creation(schema, bench.dialect))
          await expectSchema(bench, schema)
        }),
      ),
      { numRuns: runs, interruptAfterTimeLimit: 50_000, markInterruptAsFailure: true },
    )
  })

  test('an operation ends where it says, and its inverse leads back', async () => {
    await fc.assert(
      fc.asyncProperty(changes(possible), ({ schema, ops }) =>
        withBench(engine, async (bench) => {
          await bench.run(creation(schema, bench.dialect))
          let before = schema
          for (const op of ops) {
            const after = applyOp(before, op)
            await bench.run([op])
            await expectSchema(bench, after)
            const back = invertOp(op, before)
            if (isIrreversible(back)) throw new Error(back.irreversible)
            await bench.run(back)
            await expectSchema(bench, before)
            await bench.run([op])
            before = after
          }
        }),
      ),
      { numRuns: runs, interruptAfterTimeLimit: 50_000, markInterruptAsFailure: true },
    )
  })

  test('rows survive every change of their table', async () => {
    await withBench(engine, async (bench) => {
      const { db, dialect } = bench
      const request = { dialect: dialect.name, features: dialect.features, naming: defaultNaming }
      for (const step of steps) await bench.run(record(request, step))
      const { rows } = await db.query('SELECT * FROM people ORDER BY id')
      expect(rows).toEqual([
        { id: 1, name: 'Ann', points: 7n, level: '3', status: 'active', big: 1n },
        { id: 2, name: "O'Brien", points: null, level: '4', status: 'active', big: 1n },
      ])
    })
  })

  test('a database is read with the same number of queries, whatever its size', async () => {
    await withBench(engine, async ({ db, dialect }) => {
      const tables = (count: number) =>
        Array.from({ length: count }, (_, at) => [
          `CREATE TABLE t${count}_${at} (id integer PRIMARY KEY, a varchar(20) DEFAULT 'x', CHECK (id > 0))`,
          `CREATE INDEX ix_${count}_${at} ON t${count}_${at} (a)`,
        ]).flat()
      await db.statements(tables(1))
      const one = await countQueries(db, (counted) => dialect.introspect(counted, 'all'))
      await db.statements(tables(49))
      const fifty = await countQueries(db, (counted) => dialect.introspect(counted, 'all'))
      expect(fifty).toBe(one)
    })
  })

  test('rows come as lines of text, in their order, however many lines a row of the answer holds', async () => {
    await withBench(engine, async ({ db, dialect }) => {
      const ask = async (where: string) => {
        const columns = ['word', 'other'].map(dialect.quote)
        const request = { columns, from: dialect.quote('told'), where, order: dialect.quote('id') }
        const { rows } = await db.query<{ readonly lines: string | null }>(dialect.lines(request))
        return rows.flatMap(({ lines }) => lines?.split('\n') ?? [])
      }
      await db.statements([
        'CREATE TABLE told (id integer PRIMARY KEY, word varchar(40), other varchar(40))',
        "INSERT INTO told VALUES (3, 'Ä', 'ö''ß'), (1, NULL, 'a b'), (20, 'last', NULL), (4, NULL, NULL)",
      ])
      expect(await ask('1 = 1')).toEqual(['\ta b', "Ä\tö'ß", '\t', 'last\t'])
      expect(await ask('id = 3')).toEqual(["Ä\tö'ß"])
      expect(await ask('id > 100')).toEqual([])
    })
  })
})

type Step = (op: Operations) => void

const steps: readonly Step[] = [
  (op) => {
    op.createTable('user', {
      id: integer().identity().primaryKey(),
      name: string(10).notNull(),
      points: integer(),
      level: smallint().notNull().default(1),
      old: text(),
    })
    op.bulkInsert('user', [
      { id: 1, name: 'Ann', points: 7, level: 3 },
      { id: 2, name: "O'Brien", points: null, level: 4, old: 'x' },
    ])
  },
  (op) => op.addColumn('user', 'status', string(32).notNull().default('active')),
  (op) => op.alterColumn('user', 'points', { type: bigint() }),
  (op) => op.alterColumn('user', 'level', { type: string(10), default: '1' }),
  (op) => op.alterColumn('user', 'name', { nullable: true }),
  (op) => op.createIndex('ix_user_name', 'user', ['name']),
  (op) => op.createCheckConstraint('ck_user_name', 'user', sql`${name('name')} <> ${''}`),
  (op) => op.createUniqueConstraint('uq_user_name', 'user', ['name', 'status']),
  (op) => op.addColumn('user', 'big', bigint().notNull().default(1)),
  (op) => op.dropColumn('user', 'old'),
  (op) => op.renameTable('user', 'people'),
  (op) => op.renameColumn('people', 'name', 'title'),
  (op) => op.dropConstraint('uq_user_name', 'people', { type: 'unique' }),
  (op) => op.renameColumn('people', 'title', 'name'),
  (op) => op.alterColumn('people', 'status', { nullable: true, default: null }),
]

/** How many times the work asks the database. */
async function countQueries(db: Connection, work: (counted: Connection) => Promise<unknown>): Promise<number> {
  let count = 0
  const counted = new Proxy(db, {
    get(target, key) {
      if (key === 'query' || key === 'statements' || key === 'script') count += 1
      return Reflect.get(target, key)
    },
  })
  await work(counted)
  return count
}
