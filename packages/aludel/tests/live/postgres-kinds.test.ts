// What PostgreSQL alone has, on PostgreSQL: it works under the worst of names, nothing takes it for drift, and what is dropped comes back.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { check, downgrade, upgrade } from '../../src/index.ts'
import { engines, type TestEngine } from '../engines/index.ts'
import { type LiveProject, liveProject } from './project.ts'

const postgres = engines.find(({ name }) => name === 'postgres') as TestEngine

let project: LiveProject

const go = (target = 'head') => upgrade(undefined, { ...project.where, target })
const back = (target: string) => downgrade(undefined, { ...project.where, target })
const all = (query: string) =>
  project.on(async (db) => (await db.query(query)).rows.map((row) => Object.values(row).join(' ')))
const run = (query: string) => project.on((db) => db.query(query))
const inverted = (upgrade: string) =>
  `export function upgrade(op: Operations) {${upgrade}}\nexport { inverse as downgrade } from 'aludel'\n`

const nasty = ["it's", 'a "b"', 'back\\slash', '; DROP TABLE person; --', 'línea\n日本', '😀', 'select', 'x'.repeat(63)]

/** The names of something, before and after going down from `b` and up again. */
async function thereAndBack(query: string): Promise<readonly (readonly string[])[]> {
  await go()
  const there = await all(query)
  await back('a')
  const undone = await all(query)
  await go()
  expect(await all(query)).toEqual(there)
  return [there, undone]
}

async function drift(columns = ''): Promise<readonly unknown[]> {
  project.write(
    'aludel.config.ts',
    "import { defineConfig } from 'aludel'\nexport default defineConfig({ schema: () => import('./models.ts').then((m) => m.schema) })\n",
  )
  project.write(
    'models.ts',
    `import { defineSchema, integer, sqlType, string, table } from 'aludel/schema'
export const schema = defineSchema([
  table('person', { id: integer().primaryKey(), age: integer(), note: string(20), ${columns} }),
])\n`,
  )
  return (await check(undefined, project.where)).differences
}

const person = `op.createTable('person', { id: integer().primaryKey(), age: integer(), note: string(20) })`

describe.skipIf(!postgres.available)('on PostgreSQL', () => {
  beforeEach(async () => {
    project = await liveProject(postgres)
    project.revision('a', { body: inverted(person) })
  })
  afterEach(() => project.end())

  describe('domains', () => {
    const domains =
      "SELECT typname FROM pg_type WHERE typtype = 'd' AND typnamespace = 'public'::regnamespace ORDER BY 1"

    test('hold their values to their checks, and are no drift', async () => {
      project.revision('b', {
        down: 'a',
        body: inverted(`
          op.createDomain('positive', integer().default(3), { check: 'VALUE > 0', constraintName: 'is "positive"' })
          op.addColumn('person', 'score', sqlType('positive'))
          op.createDomain('unused', string(5).notNull())`),
      })
      await go()
      await run('INSERT INTO person (id) VALUES (1)')
      expect(await all('SELECT score FROM person')).toEqual(['3'])
      await expect(run('INSERT INTO person (id, score) VALUES (2, 0)')).rejects.toThrow(/is "positive"/)
      expect(await drift(`score: sqlType('positive')`)).toEqual([])
    })

    test('come and go under any name', async () => {
      const calls = nasty.map((name) => {
        const given = JSON.stringify(name)
        return `op.createDomain(${given}, string(20).default(${given}), { check: 'VALUE IS NOT NULL', constraintName: ${given} })
          op.alterDomain(${given}, { dropCheck: ${given}, nullable: false })`
      })
      project.revision('b', { down: 'a', body: inverted(calls.join('\n')) })
      const [there, undone] = await thereAndBack(domains)
      expect([...(there ?? [])].sort()).toEqual([...nasty].sort())
      expect(undone).toEqual([])
    })

    test('are changed, renamed and dropped, and come back as they were', async () => {
      project.revision('a', {
        body: inverted(`${person}
          op.createDomain('d', string(20).notNull().default("it's"), { check: "VALUE <> ''", constraintName: 'filled' })
          op.alterDomain('d', { addCheck: { name: 'short', check: 'length(VALUE) < 10' } })`),
      })
      project.revision('b', {
        down: 'a',
        body: inverted(`
          op.alterDomain('d', { default: null, nullable: true, dropCheck: 'filled', addCheck: { name: 'filled', check: 'true' } })
          op.renameDomain('d', 'e')
          op.dropDomain('e')`),
      })
      await go()
      expect(await all(domains)).toEqual([])
      await back('a')
      const checks = await all(
        `SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contypid = 'd'::regtype AND contype = 'c' ORDER BY 1`,
      )
      expect(checks).toEqual([
        expect.stringMatching(/^filled CHECK .*<>/),
        expect.stringMatching(/^short CHECK .*length/),
      ])
      expect(await all("SELECT typdefault, typnotnull FROM pg_type WHERE oid = 'd'::regtype")).toEqual([
        expect.stringMatching(/it''s.* true/),
      ])
    })
  })

  describe('policies', () => {
    const policies = 'SELECT polname FROM pg_policy ORDER BY 1'
    const security = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 'person'"
    const reader = () => `reader_${new URL(project.where.url).pathname.slice(1)}`
    /** What somebody sees who does not own the table. */
    const seen = () =>
      project.on(async (db) => {
        await db.statements([
          `CREATE ROLE ${reader()}`,
          `GRANT SELECT ON person TO ${reader()}`,
          `SET ROLE ${reader()}`,
        ])
        const { rows } = await db.query<{ id: number }>('SELECT id FROM person ORDER BY id')
        await db.statements(['RESET ROLE', `DROP OWNED BY ${reader()}`, `DROP ROLE ${reader()}`])
        return rows.map(({ id }) => id)
      })

    test('decide which rows are there, and are no drift', async () => {
      const calls = `op.enableRowSecurity('person')\nop.createPolicy('grown', 'person', { using: sql\`age >= \${18}\` })`
      project.revision('b', { down: 'a', body: inverted(calls) })
      await go()
      await run('INSERT INTO person (id, age) VALUES (1, 17), (2, 18)')
      expect(await seen()).toEqual([2])
      expect(await drift()).toEqual([])
      await back('a')
      expect(await seen()).toEqual([1, 2])
    })

    test('come and go under any name', async () => {
      const calls = nasty.map((name) => `op.createPolicy(${JSON.stringify(name)}, 'person', { check: 'true' })`)
      project.revision('b', { down: 'a', body: inverted(calls.join('\n')) })
      const [there, undone] = await thereAndBack(policies)
      expect([...(there ?? [])].sort()).toEqual([...nasty].sort())
      expect(undone).toEqual([])
    })

    test('are changed, renamed and dropped with their table, and come back as they were', async () => {
      project.revision('a', {
        body: inverted(`${person}
          op.enableRowSecurity('person', { force: true })
          op.createPolicy('p', 'person', { command: 'update', permissive: false, to: ['CURRENT_USER'], using: 'age > 1' })`),
      })
      project.revision('b', {
        down: 'a',
        body: inverted(`
          op.alterPolicy('p', 'person', { to: [], using: 'true', check: 'age > 2' })
          op.renamePolicy('p', 'person', 'q')
          op.renameColumn('person', 'age', 'years')
          op.enableRowSecurity('person')
          op.disableRowSecurity('person')
          op.dropTable('person')`),
      })
      const details = `SELECT polname, polcmd, polpermissive, polroles::regrole[]::text = '{' || quote_ident(current_user) || '}' AS own,
        pg_get_expr(polqual, polrelid) AS q, polwithcheck FROM pg_policy`
      await go('a')
      const was = [await all(details), await all(security)]
      expect(was).toEqual([['p w false true (age > 1) '], ['true true']])
      await go()
      expect(await all(details)).toEqual([])
      await back('a')
      expect([await all(details), await all(security)]).toEqual(was)
    })
  })

  describe('partitions', () => {
    const partitions = `SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r' ORDER BY 1`
    const log = `op.createTable('person', { id: integer().notNull(), age: integer(), note: string(20) }, (t) => [primaryKey([t.id], 'pk_person')], { postgres: { partitionBy: { range: ['id'] } } })`

    beforeEach(() => project.revision('a', { body: inverted(log) }))

    test('hold the rows of their table, and are no drift', async () => {
      project.revision('b', {
        down: 'a',
        body: inverted(`
          op.createPartition('low', 'person', { from: 0, to: 10 })
          op.createPartition('rest', 'person', { default: true })
          op.createIndex('ix_low', 'low', ['age'])
          op.enableRowSecurity('low')
          op.createPolicy('p', 'low')
          op.createTable('mid', { id: integer().notNull(), age: integer(), note: string(20) })
          op.attachPartition('mid', 'person', { from: [10], to: [20] })`),
      })
      await go()
      await run('INSERT INTO person (id) VALUES (5), (15), (25)')
      expect(await all('SELECT tableoid::regclass FROM person ORDER BY id')).toEqual(['low', 'mid', 'rest'])
      expect(await drift()).toEqual([])
      await back('a')
      expect(await all(partitions)).toEqual([])
      expect(await all("SELECT 1 FROM pg_class WHERE relname IN ('low', 'rest', 'mid')")).toEqual([])
    })

    test('come and go under any name, with values of any text', async () => {
      project.revision('a', {
        body: inverted(
          `op.createTable('words', { word: text() }, null, { postgres: { partitionBy: { list: ['word'] } } })`,
        ),
      })
      const calls = nasty.map((name) => {
        const given = JSON.stringify(name)
        return `op.createPartition(${given}, 'words', { in: [${given}] })`
      })
      project.revision('b', { down: 'a', body: inverted(calls.join('\n')) })
      const [there, undone] = await thereAndBack(partitions)
      expect([...(there ?? [])].sort()).toEqual([...nasty].sort())
      expect(undone).toEqual([])
      await run(`INSERT INTO words SELECT relname FROM pg_class WHERE relispartition`)
      expect(
        await all('SELECT count(*) FROM words WHERE tableoid = (SELECT oid FROM pg_class WHERE relname = word)'),
      ).toEqual([String(nasty.length)])
    })

    test('are detached outside a transaction, dropped with their table, and come back', async () => {
      project.revision('a', { body: inverted(`${log}\nop.createPartition('low', 'person', { from: 0, to: 10 })`) })
      project.revision('b', {
        down: 'a',
        body: inverted(`op.detachPartition('low', 'person', { concurrently: true })`),
      })
      project.revision('c', {
        down: 'b',
        body: inverted(`op.attachPartition('low', 'person', { from: 0, to: 5 })\nop.dropTable('person')`),
      })
      await go('b')
      expect(await all(partitions)).toEqual([])
      await go()
      expect(await all("SELECT 1 FROM pg_class WHERE relname IN ('low', 'person')")).toEqual([])
      await back('a')
      expect(await all(partitions)).toEqual(['low'])
      await run('INSERT INTO person (id) VALUES (9)')
    })
  })

  test('columns beside a key, settings of an exclude constraint and the place of nulls are read back as they were given', async () => {
    const booking = `{ id: integer().primaryKey(), 'ro"om': integer(), during: sqlType('int4range'), ended: integer() }, (t) => [
      unique('uq_room').on(t['ro"om']).with({ include: ['ended', 'during'] }),
      exclude('ex_during', [[t.during, '&&']], { include: ['ro"om'], with: { fillfactor: '70' }, where: sql\`ended > 0\` }),
      index('ix_a').on(asc(t.ended, { nulls: 'first' }), desc(t['ro"om'], { nulls: 'last' })),
      index('ix_b').on(asc(t.ended, { nulls: 'last' }), desc(t['ro"om'], { nulls: 'first' })),
    ]`
    const names = 'asc, desc, exclude, index, integer, sql, sqlType, unique'
    project.revision('b', {
      down: 'a',
      header: `import { asc, exclude, sqlType as _ } from 'aludel/schema'`,
      body: inverted(`op.createTable('booking', ${booking})`),
    })
    project.write(
      'aludel.config.ts',
      "import { defineConfig } from 'aludel'\nexport default defineConfig({ schema: () => import('./models.ts').then((m) => m.schema) })\n",
    )
    project.write(
      'models.ts',
      `import { defineSchema, string, table, ${names} } from 'aludel/schema'
export const schema = defineSchema([
  table('person', { id: integer().primaryKey(), age: integer(), note: string(20) }),
  table('booking', ${booking}),
])\n`,
    )
    await go()
    expect((await check(undefined, project.where)).differences).toEqual([])
    const indexes = await all("SELECT indexdef FROM pg_indexes WHERE indexname IN ('ix_a', 'ix_b') ORDER BY indexname")
    expect(indexes).toEqual([
      expect.stringContaining('(ended NULLS FIRST, "ro""om" DESC NULLS LAST)'),
      expect.stringContaining('(ended, "ro""om" DESC)'),
    ])
  })
})
