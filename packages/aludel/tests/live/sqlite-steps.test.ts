// Steps on SQLite that make tables anew: also outside a transaction no row is lost and no table is left half made.

import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { connect, downgrade, script, upgrade } from '../../src/index.ts'
import { engines } from '../engines/index.ts'
import { type LiveProject, liveProject } from './project.ts'

const sqlite = engines.find((engine) => engine.name === 'sqlite')
if (sqlite === undefined) throw new Error('SQLite is an engine everywhere.')

const family = `
  op.createTable('team', { id: integer().primaryKey(), size: integer() })
  op.createTable('user', { id: integer().identity().primaryKey(), note: string(20), old: text() })
  op.createTable('post', { id: integer().primaryKey(), user_id: integer().notNull() }, () => [foreignKey(['user_id'], 'user', ['id'], { onDelete: 'cascade' })])
  op.bulkInsert('user', [{ id: 1, note: 'a' }, { id: 2, note: 'b' }])
  op.bulkInsert('post', [{ id: 1, user_id: 1 }, { id: 2, user_id: 2 }])`

let project: LiveProject
beforeEach(async () => {
  project = await liveProject(sqlite)
  project.revision('a', { upgrade: family })
})
afterEach(() => project.end())

const go = () => upgrade(undefined, project.where)
const all = (query: string) =>
  project.on(async (db) => (await db.query(query)).rows.map((row) => Object.values(row).join(' ')))
const tables = () => all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'a%' ORDER BY name")

describe.each([
  ['in its own transaction', '', (work: string) => work],
  ['without a transaction', "export const transaction = 'none'", (work: string) => work],
  ['beside the transaction', '', (work: string) => `op.autocommit((op) => {${work}})`],
  ['live, from code', '', (work: string) => `op.run(async ({ op }) => {${work.replaceAll('op.', 'await op.')}})`],
])('a table that is made anew %s', (_, header, framed) => {
  test('keeps its rows and those that refer to it', async () => {
    project.revision('b', {
      down: 'a',
      header,
      upgrade: framed(`op.dropColumn('user', 'old'); op.alterColumn('user', 'note', { nullable: false })`),
    })
    await go()
    expect(await all('SELECT * FROM "user"')).toEqual(['1 a', '2 b'])
    expect(await all('SELECT * FROM post')).toEqual(['1 1', '2 2'])
    await project.on((db) => db.query('DELETE FROM "user" WHERE id = 1'))
    expect(await all('SELECT id FROM post')).toEqual(['2'])
  })

  test('is there as it was when that fails', async () => {
    const work = `op.createUniqueConstraint('uq', 'post', ['user_id']); op.createCheckConstraint('ck', 'user', sql\`note <> 'b'\`)`
    project.revision('b', { down: 'a', header, upgrade: framed(work) })
    await expect(go()).rejects.toMatchObject({ code: 'check' })
    expect(await tables()).toEqual(['post', 'team', 'user'])
    expect(await all('SELECT id, note FROM "user"')).toEqual(['1 a', '2 b'])
    expect(await all('SELECT * FROM post')).toEqual(['1 1', '2 2'])
    expect(await project.rows()).toEqual(['a'])
    const uniques = header === '' && !framed('x').includes('autocommit') ? [] : ['sqlite_autoindex_post_1']
    expect(await all("SELECT name FROM sqlite_master WHERE name LIKE 'sqlite_autoindex_post%'")).toEqual(uniques)
  })
})

test('a script keeps the rows that refer to a table which it makes anew, in a transaction or not', async () => {
  project.revision('b', { down: 'a', upgrade: `op.dropColumn('user', 'old')` })
  project.revision('c', {
    down: 'b',
    upgrade: `op.autocommit((op) => op.alterColumn('user', 'note', { nullable: false }))`,
  })
  await upgrade(undefined, { ...project.where, target: 'a' })
  const { sql } = await script('upgrade', undefined, { ...project.where, target: 'a:c' })
  await project.on(async (db) => {
    await db.script(sql)
    expect((await db.query('PRAGMA foreign_keys')).rows).toEqual([{ foreign_keys: 1 }])
  })
  expect(await all('SELECT * FROM post')).toEqual(['1 1', '2 2'])
  expect(await project.rows()).toEqual(['c'])
})

test('what SQLite refuses in a transaction runs beside it', async () => {
  project.revision('b', {
    down: 'a',
    upgrade: `op.dropColumn('user', 'old')\n  op.autocommit((op) => op.execute(['VACUUM', 'ANALYZE']))`,
  })
  await go()
  expect(await all('SELECT * FROM post')).toEqual(['1 1', '2 2'])
})

test('names that change in a step are followed by what comes after them in it', async () => {
  project.revision('b', {
    down: 'a',
    upgrade: `
  op.execute('CREATE TRIGGER noted AFTER UPDATE ON "user" BEGIN UPDATE team SET size = length(new.note); END', { effects: () => {} })
  op.renameColumn('user', 'note', 'remark')
  op.alterColumn('user', 'remark', { nullable: false })
  op.renameTable('user', 'person')
  op.createCheckConstraint('ck', 'person', sql\`length(remark) > 0\`)
  op.bulkInsert('team', [{ id: 1, size: 0 }])
  op.execute("UPDATE person SET remark = 'four' WHERE id = 1")`,
  })
  await go()
  expect(await all('SELECT id, remark FROM person')).toEqual(['1 four', '2 b'])
  expect(await all('SELECT size FROM team')).toEqual(['4'])
  await project.on((db) => db.query('DELETE FROM person WHERE id = 1'))
  expect(await all('SELECT id FROM post')).toEqual(['2'])
})

test('a run in one transaction that fails is told in the history all the same', async () => {
  project.write('aludel.config.ts', "export default { transaction: 'run' }\n")
  await go()
  project.revision('b', { down: 'a', upgrade: `op.dropColumn('user', 'old')` })
  project.revision('c', { down: 'b', upgrade: `op.execute('NO SUCH STATEMENT')` })
  await expect(go()).rejects.toThrow('The whole run was rolled back')
  expect((await project.history()).map(({ event, revision, heads }) => [event, revision, heads])).toEqual([
    ['done', 'a', '["a"]'],
    ['failed', 'c', '["a"]'],
  ])
  expect(await all('SELECT * FROM post')).toEqual(['1 1', '2 2'])
  expect((await project.schema()).tables.find(({ name }) => name === 'user')?.columns).toHaveLength(3)
})

test('a step without a transaction is written down statement by statement', async () => {
  project.revision('b', {
    down: 'a',
    header: "export const transaction = 'none'",
    upgrade: `op.addColumn('team', 'x', integer())\n  op.execute('NO SUCH STATEMENT')`,
    downgrade: `op.dropColumn('team', 'x')`,
  })
  await expect(go()).rejects.toThrow('1 statement of this revision had been applied and stay')
  const events = (await project.history()).map(({ event, position, total }) => [event, position, total])
  expect(events).toEqual([
    ['done', null, null],
    ['begin', null, null],
    ['statement', 0, 2],
    ['failed', null, null],
  ])
})

test('rows that a downgrade makes anew are the rows that were there', async () => {
  project.revision('b', {
    down: 'a',
    upgrade: `op.alterColumn('user', 'note', { type: text(), default: 'x' })\n  op.createIndex('ix', 'user', [desc('note')], { where: sql\`note IS NOT NULL\` })`,
    downgrade: `op.dropIndex('ix', 'user')\n  op.alterColumn('user', 'note', { type: string(20), default: null })`,
  })
  const was = await go()
    .then(() => downgrade(undefined, project.where))
    .then(() => project.schema())
  await go()
  await downgrade(undefined, project.where)
  expect(await project.schema()).toEqual(was)
  expect(await all('SELECT id, note FROM "user"')).toEqual(['1 a', '2 b'])
})

test('who has waited for the file leaves nothing of it locked', async () => {
  const options = { cwd: project.folder, lockTimeout: 2000 }
  const [one, other] = [await connect(project.where.url, options), await connect(project.where.url, options)]
  onTestFinished(async () => {
    await one.close()
    await other.close()
  })
  await one.script('CREATE TABLE t (a)')
  expect((await other.query('SELECT a FROM t')).rows).toEqual([])
  await one.script('BEGIN EXCLUSIVE')
  const waiting = other.query('SELECT a FROM t')
  await new Promise((resolve) => setTimeout(resolve, 20))
  await one.script('INSERT INTO t VALUES (1); COMMIT')
  expect((await waiting).rows).toHaveLength(1)
  expect((await other.query('SELECT a FROM t')).rows).toHaveLength(1)
  await one.script('BEGIN EXCLUSIVE; ROLLBACK')
})
