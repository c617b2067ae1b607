// Autogenerate can be trusted: what it writes leads to the models, a second run is empty, and its way back leads back.

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Comparison, compare } from '../../src/compare/compare.ts'
import { AludelError, check, migrate, stamp, upgrade } from '../../src/index.ts'
import { applyAll, definitionOf } from '../../src/ops/registry.ts'
import { enumeration, integer } from '../../src/schema/column.ts'
import { defineSchema } from '../../src/schema/define.ts'
import { emptySchema, type Schema } from '../../src/schema/model.ts'
import { table } from '../../src/schema/table.ts'
import { changes } from '../arbitraries/operation.ts'
import { possibleOn } from '../arbitraries/possible.ts'
import { onEveryEngine } from '../engines/index.ts'
import { type Bench, creation, expectSchema, withBench } from './bench.ts'
import { type LiveProject, liveProject } from './project.ts'
import { withRows } from './with-rows.ts'

const runs = Number(process.env.ALUDEL_TEST_RUNS ?? 8)

function compared({ db, dialect }: Bench, wanted: Schema, chain: Schema): Promise<Comparison> {
  return compare({
    db,
    dialect,
    wanted,
    scope: { own: [], include: undefined, exclude: undefined },
    chain: () => chain,
  })
}

onEveryEngine((engine) => {
  test('what is written leads to the models, then finds nothing, and leads back', { timeout: 120_000 }, async () => {
    let held = 0
    await fc.assert(
      fc.asyncProperty(changes(possibleOn[engine.name]), async ({ schema, ops }) => {
        held += await withRows(engine, async (bench, rows) => {
          const wanted = applyAll(schema, ops)
          await bench.run(creation(schema, bench.dialect))
          await rows.fill(bench.dialect.normalize(schema))
          const found = await compared(bench, wanted, schema)
          await rows.run(found.upgrade, { from: schema, to: wanted })
          await expectSchema(bench, wanted)
          const again = await compared(bench, wanted, wanted)
          expect(again.upgrade.map((op) => definitionOf(op).describe(op))).toEqual([])
          await rows.run(found.downgrade, { from: wanted, to: schema })
          await expectSchema(bench, schema)
        })
      }),
      { numRuns: runs, interruptAfterTimeLimit: 100_000, markInterruptAsFailure: true },
    )
    expect(held).toBeGreaterThan(0)
  })

  test.skipIf(engine.name === 'sqlite')('a sequence is the same however its numbers are written', () =>
    withBench(engine, async (bench) => {
      const usual = { start: 1n, increment: 1n, minValue: 1, maxValue: null, cache: engine.name === 'mysql' ? 1000 : 1 }
      const sequence = {
        kind: 'sequence',
        namespace: null,
        name: 's',
        type: null,
        cycle: false,
        ownedBy: null,
        ...usual,
      } as const
      const wanted: Schema = { ...emptySchema, objects: [sequence] }
      await bench.run([{ kind: 'createSequence', sequence, ifNotExists: false }])
      expect((await compared(bench, wanted, wanted)).upgrade).toEqual([])
    }),
  )

  test('a default that goes with its value steps aside before the value goes', () =>
    withBench(engine, async (bench) => {
      const made = (value: string, ...others: readonly string[]) =>
        defineSchema([table('t', { mood: enumeration('mood', [value, ...others]).default(value) })])
      const [schema, wanted] = [made('ok', 'bad'), made('fine')]
      await bench.run(creation(schema, bench.dialect))
      const { upgrade, downgrade } = await compared(bench, wanted, schema)
      await bench.run(upgrade)
      await expectSchema(bench, wanted)
      await bench.run(downgrade)
      await expectSchema(bench, schema)
    }))

  test.skipIf(engine.name !== 'postgres')('models that partition a table which is there are refused', () =>
    withBench(engine, async (bench) => {
      const log = (by: string | null) =>
        defineSchema([
          table('log', { id: integer(), kind: integer() }, () => [], {
            postgres: by === null ? {} : { partitionBy: { list: [by] } },
          }),
        ])
      await bench.run(creation(log('kind'), bench.dialect))
      const same = await compared(bench, log('kind'), log('kind'))
      const unsaid = await compared(bench, log(null), log('kind'))
      expect([same.upgrade, unsaid.upgrade]).toEqual([[], []])
      await expect(compared(bench, log('id'), log('kind'))).rejects.toMatchObject({
        code: 'unsupported-kinds',
        details: { kinds: ['partitioning of a table that is there'] },
      })
    }),
  )

  describe('a project', () => {
    let project: LiveProject
    beforeEach(async () => {
      project = await liveProject(engine)
      project.write(
        'aludel.config.ts',
        "import { defineConfig } from 'aludel'\nexport default defineConfig({ schema: () => import('./models.ts').then((m) => m.schema) })\n",
      )
    })
    afterEach(() => project.end())
    const models = (tables: string) =>
      project.write(
        'models.ts',
        `import { boolean, defineSchema, foreignKey, index, integer, now, sql, string, table, text, timestamp } from 'aludel/schema'\n${tables}\n`,
      )
    const first = `export const user = table('user', {
  id: integer().identity().primaryKey(),
  email: string(120).notNull().unique(),
  active: boolean().notNull().default(true),
  createdAt: timestamp('created_at').notNull().default(now()),
}, (t) => [index().on(t.active, t.createdAt)])
export const server = table('server', {
  id: integer().identity().primaryKey(),
  ownerId: integer('owner_id').notNull().references(() => user.columns.id, { onDelete: 'cascade' }),
  name: string(80).notNull(),
})
export const schema = defineSchema([server, user])`

    test('gets a first revision, and a second one finds nothing', async () => {
      models(first)
      const { revision, operations } = await migrate(undefined, { ...project.where, message: 'First' })
      expect(revision?.message).toBe('First')
      expect(operations.map((op) => op.kind)).toEqual(['createTable', 'createTable'])
      await upgrade(undefined, project.where)
      expect((await check(undefined, project.where)).differences).toEqual([])
      expect(await migrate(undefined, { ...project.where, message: 'Second' })).toMatchObject({
        revision: null,
        operations: [],
      })
    })

    test('that is behind its revisions is refused, and told what to type', async () => {
      models(first)
      await migrate(undefined, { ...project.where, message: 'First' })
      const error = await migrate(undefined, { ...project.where, message: 'Second' }).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(AludelError)
      expect(error).toMatchObject({ code: 'not-up-to-date', hint: expect.stringContaining('aludel upgrade') })
    })

    test('never drops what neither its models nor its revisions know', async () => {
      models(first)
      await project.on((db) =>
        db.statements(['CREATE TABLE stranger (id INTEGER)', 'CREATE TABLE knex_migrations (id INTEGER)']),
      )
      const { operations, warnings } = await migrate(undefined, { ...project.where, message: 'First' })
      expect(operations.map((op) => op.kind)).toEqual(['createTable', 'createTable'])
      expect(warnings).toEqual([expect.stringContaining('"stranger"')])
    })

    test('drops what its revisions made and its models no longer have', async () => {
      models(first)
      await migrate(undefined, { ...project.where, message: 'First' })
      await upgrade(undefined, project.where)
      models(first.replace(/export const server[\s\S]*?\n\}\)\n/, '').replace('[server, user]', '[user]'))
      const { operations } = await migrate(undefined, { ...project.where, message: 'Second' })
      expect(operations.map((op) => op.kind)).toEqual(['dropTable'])
      await upgrade(undefined, project.where)
      expect((await check(undefined, project.where)).differences).toEqual([])
    })

    test.skipIf(engine.name !== 'postgres')('is not asked to make a primary key anew for its name', async () => {
      models(first)
      await migrate(undefined, { ...project.where, message: 'First' })
      await upgrade(undefined, project.where)
      await project.on((db) => db.statements(['ALTER TABLE server RENAME CONSTRAINT pk_server TO server_pkey']))
      expect((await check(undefined, project.where)).differences).toEqual([])
    })

    test('of a database that is there already agrees once it is stamped', async () => {
      models(first)
      await migrate(undefined, { ...project.where, message: 'First' })
      await upgrade(undefined, project.where)
      await project.on((db) => db.statements(['DROP TABLE alembic_version', 'DROP TABLE aludel_history']))
      expect((await check(undefined, project.where)).atHead).toBe(false)
      await stamp(undefined, { ...project.where, targets: ['head'] })
      expect(await check(undefined, project.where)).toMatchObject({ atHead: true, differences: [] })
    })
  })
})
