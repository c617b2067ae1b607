// What doctor sees in a database, and what a run does with rows that overlap: one suite for all engines.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AludelError, doctor, downgrade, stamp, upgrade } from '../../src/index.ts'
import { onEveryEngine } from '../engines/index.ts'
import { type LiveProject, liveProject } from './project.ts'

onEveryEngine((engine) => {
  let project: LiveProject
  beforeEach(async () => {
    project = await liveProject(engine)
    project.revision('a1', makes('one'))
    project.revision('b1', { down: 'a1', ...makes('two') })
  })
  afterEach(() => project.end())

  const go = (target = 'heads') => upgrade(undefined, { ...project.where, target })
  const codes = async () => (await doctor(undefined, project.where)).findings.map(({ code }) => code)
  const rewrite = (...rows: readonly string[]) =>
    project.on(async (db) => {
      // Alembic's primary key holds what only a table without one can show.
      await db.script('DROP TABLE alembic_version')
      await db.script('CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)')
      for (const row of rows) await db.script(`INSERT INTO alembic_version VALUES ('${row}')`)
    })

  test('nothing is wrong with a database that was upgraded, or never touched', async () => {
    expect(await codes()).toEqual([])
    await go('a1')
    expect(await codes()).toEqual([])
    await go()
    expect(await codes()).toEqual([])
  })

  test('tables that nobody stamped are found', async () => {
    await project.on((db) => db.script('CREATE TABLE one (id INTEGER NOT NULL)'))
    expect(await codes()).toEqual(['unstamped-database'])
    await go('a1').catch(() => undefined)
    await stamp(undefined, { ...project.where, targets: ['a1'] })
    expect(await codes()).toEqual([])
  })

  test.each([
    ['unknown', ['zz'], 'row-unknown'],
    ['empty', ['', 'b1'], 'row-empty'],
    ['there twice', ['b1', 'b1'], 'row-duplicated'],
    ['contained in another', ['a1', 'b1'], 'rows-overlap'],
  ])('a row that is %s is found, and what mends it is said', async (_what, rows, code) => {
    await go()
    await rewrite(...rows)
    const { findings, database } = await doctor(undefined, project.where)
    expect(findings.map((finding) => finding.code)).toEqual([code])
    expect(findings[0]?.repair).toMatch(/stamp --purge/)
    expect(database).not.toBeNull()
  })

  test('an abbreviated row is found, and written out by what doctor says', async () => {
    project.revision('5c1d9e07ab42', { down: 'b1', ...makes('three') })
    await go()
    await rewrite('5c1d9e')
    expect(await codes()).toEqual(['row-abbreviated'])
    await stamp(undefined, { ...project.where, targets: ['5c1d9e07ab42'], purge: true })
    expect([await codes(), await project.rows()]).toEqual([[], ['5c1d9e07ab42']])
  })

  test('a step that broke off half-way is found where the engine keeps half a step', async () => {
    project.revision('c1', {
      down: 'b1',
      upgrade: `op.createTable('three', { id: integer().primaryKey() })\nop.execute('SELECT nothing FROM nowhere')`,
      downgrade: `op.dropTable('three')`,
    })
    await expect(go()).rejects.toThrow()
    expect(await codes()).toEqual(engine.name === 'mysql' ? ['half-applied'] : [])
  })

  describe('rows that overlap because a dependency came later', () => {
    beforeEach(async () => {
      project.revision('f1', makes('forum'))
      await go('a1')
      await go('f1')
      project.revision('f1', { ...makes('forum'), header: `export const dependsOn = 'a1'` })
    })

    test('are tidied where the history shows that everything ran', async () => {
      const said: string[] = []
      await upgrade(undefined, { ...project.where, target: 'heads', log: (message) => said.push(message) })
      expect(said).toEqual([expect.stringContaining('a1 is contained in f1')])
      expect(await project.rows()).toEqual(['b1', 'f1'])
      expect((await project.history()).map(({ event }) => event).filter((event) => event === 'resolve')).toHaveLength(1)
      expect(await codes()).toEqual(['multiple-heads'])
      await downgrade(undefined, { ...project.where, target: 'base' })
      expect(await project.rows()).toEqual([])
    })

    test('are refused where something below never ran here by the history, with its name', async () => {
      await project.on((db) => db.script(`DELETE FROM aludel_history WHERE revision = 'a1'`))
      const refused = await go().catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(AludelError)
      expect(refused).toMatchObject({ code: 'overlapping-revisions', details: { unproven: ['a1'], contained: ['a1'] } })
      expect(await project.rows()).toEqual(['a1', 'f1'])
    })
  })
})

function makes(table: string): { readonly upgrade: string; readonly downgrade: string } {
  return {
    upgrade: `op.createTable('${table}', { id: integer().primaryKey() })`,
    downgrade: `op.dropTable('${table}')`,
  }
}
