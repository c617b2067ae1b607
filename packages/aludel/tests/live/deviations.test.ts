// Files that say something else than what ran: found, shown with what changed, refused by upgrade, and accepted where that is asked.

import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { check, current, downgrade, stamp, upgrade } from '../../src/index.ts'
import { onEveryEngine } from '../engines/index.ts'
import { type LiveProject, liveProject } from './project.ts'

onEveryEngine((engine) => {
  let project: LiveProject
  beforeEach(async () => {
    project = await liveProject(engine)
    revision('a1', 50)
    project.revision('b1', {
      down: 'a1',
      upgrade: "op.addColumn('user', 'age', integer())",
      downgrade: "op.dropColumn('user', 'age')",
    })
  })
  afterEach(() => project.end())
  const revision = (id: string, length: number, comment = '') =>
    project.revision(id, {
      upgrade: `${comment}op.createTable('user', { id: integer().primaryKey(), email: string(${length}) })`,
      downgrade: "op.dropTable('user')",
    })
  const go = (options = {}) => upgrade(undefined, { ...project.where, target: 'head', ...options })
  const found = async () => (await current(undefined, project.where)).findings
  const git = (...words: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@y', ...words], { cwd: project.folder, stdio: 'pipe' })

  test('a revision whose operations changed after it ran stops an upgrade, and shows what changed', async () => {
    git('init', '-q')
    git('add', '-A')
    git('commit', '-qm', 'first')
    await go()
    expect(await found()).toEqual([])
    revision('a1', 60)
    const [finding] = await found()
    expect(finding).toMatchObject({ code: 'edited-revision', revisions: ['a1'], files: ['migrations/versions/a1.ts'] })
    expect(finding?.difference?.join('\n')).toMatch(/^@@[\s\S]*\n-.*string\(50\).*\n\+.*string\(60\)/)
    await expect(go()).rejects.toMatchObject({
      code: 'edited-revision',
      hint: expect.stringContaining('--accept-edited'),
    })
    await go({ acceptEdited: true })
    expect(await found()).toEqual([])
    await go()
  })

  test('comments, white space and another order of exports are no edits', async () => {
    await go()
    revision('a1', 50, '// only a remark\n  ')
    expect(await found()).toEqual([])
    await go()
  })

  test('what git does not know is told without a difference', async () => {
    await go()
    revision('a1', 60)
    expect(await found()).toMatchObject([{ code: 'edited-revision', difference: null }])
    project.revision('a1', { upgrade: "throw new Error('gone')" })
    expect(await found()).toMatchObject([
      { code: 'edited-revision', message: expect.stringContaining('cannot be recorded') },
    ])
  })

  test('a revision that is taken back may be changed', async () => {
    await go()
    await downgrade(undefined, { ...project.where, target: 'base' })
    revision('a1', 60)
    expect(await found()).toEqual([])
    await go()
    expect(await found()).toEqual([])
  })

  test('a revision that was put below the database is found; what was stamped or ran elsewhere is not', async () => {
    await stamp(undefined, { ...project.where, targets: ['a1'] })
    await project.on((db) =>
      db.query(`CREATE TABLE ${engine.name === 'mysql' ? '`user`' : '"user"'} (id int, email varchar(50))`),
    )
    await go()
    expect(await found()).toEqual([])
    project.revision('n1', {
      down: 'a1',
      upgrade: "op.addColumn('user', 'size', integer())",
      downgrade: "op.dropColumn('user', 'size')",
    })
    project.revision('b1', {
      down: 'n1',
      upgrade: "op.addColumn('user', 'age', integer())",
      downgrade: "op.dropColumn('user', 'age')",
    })
    expect(await found()).toMatchObject([{ code: 'never-ran', revisions: ['n1'] }])
    const said: string[] = []
    await go({ log: (message: string) => said.push(message) })
    expect(said.join('\n')).toContain('n1')
    await stamp(undefined, { ...project.where, targets: ['b1'] })
  })

  test('check has them among its findings', async () => {
    project.write(
      'aludel.config.ts',
      "import { defineSchema, integer, string, table } from 'aludel/schema'\nexport default { schema: defineSchema([table('user', { id: integer().primaryKey(), email: string(50), age: integer() })]) }\n",
    )
    await go()
    expect((await check(undefined, project.where)).findings).toEqual([])
    revision('a1', 60)
    expect((await check(undefined, project.where)).findings).toMatchObject([{ code: 'edited-revision' }])
  })
})
