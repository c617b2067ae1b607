// Which engine a script is for, said without a database; and what an engine cannot do, refused before anything is sent.

import { expect, test } from 'vitest'
import { onEveryEngine } from '../engines/index.ts'
import { onDatabase, tablesOf } from './database.ts'
import { chain, projectWith, revisionFile, type TestProject } from './project.ts'

const versions = 'migrations/versions'

function revisionOf(id: string, parents: readonly string[], upgrade: string): string {
  return revisionFile(id, parents, { upgrade }).replace('{ integer }', '{ integer, sql, string, unique, uuid }')
}

function projectOf(upgrade: string, configuration: object = {}): TestProject {
  return projectWith({
    'aludel.config.json': JSON.stringify(configuration),
    [`${versions}/a1.ts`]: revisionOf('a1', [], upgrade),
  })
}

const differing = `op.createTable('user', { id: uuid().primaryKey(), name: string(50) })
  op.createIndex('ix_lower', 'user', [sql\`lower(name)\`])`

test.each([
  ['mysql@8.0', '`id` char(36)', 'ADD INDEX `ix_lower` ((lower(name)))'],
  ['postgres@14', '"id" uuid', '"ix_lower" ON "user" ((lower(name)))'],
  ['postgresql@18.1', '"id" uuid', '"ix_lower" ON "user" ((lower(name)))'],
  ['sqlite@3.45', '"id" CHAR(36)', '"ix_lower" ON "user" ((lower(name)))'],
])('a script is written for %s without a database', async (dialect, column, index) => {
  const { code, stdout } = await projectOf(differing).run(`upgrade --sql --dialect ${dialect}`)
  expect(code).toBe(0)
  expect(stdout).toContain(column)
  expect(stdout).toContain(index)
})

test.each([
  ['mariadb', differing, 'MariaDB has no indexes on expressions'],
  ['mysql@8.0.11', differing, 'MySQL has no indexes on expressions'],
  ['mysql@8.4', "op.createSequence('s')", 'There are no sequences on MySQL'],
  [
    'postgres@14',
    "op.createTable('t', { a: integer() }, (t) => [unique('uq').on(t.a).with({ nullsNotDistinct: true })])",
    'since 15',
  ],
  ['postgres@17', "op.createTable('t', { a: integer().generated(sql`1`, { stored: false }) })", 'since 18'],
  ['sqlite@3.36', "op.createTable('t', { a: integer() }, null, { sqlite: { strict: true } })", 'since 3.37'],
  ['sqlite', "op.createUniqueConstraint('uq', 't', ['a'], { deferrable: true })", 'cannot defer'],
  ['postgres', "op.execute({ sqlite: 'SELECT 1' })", 'none for PostgreSQL'],
])('what %s cannot do is refused with the file and another way', async (dialect, upgrade, message) => {
  const failure = await projectOf(upgrade).failure(`upgrade --sql --dialect ${dialect}`)
  expect(failure.message).toContain(message)
  expect(failure.message).toContain(`${versions}/a1.ts`)
  expect(failure.hint).not.toBe(null)
})

test.each(['mysql@8.4', 'mariadb@10.11', 'postgres@15', 'sqlite@3.37'])(
  '%s writes a way down and a stamp',
  async (to) => {
    const project = projectOf("op.createTable('t', { a: integer() })")
    expect((await project.run(`downgrade --sql a1:base --dialect ${to}`)).stdout).toMatch(/DROP TABLE .t./)
    expect((await project.run(`stamp --sql a1 --dialect ${to}`)).stdout).toContain("'a1'")
  },
)

test('the version that `engines` says is the one that scripts are for', async () => {
  const configured = (engines: readonly string[], url?: string) => projectOf(differing, { engines, url })
  const script = (project: TestProject) => project.run('upgrade --sql').then(({ stdout }) => stdout)
  expect(await script(configured(['mysql@8.4']))).toContain('char(36)')
  expect(await script(configured(['sqlite', 'mysql@8.4'], 'mysql://localhost/x'))).toContain('char(36)')
  expect(await script(configured(['mysql@8.4', 'sqlite'], 'sqlite:x.db'))).toContain('CHAR(36)')
  expect(await configured(['mysql@8.4', 'sqlite']).failure('upgrade --sql')).toMatchObject({
    code: 'dialect-needed',
    hint: expect.stringContaining('mysql@8.4, sqlite'),
  })
  expect((await configured(['oracle']).failure('upgrade --sql')).code).toBe('invalid-config')
})

test('an engine that is not known, and one that nothing is written for', async () => {
  const project = projectOf('')
  expect(await project.failure('upgrade --sql --dialect oracle')).toMatchObject({
    code: 'unknown-dialect',
    hint: expect.stringContaining('mysql@8.0'),
  })
  expect((await project.failure('upgrade --sql --dialect mysql@eight')).code).toBe('unknown-dialect')
  for (const old of ['postgres@13', 'mysql@5.7', 'mariadb@10.6', 'sqlite@3.34'])
    expect((await project.failure(`upgrade --sql --dialect ${old}`)).message).toContain(
      'is older than what Aludel knows',
    )
  expect((await project.failure('upgrade --dialect mysql')).code).toBe('dialect-without-sql')
})

test('migrate refuses what a version of an engine that it must serve does not know', async () => {
  const models = `import { defineSchema, index, integer, sql, string, table } from 'aludel/schema'
export const schema = defineSchema([table('t', { id: integer().primaryKey(), name: string(9) }, () => [index('ix').on(sql\`lower(name)\`)])])\n`
  const migrate = (engines: readonly string[]) => {
    const config = `import { schema } from './models.ts'\nexport default { url: 'sqlite:app.db', engines: ${JSON.stringify(engines)}, schema }\n`
    const project = projectWith({ 'aludel.config.ts': config, 'models.ts': models, [`${versions}/.keep`]: '' })
    return { project, ready: project.run('upgrade') }
  }
  const old = migrate(['sqlite', 'mysql@8.0.11'])
  await old.ready
  expect(await old.project.failure('migrate -m x')).toMatchObject({
    code: 'unsupported-on-engine',
    details: { engine: 'mysql@8.0.11' },
  })
  const recent = migrate(['sqlite', 'mysql@8.4'])
  await recent.ready
  expect((await recent.project.run('migrate -m x')).code).toBe(0)
})

onEveryEngine((engine) => {
  const refused = {
    postgres: "op.execute({ sqlite: 'SELECT 1' })",
    mysql: "op.createIndex('ix', 't_a1', ['id'], { where: sql`id > 1` })",
    sqlite: "op.createUniqueConstraint('uq', 't_a1', ['id'], { deferrable: true })",
  }[engine.name]

  test('a step that the engine cannot take stops a run before its first step', async () => {
    const { url, drop } = await engine.freshDatabase()
    try {
      const project = projectWith({
        'aludel.config.json': JSON.stringify({ url }),
        ...chain('a1', 'b1<a1'),
        [`${versions}/c1.ts`]: revisionOf('c1', ['b1'], refused),
      })
      const failure = await project.failure('upgrade')
      expect(failure.code).toMatch(/^unsupported|^no-sql/)
      expect(failure.message).toContain('before anything was sent')
      expect(await tablesOf(url)).toEqual([])
      expect((await project.run('upgrade b1')).code).toBe(0)
      expect(
        await onDatabase(url, async (db) => (await db.query('SELECT version_num FROM alembic_version')).rows),
      ).toEqual([{ version_num: 'b1' }])
    } finally {
      await drop()
    }
  })
})
