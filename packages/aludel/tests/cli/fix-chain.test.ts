// fix-chain writes everything or nothing, and can take it back, whatever happens in between.

import { chmodSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync, unlinkSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ChainResult, PlanEntry } from '../../src/commands/chain/finding.ts'
import { tablesOf } from './database.ts'
import { chain, projectWith, revisionFile, sqliteConfig, sqliteProject, type TestProject } from './project.ts'

const forked = () => sqliteProject('a1', 'b1<a1', 'b2<a1')
const misnamed = () =>
  projectWith({
    ...sqliteConfig,
    ...chain('a1', 'b2<a1'),
    'migrations/versions/b1.ts': revisionFile('b1', ['A1']),
  })

function texts(project: TestProject): Readonly<Record<string, string>> {
  const files = project.files().filter((name) => name.startsWith('migrations/versions/'))
  return Object.fromEntries(files.map((name) => [name, project.read(name)]))
}

test('without --fix nothing is written, and the plan is what --fix writes', async () => {
  const project = misnamed()
  const before = texts(project)
  const dry = await project.json<ChainResult>('fix-chain')
  expect(texts(project)).toEqual(before)
  expect(dry.plan.map(({ file, field }) => [file, field])).toEqual([
    [expect.stringContaining('_merge_b1_and_b2.ts'), 'file'],
    ['migrations/versions/b1.ts', 'downRevision'],
  ])
  const done = await project.json<ChainResult>('fix-chain --fix')
  expect(done).toMatchObject({ plan: dry.plan, written: true })
  const merge = dry.plan.find(({ field }) => field === 'file') as PlanEntry
  expect(project.read(merge.file)).toBe(merge.after)
  expect((await project.run('heads')).stdout.trim().split('\n')).toHaveLength(1)
})

test('--undo brings every file back, one repair after the other, and then has nothing to undo', async () => {
  const project = forked()
  const before = texts(project)
  await project.run('fix-chain --fix')
  const between = texts(project)
  project.write({ 'migrations/versions/c9.ts': revisionFile('c9', ['b1']) })
  await project.run('fix-chain --fix')
  expect(await project.run('fix-chain --undo')).toMatchObject({ code: 0 })
  const { 'migrations/versions/c9.ts': _, ...rest } = texts(project)
  expect(rest).toEqual(between)
  expect(await project.run('fix-chain --undo')).toMatchObject({ code: 0 })
  const { 'migrations/versions/c9.ts': __, ...first } = texts(project)
  expect(first).toEqual(before)
  expect((await project.failure('fix-chain --undo')).code).toBe('nothing-to-undo')
})

test('--undo refuses where a file was changed since', async () => {
  const project = misnamed()
  await project.run('fix-chain --fix')
  const file = 'migrations/versions/b1.ts'
  project.write({ [file]: `${project.read(file)}// mine\n` })
  const after = texts(project)
  expect(await project.failure('fix-chain --undo')).toMatchObject({ code: 'changed-meanwhile' })
  expect(texts(project)).toEqual(after)
})

test('what cannot be written leaves every file as it was', async () => {
  const project = misnamed()
  const { plan } = await project.json<ChainResult>('fix-chain')
  const merge = plan.find(({ field }) => field === 'file') as PlanEntry
  mkdirSync(project.path(merge.file))
  const before = texts(project)
  expect((await project.failure('fix-chain --fix')).code).toBe('cannot-read')
  expect(texts(project)).toEqual(before)
  expect((await project.failure('fix-chain --undo')).code).toBe('nothing-to-undo')
})

test('a repair that died half-way is found, stands in the way of the next, and is taken back', async () => {
  const project = misnamed()
  const before = texts(project)
  await project.run('fix-chain --fix')
  const journal = 'migrations/.fix-chain/0001.json'
  const written = JSON.parse(project.read(journal)) as { readonly changes: readonly { readonly file: string }[] }
  const merge = written.changes.find(({ file }) => file.includes('_merge_'))?.file ?? ''
  // As a kill between the first file and the second leaves it.
  project.write({ [journal]: JSON.stringify({ ...written, state: 'writing' }) })
  unlinkSync(merge)
  const { findings } = JSON.parse((await project.run('doctor --files-only --json')).stdout) as ChainResult
  expect(findings[0]).toMatchObject({ code: 'interrupted-repair', severity: 'error' })
  expect((await project.failure('fix-chain --fix')).code).toBe('interrupted-repair')
  expect(await project.run('fix-chain --undo')).toMatchObject({ code: 0 })
  expect(texts(project)).toEqual(before)
})

test('a file keeps its rights, and a link stays a link', async () => {
  const project = misnamed()
  const file = 'migrations/versions/b1.ts'
  project.write({ 'elsewhere/b1.ts': project.read(file) })
  unlinkSync(project.path(file))
  symlinkSync(project.path('elsewhere/b1.ts'), project.path(file))
  chmodSync(project.path('elsewhere/b1.ts'), 0o640)
  expect(await project.run('fix-chain --fix')).toMatchObject({ code: 0 })
  expect(readFileSync(project.path('elsewhere/b1.ts'), 'utf8')).toContain("downRevision = 'a1'")
  expect(statSync(project.path('elsewhere/b1.ts')).mode & 0o777).toBe(0o640)
  expect(lstatSync(project.path(file)).isSymbolicLink()).toBe(true)
})

test('a plan that hides revisions from databases is refused, and with --accept-hidden redoes them', async () => {
  const project = sqliteProject('a1', 'b1', 'c1<b1')
  const { code, details } = await project.failure('fix-chain --reparent --fix')
  expect([code, details.hidden]).toEqual(['hides-revisions', { b1: ['a1'], c1: ['a1'] }])
  const older = { environment: { DATABASE_URL: 'sqlite:older.db' } }
  await project.run('upgrade c1', older)
  expect(await project.run('fix-chain --reparent --fix --accept-hidden')).toMatchObject({ code: 0 })
  await project.run('upgrade')
  await project.run('upgrade', older)
  for (const name of ['app.db', 'older.db']) {
    expect(await tablesOf(`sqlite:${project.path(name)}`)).toEqual(['t_a1', 't_b1', 't_c1'])
  }
})

test('what cannot be done again is told', async () => {
  const project = projectWith({
    ...sqliteConfig,
    'migrations/versions/a1.ts': revisionFile('a1', [], { upgrade: `op.execute('UPDATE t SET n = n + 1')` }),
    ...chain('b1'),
  })
  const { stdout } = await project.run('fix-chain --reparent --accept-hidden')
  expect(stdout).toContain('cannot be done again: Revision a1: execute UPDATE t SET n = n + 1')
})

test('annotations are what GitHub reads', async () => {
  const { code, stdout } = await misnamed().run('fix-chain --format github')
  expect(code).toBe(3)
  expect(stdout).toMatch(/^::error file=migrations\/versions\/b1\.ts,line=1,title=misnamed-parent::/)
})

test('heads.lock follows every new revision, and a wrong one is a finding that --fix mends', async () => {
  const project = sqliteProject('a1')
  const lock = 'migrations/heads.lock'
  project.write({ [lock]: '' })
  expect(await project.run('doctor --files-only')).toMatchObject({ code: 3 })
  expect(await project.run('fix-chain --fix')).toMatchObject({ code: 0 })
  expect(project.read(lock)).toMatch(/\na1\n$/)
  await project.run('revision -m Sessions --rev-id b1')
  expect(project.read(lock)).toMatch(/\nb1\n$/)
  project.write({ 'migrations/versions/b2.ts': revisionFile('b2', ['a1']) })
  await project.run('merge heads --rev-id c1')
  expect(project.read(lock)).toMatch(/\nc1\n$/)
  expect(await project.run('doctor --files-only')).toMatchObject({ code: 0 })
})
