// How `aludel test` walks a chain: branches, what cannot be taken back, what cannot be applied, and parts of it.

import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TestEvent } from '../../src/commands/test/test.ts'
import { connect, type RevisionResult, test as testRevisions } from '../../src/index.ts'
import { verifyMigrations } from '../../src/testing/index.ts'
import { onEveryEngine } from '../engines/index.ts'
import { type LiveProject, liveProject } from './project.ts'

onEveryEngine((engine) => {
  let project: LiveProject
  beforeEach(async () => {
    project = await liveProject(engine)
  })
  afterEach(() => project.end())

  const run = (options: Parameters<typeof testRevisions>[1] = {}) =>
    testRevisions(undefined, { ...project.where, dev: project.where.url, ...options })
  const tableOf = (id: string, down?: string | readonly string[]) =>
    project.revision(id, {
      ...(down === undefined ? {} : { down }),
      upgrade: `op.createTable('t_${id}', { id: integer().primaryKey(), name: string(20) })`,
      downgrade: `op.dropTable('t_${id}')`,
    })
  const outcomes = ({ revision, upgrade, downgrade, again }: RevisionResult) =>
    `${revision} ${upgrade} ${downgrade} ${again}`
  const good = (...ids: readonly string[]) => ids.map((id) => `${id} passed passed passed`)

  test('branches, merges and dependencies are walked once, each on what it stands on', async () => {
    tableOf('a')
    tableOf('b', 'a')
    tableOf('c', 'a')
    project.revision('d', { down: ['b', 'c'] })
    project.revision('x', { header: "export const dependsOn = 'b'\nexport const branchLabels = 'side'" })
    const { revisions, findings } = await run()
    expect(revisions.map(outcomes).sort()).toEqual(good('a', 'b', 'c', 'd', 'x'))
    // The side branch is labelled, the other is not.
    expect(findings.map(({ code }) => code)).toEqual(['several-heads'])
  })

  test('nothing of it is left, neither in the database at hand nor beside it', async () => {
    tableOf('a')
    await run()
    expect(await project.schema()).toMatchObject({ tables: [] })
  })

  test('what says that it cannot be taken back is not taken back, and that is no finding', async () => {
    tableOf('a')
    project.revision('b', {
      down: 'a',
      body: `export function upgrade(op: Operations) { op.execute(sql\`DELETE FROM t_a\`) }
        export function downgrade(op: Operations) { throw new Error('the rows are gone') }`,
    })
    project.revision('c', { down: 'b', body: `export function upgrade(op: Operations) { op.run(async () => {}) }` })
    const { revisions, findings } = await run()
    expect(findings).toEqual([])
    expect(revisions.map(outcomes)).toEqual([...good('a'), 'b passed skipped skipped', 'c passed skipped skipped'])
    expect(revisions[1]?.notes).toEqual(['It cannot be taken back: the rows are gone'])
  })

  test('what follows a revision that cannot be applied is not tested, and the rest is', async () => {
    tableOf('a')
    project.revision('b', { down: 'a', upgrade: `op.dropTable('nobody')` })
    tableOf('c', 'b')
    tableOf('d', 'a')
    const { revisions, checks } = await run()
    expect(revisions.map(outcomes).sort()).toEqual([
      ...good('a'),
      'b failed skipped skipped',
      'c skipped skipped skipped',
      ...good('d'),
    ])
    expect(revisions.find(({ revision }) => revision === 'c')?.notes).toEqual(['It needs b, which cannot be applied.'])
    expect(checks.at(-1)).toMatchObject({ outcome: 'skipped', note: 'Not every revision could be applied.' })
  })

  test('after a mistake the next revisions are tested as if there were none', async () => {
    tableOf('a')
    project.revision('b', { down: 'a', upgrade: `op.createIndex('ix_b', 't_a', ['name'])` })
    project.revision('c', {
      down: 'b',
      upgrade: `op.addColumn('t_a', 'size', integer())`,
      downgrade: `op.dropColumn('t_a', 'size')`,
    })
    const { revisions, findings } = await run()
    expect(findings.map(({ revision }) => revision)).toEqual(['b', 'b'])
    expect(revisions.map(outcomes).at(-1)).toBe('c passed passed passed')
  })

  test('what is kept comes back with its values, and so do renamed columns', async () => {
    tableOf('a')
    project.revision('b', {
      down: 'a',
      upgrade: `op.dropColumn('t_a', 'name', { keep: true })`,
      downgrade: `op.addColumn('t_a', 'name', string(20))`,
    })
    project.revision('c', {
      down: 'b',
      body: `export function upgrade(op: Operations) { op.dropTable('t_a', { keep: true }) }`,
    })
    const { revisions, findings } = await run()
    expect(findings).toEqual([])
    expect(revisions.map(({ rows }) => rows)).toEqual(['skipped', 'passed', 'passed'])
    expect(revisions.map(outcomes)).toEqual(good('a', 'b', 'c'))
  })

  test('rows fit what later revisions ask of them', async () => {
    tableOf('a')
    project.revision('b', {
      down: 'a',
      upgrade: `op.createTable('child', { id: integer().identity().primaryKey(), parent: integer(), code: string(30), kind: string(9) })`,
      downgrade: `op.dropTable('child')`,
    })
    project.revision('c', {
      down: 'b',
      upgrade: `op.createIndex('ix_code', 'child', ['code'])`,
      downgrade: `op.dropIndex('ix_code', 'child')`,
    })
    project.revision('d', {
      down: 'c',
      upgrade: `
        op.alterColumn('child', 'code', { type: string(5), nullable: false })
        op.createUniqueConstraint('uq_code', 'child', ['code'])
        op.createCheckConstraint('ck_kind', 'child', sql\`kind IN ('big', 'small')\`)
        op.alterColumn('child', 'parent', { nullable: false })
        op.createForeignKey('fk_parent', 'child', 't_a', ['parent'], ['id'])`,
      downgrade: `
        op.dropConstraint('fk_parent', 'child', { type: 'foreignKey' })
        op.alterColumn('child', 'parent', { nullable: true })
        op.dropConstraint('ck_kind', 'child', { type: 'check' })
        op.dropConstraint('uq_code', 'child', { type: 'unique' })
        op.alterColumn('child', 'code', { type: string(30), nullable: true })`,
    })
    const { revisions, findings } = await run()
    expect(findings).toEqual([])
    expect(revisions.map(({ rowCount }) => rowCount).at(-1)).toBe(6)
  })

  describe('a part', () => {
    beforeEach(() => {
      tableOf('a')
      tableOf('b', 'a')
      tableOf('c', 'b')
    })
    const ids = async (options: Parameters<typeof testRevisions>[1]) =>
      (await run(options)).revisions.map(({ revision }) => revision).join(' ')

    test('of several machines, with the chain as a whole on the last', async () => {
      expect(await ids({ shard: { part: 1, of: 2 } })).toBe('a')
      expect(await ids({ shard: { part: 2, of: 2 } })).toBe('b c')
      expect((await run({ shard: { part: 1, of: 2 } })).checks).toEqual([])
      expect((await run({ shard: { part: 2, of: 2 } })).checks.length).toBe(4)
      await expect(run({ shard: { part: 3, of: 2 } })).rejects.toMatchObject({ code: 'invalid-shard' })
    })

    test('by name or range', async () => {
      expect(await ids({ targets: ['b'] })).toBe('b')
      expect(await ids({ targets: ['head', 'a'] })).toBe('a c')
      expect(await ids({ targets: ['b:'] })).toBe('b c')
      expect((await run({ targets: ['b'] })).checks).toEqual([])
    })

    test('as a list of checks, each of which tells its own findings', async () => {
      project.revision('c', { down: 'b', upgrade: `op.addColumn('t_a', 'more', integer())` })
      const checks = await verifyMigrations(undefined, { ...project.where, dev: project.where.url })
      const answers = await Promise.allSettled(checks.map((check) => check.run()))
      expect(checks.map(({ name }, at) => `${name} ${answers[at]?.status}`)).toEqual([
        'a a fulfilled',
        'b b fulfilled',
        'c c rejected',
        'the chain: single head fulfilled',
        'the chain: one base fulfilled',
        'the chain: no unnamed constraint fulfilled',
        'the chain: models are what the chain makes fulfilled',
      ])
      expect(answers[2]).toMatchObject({
        reason: { code: 'downgrade-differs', message: expect.stringContaining('+ column t_a.more: integer null') },
      })
    })
  })

  test.skipIf(engine.name !== 'sqlite')('only what changed since a commit, wherever it has been moved', async () => {
    const git = (...given: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...given], {
        cwd: project.folder,
        stdio: 'pipe',
      })
    tableOf('a')
    tableOf('b', 'a')
    await expect(run({ since: 'main' })).rejects.toMatchObject({ code: 'no-repository' })
    git('init', '--quiet', '--initial-branch', 'main')
    git('add', '.')
    git('commit', '--quiet', '-m', 'Two')
    expect((await run({ since: 'main' })).revisions).toEqual([])
    git('mv', 'migrations/versions/a.ts', 'migrations/versions/first.ts')
    tableOf('c', 'b')
    const { revisions, checks } = await run({ since: 'main' })
    expect(revisions.map(outcomes)).toEqual(good('c'))
    expect(checks.length).toBe(4)
    await expect(run({ since: 'nowhere' })).rejects.toMatchObject({ code: 'unknown-ref' })
  })

  test.skipIf(engine.name === 'sqlite')('an interrupted test leaves no database behind', async () => {
    const own = engine.name === 'mysql' ? 'database()' : 'current_database()'
    project.revision('a', {
      body: `export function upgrade(op: Operations) { op.createTable('t_a', { id: integer().primaryKey() }) }
        export const test = {
          after: async ({ db }) => { throw new Error((await db.query('SELECT ${own} AS name')).rows[0].name) },
        }`,
    })
    tableOf('b', 'a')
    const controller = new AbortController()
    const seen: string[] = []
    const progress = (event: TestEvent) => {
      if (event.kind !== 'test-done') return
      seen.push(...event.result.findings.map(({ message }) => /aludel_dev_\w+/.exec(message)?.[0] ?? message))
      controller.abort()
    }
    await expect(run({ signal: controller.signal, progress })).rejects.toMatchObject({ code: 'interrupted' })
    expect(seen).toEqual([expect.stringMatching(/^aludel_dev_/)])
    const db = await connect(project.where.url)
    const list = engine.name === 'mysql' ? 'SHOW DATABASES' : 'SELECT datname AS name FROM pg_database'
    const { rows } = await db.query(list).finally(() => db.close())
    expect(JSON.stringify(rows)).not.toContain(seen[0])
  })
})
