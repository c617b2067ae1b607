// What the history keeps to undo a step: the SQL of its way down, and nothing of the rows.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { upgrade } from '../../src/index.ts'
import { onEveryEngine } from '../engines/index.ts'
import { type LiveProject, liveProject } from './project.ts'

onEveryEngine((engine) => {
  let project: LiveProject
  beforeEach(async () => {
    project = await liveProject(engine)
  })
  afterEach(() => project.end())
  const go = (target = 'head') => upgrade(undefined, { ...project.where, target })
  const undo = async (revision: string) =>
    (await project.history()).find((row) => row.revision === revision && row.event === 'done')?.undo

  test('of every step is rendered from its way down', async () => {
    project.revision('a1', {
      upgrade: "op.createTable('user', { id: integer().primaryKey(), email: string(50), age: integer().notNull() })",
      downgrade: "op.dropTable('user')",
    })
    project.revision('b1', {
      down: 'a1',
      upgrade: "op.alterColumn('user', 'email', { nullable: false })\n op.addColumn('user', 'size', integer())",
      downgrade: "op.dropColumn('user', 'size')\n  op.alterColumn('user', 'email', { nullable: true })",
    })
    project.revision('c1', {
      down: 'b1',
      body: "export function upgrade(op) { op.createIndex('ix_age', 'user', ['age']) }\nexport { inverse as downgrade } from 'aludel'",
    })
    await go()
    expect(await undo('a1')).toMatchSnapshot()
    expect(await undo('b1')).toMatchSnapshot()
    expect(await undo('c1')).toMatchSnapshot()
  })

  test('holds keys of inserted rows, never the rows', async () => {
    project.revision('a1', { upgrade: "op.createTable('user', { id: integer().primaryKey(), email: string(50) })" })
    project.revision('b1', {
      down: 'a1',
      upgrade: "op.bulkInsert('user', [{ id: 7, email: 'secret' }])",
      downgrade: `op.execute('DELETE FROM ${engine.name === 'mysql' ? '`user`' : '\\"user\\"'} WHERE id = 7')`,
    })
    project.revision('c1', {
      down: 'b1',
      upgrade: "op.dropTable('user')",
      downgrade:
        "op.createTable('user', { id: integer().primaryKey(), email: string(50) })\n  op.bulkInsert('user', [{ id: 7, email: 'secret' }])",
    })
    await go()
    expect(await undo('b1')).toContain('7')
    expect(await undo('c1')).toBeNull()
    expect(JSON.stringify((await project.history()).map((row) => row.undo))).not.toContain('secret')
  })

  test('is not kept of code, of what is too long, and where nobody wants it', async () => {
    project.revision('a1', { upgrade: '', downgrade: 'op.run(async () => {})' })
    project.revision('b1', { down: 'a1', upgrade: '', downgrade: "op.execute('SELECT ' + '1 + '.repeat(40000) + '1')" })
    await go()
    expect(await undo('a1')).toBeNull()
    expect(await undo('b1')).toBeNull()
    project.revision('c1', { down: 'b1', upgrade: '', downgrade: "op.execute('SELECT 1')" })
    project.revision('d1', { down: 'c1', upgrade: '', downgrade: "op.execute('SELECT 1')" })
    await go('c1')
    expect(await undo('c1')).toContain('SELECT 1')
    project.write('aludel.config.ts', 'export default { history: { undo: false } }\n')
    await go()
    expect(await undo('d1')).toBeNull()
  })
})
