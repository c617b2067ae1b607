// `keep`: what a revision takes away is set aside, and its way down puts every row and every value back.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { archives, downgrade, dropArchives, isAludelError, script, upgrade } from '../../src/index.ts'
import { onEveryEngine } from '../engines/index.ts'
import { clientOf } from './client.ts'
import { type LiveProject, liveProject } from './project.ts'

const base = `
  op.createTable('server', {
    id: integer().identity().primaryKey(),
    name: string(40).notNull().unique(),
    status: enumeration('server_status', ['on', 'off']).notNull(),
    twin: integer(),
    doubled: integer().generated(sql\`twin * 2\`),
    seen: timestamp(),
    data: text(),
  }, (t) => [foreignKey(['twin'], 'server', ['id'], { name: 'fk_twin' }), index('ix_seen').on(t.seen), check('ck_name', sql\`length(name) > 0\`)])
  op.createTable('plain', { note: text() })
  op.bulkInsert('server', [
    { id: 2, name: 'b', status: 'off', twin: null, seen: null, data: 'it\\'s \\\\ "new"\\nline' },
    { id: 1, name: 'a', status: 'on', twin: 2, seen: new Date('2026-01-31T08:30:00Z'), data: null },
    { id: 7, name: 'c', status: 'on', twin: 7, seen: null, data: '' },
  ])
  op.bulkInsert('plain', [{ note: 'x' }, { note: 'x' }, { note: null }])
`

onEveryEngine((engine) => {
  let project: LiveProject
  beforeEach(async () => {
    project = await liveProject(engine)
    project.revision('a1', { upgrade: base, downgrade: "op.dropTable('server')\n  op.dropTable('plain')" })
  })
  afterEach(() => project.end())

  const q = engine.name === 'mysql' ? '`' : '"'
  const up = () => upgrade(undefined, { ...project.where, target: 'head' })
  const down = (log?: (message: string) => void) =>
    downgrade(undefined, { ...project.where, target: 'a1', ...(log === undefined ? {} : { log }) })
  const rowsOf = (table: string, order: string) =>
    project.on(async (db) => (await db.query(`SELECT * FROM ${q}${table}${q} ORDER BY ${order}`)).rows)
  const send = (...texts: readonly string[]) =>
    project.on(async (db) => {
      for (const text of texts) await db.query(text)
    })
  const servers = () => rowsOf('server', 'id')
  const kept = () => archives(undefined, project.where)
  const ours = async () => {
    const { tables: found } = await project.schema()
    return found.filter(({ name }) => name !== 'aludel_archive')
  }

  test.each([
    ['inverse', "export { inverse as downgrade } from 'aludel'"],
    ['written out', `export function downgrade(op) {${base.slice(0, base.indexOf("  op.createTable('plain'"))}}`],
  ])('a dropped table comes back with its rows, by a downgrade that is %s', async (_, downgradeText) => {
    project.revision('b1', {
      down: 'a1',
      body: `export function upgrade(op) { op.dropTable('server', { keep: true }) }\n${downgradeText}`,
    })
    await upgrade(undefined, { ...project.where, target: 'a1' })
    const [rows, schema] = [await servers(), await ours()]
    for (let round = 0; round < 2; round += 1) {
      await up()
      expect(await kept()).toMatchObject({ archives: [{ table: 'server', column: null, revision: 'b1', rows: 3 }] })
      await down()
      expect(await servers()).toEqual(rows)
      expect(await ours()).toEqual(schema)
      expect((await kept()).archives).toEqual([])
    }
    await send(`INSERT INTO server (name, status) VALUES ('next', 'on')`)
    expect((await servers()).at(-1)).toMatchObject({ id: 8, name: 'next' })
  })

  test('a table without a key comes back with its rows, and a row numbered 0 keeps its number', async () => {
    project.revision('b1', {
      down: 'a1',
      body: "export function upgrade(op) { op.dropTable('plain', { keep: true }); op.dropTable('server', { keep: true }) }\nexport { inverse as downgrade } from 'aludel'",
    })
    await upgrade(undefined, { ...project.where, target: 'a1' })
    await send('UPDATE server SET id = 0, twin = NULL WHERE id = 1')
    const rows = await servers()
    await up()
    await down()
    expect(await rowsOf('plain', 'note')).toHaveLength(3)
    expect(await servers()).toEqual(rows)
  })

  test('dropped columns come back with their values; rows that came since have none', async () => {
    project.revision('b1', {
      down: 'a1',
      body: "export function upgrade(op) { op.dropColumn('server', 'data', { keep: true }); op.dropColumn('server', 'status', { keep: true }) }\nexport function downgrade(op) { op.addColumn('server', 'status', enumeration('server_status', ['on', 'off']).notNull()); op.addColumn('server', 'data', text()) }",
    })
    await upgrade(undefined, { ...project.where, target: 'a1' })
    const rows = await servers()
    await up()
    expect((await kept()).archives.map(({ column, rows: count }) => [column, count]).sort()).toEqual([
      ['data', 3],
      ['status', 3],
    ])
    await down()
    expect(await servers()).toEqual(rows)
    await up()
    await send(
      "INSERT INTO server (name) VALUES ('new')",
      'UPDATE server SET twin = NULL WHERE id = 7',
      'DELETE FROM server WHERE id = 7',
    )
    const refused = await down().then(
      () => null,
      (error: unknown) => error,
    )
    // The new row has no status, and the column wants one.
    expect(isAludelError(refused)).toBe(true)
    expect((await kept()).archives).toHaveLength(2)
  })

  test('values come back after a change of type, but not over what has been changed since', async () => {
    project.revision('b1', {
      down: 'a1',
      body: "export function upgrade(op) { op.alterColumn('server', 'data', { type: integer(), using: op.dialect === 'postgres' ? sql`length(data)` : undefined }, { keep: true }) }\nexport function downgrade(op) { op.alterColumn('server', 'data', { type: text() }) }",
    })
    await upgrade(undefined, { ...project.where, target: 'a1' })
    await send(
      "UPDATE server SET data = '0012' WHERE id = 1",
      "UPDATE server SET data = '0' WHERE id = 2",
      "UPDATE server SET data = '5' WHERE id = 7",
    )
    await up()
    await send('UPDATE server SET data = 99 WHERE id = 7')
    await down()
    expect((await servers()).map((row) => (row as { data: unknown }).data)).toEqual(['0012', '0', '99'])
    expect((await kept()).archives).toEqual([])
  })

  test('an archive that was dropped leaves the structure, and says so', async () => {
    project.revision('b1', {
      down: 'a1',
      body: "export function upgrade(op) { op.dropTable('plain', { keep: true }) }\nexport { inverse as downgrade } from 'aludel'",
    })
    await up()
    const [one] = (await kept()).archives
    const refused = await dropArchives(undefined, { ...project.where, names: ['plain'] }).catch(
      (error: unknown) => error,
    )
    expect(refused).toMatchObject({ code: 'unknown-archive', details: { candidates: [one?.name] } })
    expect(await dropArchives(undefined, { ...project.where, names: [one?.name ?? ''] })).toMatchObject({
      dropped: [{ rows: 3 }],
    })
    const said: string[] = []
    await down((message) => said.push(message))
    expect(said).toEqual(['Nothing is kept of table "plain", so it comes back empty.'])
    expect(await rowsOf('plain', 'note')).toEqual([])
  })

  test('what an earlier upgrade has kept is never written over', async () => {
    project.revision('b1', {
      down: 'a1',
      upgrade: "op.dropTable('plain', { keep: true })",
      downgrade: "op.createTable('plain', { note: text() })",
    })
    await up()
    await project.on(async (db) => db.query("UPDATE alembic_version SET version_num = 'a1'"))
    await send(`CREATE TABLE plain (note ${engine.name === 'mysql' ? 'longtext' : 'TEXT'})`)
    await expect(up()).rejects.toMatchObject({ code: 'kept-already' })
    expect((await kept()).archives).toMatchObject([{ rows: 3 }])
  })

  test('what has no key to find back by is refused before anything is sent', async () => {
    project.revision('b1', { down: 'a1', upgrade: "op.dropColumn('plain', 'note', { keep: true })" })
    await expect(up()).rejects.toMatchObject({ code: 'nothing-to-keep-by' })
    expect(await rowsOf('plain', 'note')).toHaveLength(3)
    project.revision('b1', {
      down: 'a1',
      upgrade: "op.alterColumn('server', 'name', { nullable: true }, { keep: true })",
    })
    await expect(up()).rejects.toMatchObject({ code: 'misplaced-option' })
  })

  test('code keeps and puts back, too', async () => {
    project.revision('b1', {
      down: 'a1',
      upgrade: "op.run(async ({ op }) => { await op.dropColumn('server', 'data', { keep: true }) })",
      downgrade: "op.run(async ({ op }) => { await op.addColumn('server', 'data', text(), { restore: true }) })",
    })
    await upgrade(undefined, { ...project.where, target: 'a1' })
    const rows = await servers()
    await up()
    await down()
    expect(await servers()).toEqual(rows)
  })

  const client = clientOf(engine)
  test.skipIf(client === null)(
    'a script fed to the client of the engine keeps and puts back as a run does',
    async () => {
      project.revision('b1', {
        down: 'a1',
        body: "export function upgrade(op) { op.dropColumn('server', 'status', { keep: true }); op.alterColumn('server', 'name', { type: text() }, { keep: true }); op.dropTable('plain', { keep: true }) }\nexport { inverse as downgrade } from 'aludel'",
      })
      await upgrade(undefined, { ...project.where, target: 'a1' })
      const told = async () => {
        const { archives: found } = await kept()
        const contents: unknown[] = []
        for (const { name } of found.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
          contents.push([name, await rowsOf(name, '1')])
        }
        return { schema: await ours(), contents, servers: await servers(), rows: await project.rows() }
      }
      const before = await told()
      const go = async (direction: 'upgrade' | 'downgrade', target: string) => {
        const { sql } = await script(direction, undefined, { ...project.where, target })
        expect(client?.apply(project.where.url, sql)).toBe(null)
      }
      await up()
      const above = await told()
      await down()
      expect(await told()).toEqual(before)
      await go('upgrade', 'a1:b1')
      expect(await told()).toEqual(above)
      await go('downgrade', 'b1:a1')
      expect(await told()).toEqual(before)
    },
  )
})
