// The files that commands write: what they are called, what stands in them, and that nothing is ever overwritten.

import { chmodSync } from 'node:fs'
import { expect, test } from 'vitest'
import { modelsProject, projectWith, revisionFile, sqliteConfig, sqliteProject } from './project.ts'

const sqlite = { environment: { DATABASE_URL: 'sqlite:app.db' } }

test('init writes config, folder and README, and the next commands work', async () => {
  const project = projectWith({})
  const { code, stdout } = await project.run('init')
  expect(code).toBe(0)
  expect(stdout).toContain(
    'created aludel.config.ts\ncreated migrations/versions/.gitkeep\ncreated migrations/README.md\n',
  )
  expect(await project.run('revision -m First --rev-id a1')).toMatchObject({ code: 0 })
  expect(await project.run('upgrade')).toMatchObject({ code: 0 })
  expect((await project.run('current')).stdout).toBe('a1 (head) (current), First\n')
})

test('init never writes over a file, and says which ones it kept', async () => {
  const project = projectWith({ 'migrations/README.md': 'Ours' })
  const first = await project.json('init')
  expect(first).toEqual({
    created: ['aludel.config.ts', 'migrations/versions/.gitkeep'],
    kept: ['migrations/README.md'],
  })
  const before = project.read('aludel.config.ts')
  expect(await project.json('init')).toEqual({
    created: [],
    kept: ['aludel.config.ts', 'migrations/versions/.gitkeep', 'migrations/README.md'],
  })
  expect(project.read('aludel.config.ts')).toBe(before)
  expect(project.read('migrations/README.md')).toBe('Ours')
})

test('init beside a config file of another kind writes no second one', async () => {
  const project = projectWith(sqliteConfig)
  const { stdout } = await project.run('init')
  expect(stdout).toContain('kept    aludel.config.json (it was there already)')
  expect(project.files()).toEqual(['aludel.config.json', 'migrations/README.md', 'migrations/versions/.gitkeep'])
})

test.each([
  ['init db', 'db'],
  ['init', 'environment', { ALUDEL_DIRECTORY: 'environment' }],
  ['init db', 'db', { ALUDEL_DIRECTORY: 'environment' }],
  ['init --directory db', 'db'],
  ['init -d db/changes', 'db/changes'],
] as [string, string, Record<string, string>?][])(
  '%s writes into %s, and the config file says so',
  async (line, folder, environment = {}) => {
    const project = projectWith({})
    await project.run(line, { environment })
    expect(project.read('aludel.config.ts')).toContain(`migrations: './${folder}'`)
    await project.run('revision --rev-id a1', sqlite)
    expect(project.files()).toContain(`${folder}/versions/a1.ts`)
  },
)

test('every template of list-templates makes a project that works', async () => {
  const { templates } = await projectWith({}).json<{ readonly templates: readonly { readonly name: string }[] }>(
    'list-templates',
  )
  expect(templates.length).toBeGreaterThan(1)
  for (const { name } of templates) {
    const project = projectWith({})
    expect(await project.run(`init --template ${name}`)).toMatchObject({ code: 0, stderr: '' })
    expect(await project.run('heads')).toEqual({ code: 0, stdout: '', stderr: 'There is no revision.\n' })
  }
})

test('an unknown template is refused with those there are, and nothing is written', async () => {
  const project = projectWith({})
  expect(await project.failure('init --template flsk')).toMatchObject({
    code: 'unknown-template',
    hint: expect.stringContaining('typescript, models, javascript'),
  })
  expect(project.files()).toEqual([])
})

test('a revision file reads as its options say', async () => {
  const project = sqliteProject('a1', 'b1<a1')
  const line =
    'revision --rev-id c1 --head a1 --splice --branch-label forum --depends-on b1 --created-at 2026-01-02T03:04:05+02:00'
  expect(await project.run([...line.split(' '), '-m', 'Add the forum'])).toEqual({
    code: 0,
    stdout: 'Wrote migrations/versions/c1_add_the_forum.ts\n',
    stderr: '',
  })
  expect(project.read('migrations/versions/c1_add_the_forum.ts')).toBe(`/** Add the forum */
import type { Operations } from 'aludel'

export const revision = 'c1'
export const downRevision = 'a1'
export const branchLabels = 'forum'
export const dependsOn = 'b1'
export const createdAt = '2026-01-02T01:04:05Z'

export function upgrade(_op: Operations) {}

export function downgrade(_op: Operations) {}
`)
  expect((await project.run('show forum@head')).stdout).toContain('Also depends on: b1\nBranch names: forum\n')
})

test('the same command twice gives the same bytes', async () => {
  const outcome = async () => {
    const project = modelsProject()
    const options = { environment: { SOURCE_DATE_EPOCH: '1700000000', NO_COLOR: '1' } }
    const answers = []
    for (const line of [
      'migrate -m First --rev-id a1',
      'upgrade --sql',
      'upgrade -q',
      'revision -m Second --rev-id b1',
      'revision -m Third --rev-id c1 --head a1 --splice',
      'merge heads --rev-id d1',
      'history -v',
      'history --json',
      'plan upgrade heads --json',
      'branches',
      'upgrade --sql a1:d1',
    ])
      answers.push(await project.run(line, options))
    expect(answers.map(({ code }) => code)).toEqual(answers.map(() => 0))
    const revisions = project.files().filter((name) => name.startsWith('migrations/'))
    return [...answers.slice(0, 2), ...answers.slice(3), ...revisions.map((name) => [name, project.read(name)])]
  }
  const first = await outcome()
  expect(await outcome()).toEqual(first)
  expect(JSON.stringify(first)).toContain('2023-11-14T22:13:20Z')
})

test('SOURCE_DATE_EPOCH stands for now, and --created-at is stronger', async () => {
  const project = sqliteProject()
  const environment = { SOURCE_DATE_EPOCH: '1700000000' }
  const created = async (line: string) =>
    (await project.json<{ readonly revision: { readonly createdAt: string } }>(line, { environment })).revision
      .createdAt
  expect(await created('revision --rev-id a1')).toBe('2023-11-14T22:13:20Z')
  expect(await created('revision --rev-id b1 --created-at 2026-01-01')).toBe('2026-01-01T00:00:00Z')
  expect(await project.failure('revision --created-at soon')).toMatchObject({ code: 'invalid-date' })
  expect(await project.failure('revision', { environment: { SOURCE_DATE_EPOCH: 'soon' } })).toMatchObject({
    code: 'invalid-date',
  })
})

test('an identifier nobody chose is twelve hexadecimal digits', async () => {
  const project = sqliteProject()
  await project.run('revision -m First')
  expect(project.files().at(-1)).toMatch(/^migrations\/versions\/[0-9a-f]{12}_first\.ts$/)
})

test.each([
  ['{year}_{month}_{day}_{hour}{minute}-{revision}_{slug}', '2026_01_02_0304-a1_add_a_user.ts'],
  ['{slug}', 'add_a_user.ts'],
  ['{year}/{revision}', '2026/a1.ts'],
])('the file name by the pattern %s', async (fileName, expected) => {
  const project = projectWith({ 'aludel.config.json': JSON.stringify({ url: 'sqlite:app.db', fileName }) })
  await project.run(['revision', '--rev-id', 'a1', '--created-at', '2026-01-02T03:04:05Z', '-m', 'Add a "User"!'])
  expect(project.files().at(-1)).toBe(`migrations/versions/${expected}`)
  expect((await project.run('heads')).stdout).toBe('a1 (head), Add a "User"!\n')
})

test.each([
  ['--rev-id a1', 'duplicate-revision'],
  ['--rev-id head', 'illegal-id'],
  ['--rev-id a-b', 'illegal-id'],
  ['--rev-id ../x', 'illegal-id'],
  ['--branch-label a1', 'label-conflict'],
  ['--branch-label x@y', 'label-conflict'],
  ['--head a1', 'not-a-head'],
  ['--head zz', 'unknown-revision'],
  ['--depends-on zz', 'unknown-revision'],
  ['--version-path nope', 'unknown-version-path'],
])('revision %s is refused (%s), and no file is written', async (options, code) => {
  const project = sqliteProject('a1', 'b1<a1')
  const before = project.files()
  expect((await project.failure(`revision ${options}`)).code).toBe(code)
  expect(project.files()).toEqual(before)
})

test('a file that is there is never overwritten', async () => {
  const project = projectWith({
    ...sqliteConfig,
    'aludel.config.json': '{ "url": "sqlite:app.db", "fileName": "{slug}" }',
    'migrations/versions/first.ts': revisionFile('a1', []),
  })
  expect(await project.failure('revision --rev-id b1 -m First')).toMatchObject({ code: 'file-exists' })
  expect(project.read('migrations/versions/first.ts')).toContain("'a1'")
})

test('migrate writes what the models say, and nothing when nothing changed', async () => {
  const project = modelsProject()
  const { stdout, stderr } = await project.run('migrate -m First --rev-id a1')
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^ {2}\+ .*user.*\nWrote migrations\/versions\/a1_first\.ts\n$/)
  expect(await project.failure('migrate -m Again')).toMatchObject({
    code: 'not-up-to-date',
    message: expect.stringContaining('Target database is not up to date'),
    hint: expect.stringContaining('`aludel upgrade`'),
  })
  expect(await project.run('upgrade -q')).toEqual({ code: 0, stdout: '', stderr: '' })
  const before = project.files()
  expect(await project.run('migrate -m Again')).toEqual({
    code: 0,
    stdout: 'No changes: the models and the database agree. No file was written.\n',
    stderr: '',
  })
  expect(project.files()).toEqual(before)
  expect(await project.run('check')).toEqual({ code: 0, stdout: 'The models and the database agree.\n', stderr: '' })
  expect(await project.run('downgrade base')).toMatchObject({ code: 0 })
  expect((await project.run('check')).code).toBe(3)
})

test('revision --autogenerate is migrate', async () => {
  const [one, other] = [modelsProject(), modelsProject()]
  await one.run('migrate -m First --rev-id a1 --created-at 2026-01-01')
  await other.run('revision --autogenerate -m First --rev-id a1 --created-at 2026-01-01')
  expect(other.read('migrations/versions/a1_first.ts')).toBe(one.read('migrations/versions/a1_first.ts'))
})

test('commands of afterWrite run on the new file; one that fails is told, and the file stays', async () => {
  const script = `import { appendFileSync } from 'node:fs'\nappendFileSync(process.argv[2], '// seen\\n')\n`
  const project = projectWith({
    'mark.mjs': script,
    'fail.mjs': `console.error('No style today')\nprocess.exitCode = 4\n`,
    'aludel.config.json': JSON.stringify({
      url: 'sqlite:app.db',
      afterWrite: [
        `${process.execPath} mark.mjs {file}`,
        `${process.execPath} fail.mjs {file}`,
        'no-such-program {file}',
      ],
    }),
  })
  const { code, stdout, stderr } = await project.run('revision --rev-id a1')
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'Wrote migrations/versions/a1.ts\n' })
  expect(stderr).toMatch(
    /^warning: ".*fail\.mjs \{file\}" failed: No style today\nwarning: "no-such-program \{file\}" failed: .*not.*found.*\n$/,
  )
  expect(project.read('migrations/versions/a1.ts')).toMatch(/\/\/ seen\n$/)
})

test('edit opens the file in the editor of the environment', async () => {
  const project = sqliteProject('a1', 'b1<a1')
  project.write({ editor: '#!/bin/sh\nshift\nfor file; do echo "// edited" >> "$file"; done\n' })
  chmodSync(project.path('editor'), 0o755)
  const environment = { EDITOR: `${project.path('editor')} --wait` }
  expect(await project.run('edit b1', { environment })).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(project.read('migrations/versions/b1.ts')).toMatch(/\/\/ edited\n$/)
  expect(project.read('migrations/versions/a1.ts')).not.toContain('edited')
  expect((await project.run('edit a1', { environment: { EDITOR: 'false', VISUAL: environment.EDITOR } })).code).toBe(0)
  expect(project.read('migrations/versions/a1.ts')).toContain('edited')
})

test('edit without an editor, or with one that fails, says so', async () => {
  const project = sqliteProject('a1')
  const run = (environment: Record<string, string>) => project.run('edit a1', { environment })
  expect(await run({})).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(project.path('migrations/versions/a1.ts')),
  })
  expect(await run({ EDITOR: 'false' })).toMatchObject({ code: 1, stderr: expect.stringContaining('exit code 1') })
  expect(await run({ EDITOR: 'no-such-editor' })).toMatchObject({ code: 1, stderr: expect.stringContaining('not') })
  expect(await project.failure('edit base')).toMatchObject({ code: 'no-file' })
})

test('-x reaches the revisions as op.arguments', async () => {
  const upgrade = `op.execute(\`CREATE TABLE t_\${op.arguments.tenant}_\${op.arguments.kind} (id INTEGER)\`)`
  const project = projectWith({ ...sqliteConfig, 'migrations/versions/a1.ts': revisionFile('a1', [], { upgrade }) })
  const { stdout } = await project.run('upgrade --sql -x tenant=blue -x kind=a=b')
  expect(stdout).toContain('CREATE TABLE t_blue_a=b (id INTEGER)')
  expect((await project.run('upgrade -x tenant=blue -x kind=big')).code).toBe(0)
})
