// Views, sequences, functions and triggers on their engines: they work, nothing takes them for drift, and what is dropped comes back.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { check, downgrade, script, upgrade } from '../../src/index.ts'
import { engines, onEveryEngine } from '../engines/index.ts'
import { type LiveProject, liveProject } from './project.ts'

const sqlite = engines.find((engine) => engine.name === 'sqlite')
if (sqlite === undefined) throw new Error('SQLite is an engine everywhere.')

let project: LiveProject
afterEach(() => project.end())

const go = (target = 'head') => upgrade(undefined, { ...project.where, target })
const back = (target: string) => downgrade(undefined, { ...project.where, target })
const all = (query: string) =>
  project.on(async (db) => (await db.query(query)).rows.map((row) => Object.values(row).join(' ')))
const run = (query: string) => project.on((db) => db.query(query))
const inverted = (upgrade: string) =>
  `export function upgrade(op: Operations) {${upgrade}}\nexport { inverse as downgrade } from 'aludel'\n`

const tables = `
  op.createTable('person', { id: integer().primaryKey(), age: integer(), note: string(20) })
  op.createTable('log', { what: string(40) })`

const models = `import { defineSchema, integer, string, table } from 'aludel/schema'
export const schema = defineSchema([
  table('person', { id: integer().primaryKey(), age: integer(), note: string(20) }),
  table('log', { what: string(40) }),
])
`

const noted = `{
  postgres: "CREATE TRIGGER noted AFTER INSERT ON person FOR EACH ROW EXECUTE FUNCTION note_it()",
  mysql: "CREATE TRIGGER noted AFTER INSERT ON person FOR EACH ROW INSERT INTO log VALUES ('came; new')",
  sqlite: "CREATE TRIGGER noted AFTER INSERT ON person BEGIN INSERT INTO log VALUES ('came; new'); END",
}`
const noteIt = `if (op.dialect === 'postgres') {
  op.createFunction('note_it', "CREATE FUNCTION note_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log VALUES ('came; new'); RETURN NEW; END $$")
}`
const onPerson = `
  op.createView('grown', 'SELECT id FROM person WHERE age >= 18', { dependsOn: ['person'] })
  ${noteIt}
  op.createTrigger('noted', 'person', ${noted})`

onEveryEngine((engine) => {
  beforeEach(async () => {
    project = await liveProject(engine)
    project.revision('a', { body: inverted(tables) })
    project.revision('b', { down: 'a', body: inverted(onPerson) })
  })

  test('a view shows and a trigger works, until the way down takes them away', async () => {
    await go()
    await run('INSERT INTO person (id, age) VALUES (1, 17), (2, 18)')
    expect(await all('SELECT id FROM grown')).toEqual(['2'])
    expect(await all('SELECT what FROM log')).toEqual(['came; new', 'came; new'])
    await back('a')
    await run('INSERT INTO person (id, age) VALUES (3, 50)')
    expect(await all('SELECT count(*) FROM log')).toEqual(['2'])
    await expect(all('SELECT id FROM grown')).rejects.toThrow()
  })

  test('what is dropped comes back as it was made', async () => {
    const drops = `op.dropView('grown'); op.dropTrigger('noted', 'person')`
    project.revision('c', { down: 'b', body: inverted(drops) })
    await go()
    await expect(all('SELECT id FROM grown')).rejects.toThrow()
    await back('b')
    await run('INSERT INTO person (id, age) VALUES (2, 18)')
    expect(await all('SELECT id FROM grown')).toEqual(['2'])
    expect(await all('SELECT what FROM log')).toEqual(['came; new'])
  })

  test('what is dropped and was never made here cannot be inverted, and that is said', async () => {
    project.revision('c', { down: 'b', body: inverted(`op.dropView('unheard of', { ifExists: false })`) })
    await run('SELECT 1')
    await expect(script('downgrade', undefined, { ...project.where, target: 'c:b' })).rejects.toMatchObject({
      code: 'irreversible',
      message: expect.stringContaining('Which query view "unheard of" had is not known here.'),
    })
  })

  test('they are no drift', async () => {
    project.write(
      'aludel.config.ts',
      "import { defineConfig } from 'aludel'\nexport default defineConfig({ schema: () => import('./models.ts').then((m) => m.schema) })\n",
    )
    project.write('models.ts', models)
    const sequence = `if (op.features.sequences) op.createSequence('numbers', { start: 5 })`
    const kept = `if (op.features.materializedViews) op.createMaterializedView('kept', 'SELECT 1 AS one')`
    project.revision('c', { down: 'b', body: inverted(`${sequence}\n${kept}`) })
    await go()
    expect((await check(undefined, project.where)).differences).toEqual([])
  })
})

describe('SQLite makes a table anew', () => {
  beforeEach(async () => {
    project = await liveProject(sqlite)
    project.revision('a', { body: inverted(`${tables}\n op.bulkInsert('person', [{ id: 1, age: 40 }])`) })
  })

  const rebuild = `op.alterColumn('person', 'note', { default: 'new' })`
  const bothWork = async () => {
    await run('INSERT INTO person (id, age) VALUES (2, 50)')
    expect(await all('SELECT id FROM grown ORDER BY id')).toEqual(['1', '2'])
    expect(await all('SELECT what FROM log')).toEqual(['came; new'])
    expect(await all('SELECT note FROM person WHERE id = 2')).toEqual(['new'])
  }

  test.each([
    ['a later revision', { b: onPerson, c: rebuild }],
    ['the same revision', { b: `${onPerson}\n${rebuild}` }],
    ['the same revision, outside its transaction', { b: `op.autocommit((op) => {${onPerson}\n${rebuild}})` }],
  ])('in %s: a trigger and a view on it stay', async (_, revisions) => {
    let down = 'a'
    for (const [id, text] of Object.entries(revisions)) {
      project.revision(id, { down, body: inverted(text) })
      down = id
    }
    await go()
    await bothWork()
  })

  test('and a trigger that was dropped before it in the same step does not come back', async () => {
    project.revision('b', { down: 'a', body: inverted(onPerson) })
    project.revision('c', { down: 'b', body: inverted(`op.dropTrigger('NOTED', 'person')\n${rebuild}`) })
    await go()
    await run('INSERT INTO person (id, age) VALUES (2, 50)')
    expect(await all('SELECT what FROM log')).toEqual([])
  })

  test('and the script for it makes the trigger again', async () => {
    project.revision('b', { down: 'a', body: inverted(onPerson) })
    project.revision('c', { down: 'b', body: inverted(rebuild) })
    const text = await script('upgrade', undefined, { ...project.where, target: 'head' })
    // The third is in what the history keeps to undo the last revision.
    expect(text.sql.match(/CREATE TRIGGER noted/g)).toHaveLength(3)
    await project.on((db) => db.script(text.sql))
    await bothWork()
  })
})

describe('SQLite renames a view by making it again', () => {
  beforeEach(async () => {
    project = await liveProject(sqlite)
    project.revision('a', { body: inverted(tables) })
    project.revision('b', { down: 'a', body: inverted(`op.renameView('Old "ones"', 'elders')`) })
    await go('a')
  })

  test('from its own text, with its columns', async () => {
    await run(`CREATE VIEW IF NOT EXISTS "Old ""ones""" -- odd
      (number, [the age]) AS -- as they are
      SELECT id, age FROM person WHERE age > 60 -- or so`)
    await go()
    await run('INSERT INTO person (id, age) VALUES (1, 60), (2, 61)')
    expect(await all('SELECT number, "the age" FROM elders')).toEqual(['2 61'])
    await back('a')
    expect(await all('SELECT number FROM "Old ""ones"""')).toEqual(['2'])
  })

  test('unless its triggers would be lost', async () => {
    await run('CREATE VIEW "Old ""ones""" AS SELECT id FROM person')
    await run('CREATE TRIGGER t INSTEAD OF DELETE ON "Old ""ones""" BEGIN DELETE FROM person WHERE id = old.id; END')
    await expect(go()).rejects.toMatchObject({ code: 'dependent-objects', details: { dependants: ['t'] } })
    expect(await all('SELECT id FROM "Old ""ones"""')).toEqual([])
  })

  test('unless another view uses it', async () => {
    await run('CREATE VIEW "Old ""ones""" AS SELECT id FROM person')
    await run('CREATE VIEW counted AS SELECT count(*) FROM "Old ""ones"""')
    await expect(go()).rejects.toMatchObject({ code: 'dependent-objects', details: { dependants: ['counted'] } })
    expect(await all('SELECT * FROM counted')).toEqual(['0'])
  })

  test('and refuses where there is none', async () => {
    await expect(go()).rejects.toMatchObject({ code: 'unknown-view' })
  })
})
