// The documents that `--json` prints, key by key.

import { expect, test } from 'vitest'
import { modelsProject, projectWith, revisionFile, sqliteConfig, sqliteProject } from './project.ts'

const revisionKeys = [
  'id',
  'downRevisions',
  'dependsOn',
  'branchLabels',
  'message',
  'createdAt',
  'phase',
  'path',
  'marks',
]
const keys = (value: unknown) => Object.keys(value as object)

interface Revisions {
  readonly revisions: readonly { readonly id: string; readonly marks: readonly string[] }[]
}

test('a revision is told with all its header says', async () => {
  const header = `export const branchLabels = ['forum']
export const dependsOn = 'a1'
export const createdAt = '2026-05-06T07:08:09Z'
export const phase = 'expand'`
  const project = projectWith({
    ...sqliteConfig,
    'migrations/versions/a1.ts': revisionFile('a1', []),
    'migrations/versions/b1.ts': revisionFile('b1', [], { header }),
  })
  expect(await project.json('show b1')).toEqual({
    revisions: [
      {
        id: 'b1',
        downRevisions: [],
        dependsOn: ['a1'],
        branchLabels: ['forum'],
        message: 'Make b1',
        createdAt: '2026-05-06T07:08:09Z',
        phase: 'expand',
        path: 'migrations/versions/b1.ts',
        marks: ['head', 'base'],
      },
    ],
  })
})

test('heads, branches, history and show give revisions in the order of the text, history the newest first', async () => {
  const project = sqliteProject('a1', 'b1<a1', 'c1<a1', 'd1<b1,c1', 'e1<c1')
  const listed = async (line: string) => {
    const document = await project.json<Revisions>(line)
    expect(keys(document)).toEqual(['revisions'])
    for (const revision of document.revisions) expect(keys(revision)).toEqual(revisionKeys)
    return document.revisions.map(({ id }) => id).join(' ')
  }
  expect(await listed('heads')).toBe('d1 e1')
  expect(await listed('branches')).toBe('a1 c1')
  expect(await listed('show c1')).toBe('c1')
  expect(await listed('history')).toBe('d1 b1 e1 c1 a1')
  const { stdout } = await project.run('history')
  expect(stdout.match(/\b[a-e]1(?=[ ,])/g)?.join(' ')).toBe('d1 b1 e1 c1 a1')
})

test('marks say where a revision stands in the graph, and in the database where that was asked', async () => {
  const project = sqliteProject('a1', 'b1<a1', 'c1<a1', 'd1<b1,c1')
  await project.run('upgrade b1')
  const marksOf = async (line: string) =>
    Object.fromEntries((await project.json<Revisions>(line)).revisions.map(({ id, marks }) => [id, marks]))
  expect(await marksOf('history')).toEqual({
    d1: ['head', 'mergepoint'],
    c1: [],
    b1: [],
    a1: ['base', 'branchpoint'],
  })
  expect(await marksOf('history -i')).toEqual({
    d1: ['head', 'mergepoint', 'pending'],
    c1: ['pending'],
    b1: ['current', 'applied'],
    a1: ['base', 'branchpoint', 'applied'],
  })
})

test('current tells rows, revisions, unknown rows and whether everything is applied', async () => {
  const project = sqliteProject('a1', 'b1<a1')
  const database = `sqlite:${project.path('app.db')}`
  expect(await project.json('current')).toEqual({
    database,
    rows: [],
    revisions: [],
    unknown: [],
    atHead: false,
    findings: [],
  })
  await project.run('upgrade')
  const document = await project.json<Revisions & { readonly rows: unknown; readonly atHead: boolean }>('current')
  expect(keys(document)).toEqual(['database', 'rows', 'revisions', 'unknown', 'atHead', 'findings'])
  expect(document).toMatchObject({ database, rows: ['b1'], unknown: [], atHead: true })
  expect(document.revisions.map(keys)).toEqual([revisionKeys])
})

test('a plan tells where it starts, its steps and where it ends', async () => {
  const project = sqliteProject('a1', 'b1<a1')
  const document = await project.json('plan upgrade head --from base')
  expect(keys(document)).toEqual(['current', 'target', 'steps', 'heads'])
  expect(document).toEqual({
    current: [],
    target: 'head',
    steps: [
      { direction: 'upgrade', revision: 'a1', message: 'Make a1', from: [], to: ['a1'] },
      { direction: 'upgrade', revision: 'b1', message: 'Make b1', from: ['a1'], to: ['b1'] },
    ],
    heads: ['b1'],
  })
})

interface Moved {
  readonly steps: readonly { readonly durationMs: number; readonly statements: number }[]
}

test('upgrade, downgrade and stamp tell the keys of the plan, the database, times and statements', async () => {
  const project = sqliteProject('a1', 'b1<a1')
  for (const [verb, target] of [
    ['upgrade', 'head'],
    ['downgrade', 'base'],
    ['stamp', 'b1'],
  ]) {
    const planned = await project.json<{ readonly steps: readonly object[] }>(`plan ${verb} ${target}`)
    const { database, durationMs, ...done } = await project.json<Record<string, unknown> & Moved>(`${verb} ${target}`)
    expect(database).toBe(`sqlite:${project.path('app.db')}`)
    expect(durationMs).toEqual(expect.any(Number))
    expect(done).toEqual({
      ...planned,
      steps: planned.steps.map((step) => ({
        ...step,
        durationMs: expect.any(Number),
        statements: expect.any(Number),
      })),
    })
    for (const { statements } of done.steps) expect(statements).toBeGreaterThan(0)
  }
})

test('check tells the differences as operations and as sentences', async () => {
  const project = modelsProject()
  expect((await project.run('check --json')).code).toBe(3)
  const document = JSON.parse((await project.run('check --json')).stdout)
  expect(keys(document)).toEqual(['atHead', 'differences', 'text', 'questions', 'findings'])
  expect(document).toMatchObject({ atHead: true, differences: [{ kind: 'createTable' }], questions: [] })
  expect(document.text).toHaveLength(1)
})

test('revision, migrate and merge tell the new revision and its operations', async () => {
  const project = modelsProject()
  const told = async (line: string | readonly string[]) => {
    const document = await project.json<{ readonly revision: object | null; readonly operations: readonly object[] }>(
      line,
    )
    expect(keys(document)).toEqual(['revision', 'operations', 'questions'])
    return document
  }
  const migrated = await told('migrate -m First --rev-id a1')
  expect(keys(migrated.revision)).toEqual(revisionKeys)
  expect(migrated.operations).toMatchObject([{ kind: 'createTable' }])
  await project.run('upgrade')
  expect(await told('migrate -m Nothing')).toEqual({ revision: null, operations: [], questions: [] })
  expect(await told('revision -m Second --rev-id b1')).toMatchObject({
    revision: { id: 'b1', downRevisions: ['a1'], message: 'Second', path: 'migrations/versions/b1_second.ts' },
    operations: [],
  })
  await told('revision --rev-id c1 --head a1 --splice')
  expect(await told('merge heads --rev-id d1')).toMatchObject({
    revision: { id: 'd1', downRevisions: ['b1', 'c1'], message: 'merge b1 and c1', marks: ['head', 'mergepoint'] },
  })
})

test('init, list-templates and edit have a document, too', async () => {
  const project = projectWith({})
  expect(keys(await project.json('list-templates'))).toEqual(['templates'])
  expect(await project.json('init')).toEqual({
    created: ['aludel.config.ts', 'migrations/versions/.gitkeep', 'migrations/README.md'],
    kept: [],
  })
  await project.run('revision -m First --rev-id a1', { environment: { DATABASE_URL: 'sqlite:x.db' } })
  expect(await project.json('edit a1')).toEqual({ files: [project.path('migrations/versions/a1_first.ts')] })
})

test('an error is a document of its own, with code, sentence, hint and facts', async () => {
  const project = sqliteProject('a1')
  expect(await project.failure('upgrade a2')).toEqual({
    code: 'unknown-revision',
    message: expect.stringContaining('"a2"'),
    hint: 'Did you mean "a1"?',
    details: { revision: 'a2', candidates: ['a1'] },
  })
  expect(await project.failure('upgrad')).toMatchObject({ code: 'usage', hint: expect.stringContaining('"upgrade"') })
})

test.each([
  'heads',
  'history',
  'branches',
  'show a1',
  'current',
  'plan upgrade head',
  'upgrade',
  'downgrade',
  'stamp head',
  'upgrade --sql',
  'revision -m x',
  'check',
  'no-such-verb',
  'upgrade nope',
  'heads --nope',
])('`%s --json` prints one document and nothing else', async (line) => {
  const { stdout, stderr } = await sqliteProject('a1').run(`${line} --json`)
  const document = JSON.parse(stdout)
  expect(stdout).toBe(`${JSON.stringify(document, null, 2)}\n`)
  expect(stderr).toBe('')
})
