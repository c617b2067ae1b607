// The values of enumerations on their engines: added, renamed and replaced, with the rows that hold them.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { check, downgrade, upgrade } from '../../src/index.ts'
import { engines, onEveryEngine } from '../engines/index.ts'
import { type LiveProject, liveProject } from './project.ts'

let project: LiveProject
afterEach(() => project.end())

const go = (target = 'head') => upgrade(undefined, { ...project.where, target })
const back = (target: string) => downgrade(undefined, { ...project.where, target })
const all = (query: string) =>
  project.on(async (db) => (await db.query(query)).rows.map((row) => Object.values(row).join(' ')))
const roles = () => all('SELECT role FROM person ORDER BY id')
const run = (query: string) => project.on((db) => db.query(query))
const inverted = (upgrade: string) =>
  `export function upgrade(op: Operations) {${upgrade}}\nexport { inverse as downgrade } from 'aludel'\n`

const columns = `[{ table: 'person', column: 'role' }]`
const table = `
  op.createTable('person', {
    id: integer().identity().primaryKey(),
    role: enumeration('person_role', ['member', 'guest']).default('member'),
  }, (t) => [index('ix_role').on(t.role)])`

onEveryEngine((engine) => {
  beforeEach(async () => {
    project = await liveProject(engine)
    project.revision('a', { body: inverted(table) })
    await go()
    await run("INSERT INTO person (role) VALUES ('member'), ('guest')")
  })

  const nasty = ["it's", 'a "b" `c`', 'back\\slash', 'semi; -- colon', 'línea 日本', 'select', 'x'.repeat(63)]

  test('values are added with any name, in their place, and go again', async () => {
    const calls = nasty.map(
      (value) => `op.addEnumValue('person_role', ${JSON.stringify(value)}, { before: 'guest', columns: ${columns} })`,
    )
    project.revision('b', { down: 'a', body: inverted(calls.join('\n')) })
    await go()
    const created = await project.schema()
    const type = created.tables[0]?.columns.find(({ name }) => name === 'role')?.type
    expect(type).toMatchObject({ values: ['member', ...nasty, 'guest'] })
    await back('a')
    expect(await roles()).toEqual(['member', 'guest'])
    await expect(run("INSERT INTO person (role) VALUES ('select')")).rejects.toThrow()
  })

  test('a value that a row holds does not go', async () => {
    project.revision('b', {
      down: 'a',
      body: inverted(`op.addEnumValue('person_role', 'owner', { columns: ${columns} })`),
    })
    await go()
    await run("INSERT INTO person (role) VALUES ('owner')")
    await expect(back('a')).rejects.toThrow()
    expect(await roles()).toEqual(['member', 'guest', 'owner'])
  })

  test('a value is used by a later revision of the same transaction', async () => {
    project.write('aludel.config.ts', "export default { transaction: 'run' }\n")
    project.revision('b', {
      down: 'a',
      body: inverted(`op.addEnumValue('person_role', 'owner', { columns: ${columns} })`),
    })
    project.revision('c', { down: 'b', upgrade: `op.execute("UPDATE person SET role = 'owner' WHERE id = 1")` })
    await go()
    expect(await roles()).toEqual(['owner', 'guest'])
  })

  test('a value is used in the step that adds it', async () => {
    const calls = `
      op.addEnumValue('person_role', 'owner', { columns: ${columns} })
      op.bulkInsert('person', [{ role: 'owner' }])`
    project.revision('b', { down: 'a', upgrade: calls })
    await go()
    expect(await roles()).toEqual(['member', 'guest', 'owner'])
  })

  test('a value is used by code in the step that adds it', async () => {
    const calls = `
      op.addEnumValue('person_role', 'owner', { columns: ${columns} })
      op.run(async ({ db }) => { await db.query("UPDATE person SET role = 'owner' WHERE role = 'guest'") })`
    project.revision('b', { down: 'a', upgrade: calls })
    await go()
    expect(await roles()).toEqual(['member', 'owner'])
  })

  test('a value is renamed with the rows and the default that hold it', async () => {
    project.revision('b', {
      down: 'a',
      body: inverted(`op.renameEnumValue('person_role', 'member', "it's a \\\\ member", { columns: ${columns} })`),
    })
    await go()
    await run('INSERT INTO person (id) VALUES (70)')
    expect(await roles()).toEqual(["it's a \\ member", 'guest', "it's a \\ member"])
    await back('a')
    expect(await roles()).toEqual(['member', 'guest', 'member'])
    await run('INSERT INTO person (id) VALUES (71)')
    expect(await roles()).toEqual(['member', 'guest', 'member', 'member'])
  })

  test('a value is renamed to itself in capitals', async () => {
    project.revision('b', {
      down: 'a',
      body: inverted(`op.renameEnumValue('person_role', 'guest', 'GUEST', { columns: ${columns} })`),
    })
    await go()
    expect(await roles()).toEqual(['member', 'GUEST'])
    await back('a')
    expect(await roles()).toEqual(['member', 'guest'])
  })

  test('a value that is used by the next revision of the same run', async () => {
    const call = `op.addEnumValue('person_role', 'owner', { columns: ${columns} })`
    project.revision('b', { down: 'a', upgrade: call })
    project.revision('c', { down: 'b', upgrade: `op.alterColumn('person', 'role', { default: 'owner' })` })
    await go()
    await run('INSERT INTO person (id) VALUES (70)')
    expect(await roles()).toEqual(['member', 'guest', 'owner'])
  })

  test('rows and the default that hold a value which goes hold another one, or nothing', async () => {
    const replace = `{ replace: { member: "it's", guest: null } }`
    project.revision('b', {
      down: 'a',
      body: inverted(`op.setEnumValues('person_role', ['owner', "it's"], ${columns}, ${replace})`),
    })
    await go()
    await run('INSERT INTO person (id) VALUES (70)')
    expect(await roles()).toEqual(["it's", '', "it's"])
    await run('DELETE FROM person')
    await back('a')
    await run('INSERT INTO person (id) VALUES (71)')
    expect(await roles()).toEqual(['member'])
  })
})

const named = engines.filter(({ name }) => name === 'postgres')
describe.skipIf(!named.every(({ available }) => available)).each(named)('named types on $name', (engine) => {
  beforeEach(async () => {
    project = await liveProject(engine)
  })

  test('a value is added without saying where the type is used, and is no drift', async () => {
    project.revision('a', { body: inverted(table) })
    project.revision('b', { down: 'a', body: inverted(`op.addEnumValue('person_role', 'owner')`) })
    project.write(
      'aludel.config.ts',
      "import { defineConfig } from 'aludel'\nexport default defineConfig({ schema: () => import('./models.ts').then((m) => m.schema) })\n",
    )
    project.write(
      'models.ts',
      `import { defineSchema, enumeration, index, integer, table } from 'aludel/schema'
export const schema = defineSchema([table('person', {
  id: integer().identity().primaryKey(),
  role: enumeration('person_role', ['member', 'guest', 'owner']).default('member'),
}, (t) => [index('ix_role').on(t.role)])])`,
    )
    await go()
    expect((await check(undefined, project.where)).differences).toEqual([])
  })
})
