// A database at a revision whose file is on another git branch: told whose it is, and stepped back by what the history keeps.

import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { downgrade, upgrade } from '../../src/index.ts'
import { onEveryEngine } from '../engines/index.ts'
import { type LiveProject, liveProject } from './project.ts'

onEveryEngine((engine) => {
  const q = (name: string) => (engine.name === 'mysql' ? `\`${name}\`` : `"${name}"`)
  let project: LiveProject
  beforeEach(async () => {
    project = await liveProject(engine)
    project.revision('a1', {
      upgrade: "op.createTable('user', { id: integer().primaryKey(), email: string(50) })",
      downgrade: "op.dropTable('user')",
    })
    column('b1', 'a1', 'age')
    column('c1', 'b1', 'size')
  })
  afterEach(() => project.end())
  const column = (id: string, down: string, name: string) =>
    project.revision(id, {
      down,
      upgrade: `op.addColumn('user', '${name}', integer().notNull().default(7))`,
      downgrade: `op.dropColumn('user', '${name}')`,
    })
  const forget = (...ids: readonly string[]) => {
    for (const id of ids) rmSync(join(project.folder, `migrations/versions/${id}.ts`))
  }
  const go = (target = 'head') => upgrade(undefined, { ...project.where, target })
  const back = (target: string, options = {}) => downgrade(undefined, { ...project.where, target, ...options })
  const columns = async () => (await project.schema()).tables[0]?.columns.map(({ name }) => name)

  test('it steps back with the SQL that the history keeps, once somebody has said so', async () => {
    await go()
    await project.on((db) => db.query(`INSERT INTO ${q('user')} (id, email) VALUES (1, 'a')`))
    forget('b1', 'c1')
    await expect(back('-1')).rejects.toMatchObject({
      code: 'unknown-revision',
      message: expect.stringMatching(/"c1".*applied .* UTC by/),
      hint: expect.stringContaining('aludel downgrade'),
    })
    await expect(go()).rejects.toMatchObject({
      code: 'unknown-revision',
      hint: expect.stringContaining('aludel downgrade'),
    })
    const asked: unknown[] = []
    const result = await back('-1', {
      confirm: async ({ strangers }: { strangers: unknown[] }) => void asked.push(...strangers),
    })
    expect(asked).toMatchObject([
      {
        revision: 'c1',
        whose: expect.stringContaining('applied'),
        sql: expect.arrayContaining([expect.stringContaining('user')]),
      },
    ])
    expect(result).toMatchObject({ heads: ['b1'], steps: [{ revision: 'c1', from: ['c1'], to: ['b1'] }] })
    expect(await project.rows()).toEqual(['b1'])
    expect(await columns()).toEqual(['age', 'email', 'id'])
    expect(await back('-2', { fromHistory: true })).toMatchObject({
      heads: [],
      steps: [{ revision: 'b1' }, { revision: 'a1' }],
    })
    expect(await project.rows()).toEqual([])
  })

  test('a target below takes back all that has no file, and then what has', async () => {
    await go()
    forget('c1')
    expect(await back('a1', { fromHistory: true })).toMatchObject({ heads: ['a1'] })
    expect(await columns()).toEqual(['email', 'id'])
    const done = (await project.history())
      .filter(({ event }) => event === 'done')
      .map(({ direction, revision }) => `${direction} ${revision}`)
    expect(done).toEqual(['upgrade a1', 'upgrade b1', 'upgrade c1', 'downgrade c1', 'downgrade b1'])
  })

  test('without SQL that undoes it the message tells which branch has the file', async () => {
    const git = (...words: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@y', ...words], {
        cwd: project.folder,
        stdio: 'pipe',
      })
    forget('c1')
    git('init', '-q', '-b', 'main')
    git('add', '-A')
    git('commit', '-qm', 'first')
    git('checkout', '-qb', 'feature/size')
    project.revision('c1', {
      down: 'b1',
      upgrade: "op.addColumn('user', 'size', integer())",
      downgrade: 'op.run(async () => {})',
    })
    git('add', '-A')
    git('commit', '-qm', 'size')
    await go()
    git('checkout', '-q', 'main')
    await expect(back('-1', { fromHistory: true })).rejects.toMatchObject({
      code: 'unknown-revision',
      message: expect.stringContaining('on feature/size'),
      details: { branches: ['feature/size'] },
    })
    expect(await project.rows()).toEqual(['c1'])
  })

  test('a branch that stands beside it keeps what it has made', async () => {
    column('c2', 'b1', 'height')
    await go('c1')
    await go('heads')
    forget('c1')
    await back('-1', { fromHistory: true }).catch((error) => {
      // Where a table is made anew to drop a column of it, what came later would be lost.
      expect(engine.name).toBe('sqlite')
      expect(error).toMatchObject({ code: 'applied-later' })
    })
    expect(await columns()).toContain('height')
  })
})
