// Questions on the command line: asked at a terminal, answered by flags and files, listed with exit code 3 where nobody answers.

import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { runCli } from '../../src/cli/index.ts'
import type { Question } from '../../src/index.ts'
import { onDatabase } from './database.ts'
import { projectWith, type TestProject } from './project.ts'

const config = `import { defineConfig } from 'aludel'
export default defineConfig({ url: 'sqlite:app.db', schema: () => import('./models.ts').then((m) => m.schema) })
`

const models = (columns: string, table = 'user') => ({
  'models.ts': `import { bigint, defineSchema, integer, string, table, text } from 'aludel/schema'
export const schema = defineSchema([table('${table}', { id: integer().primaryKey(), ${columns} })])
`,
})

const url = (project: TestProject) => `sqlite:${project.path('app.db')}`

/** A project whose database has a user with a name, and whose models call it a full name and have no nick. */
async function renaming(): Promise<TestProject> {
  const project = projectWith({
    'aludel.config.ts': config,
    'migrations/versions/.gitkeep': '',
    ...models('name: string(80), last: integer(), nick: text()'),
  })
  await project.run('migrate -m First --rev-id a1')
  await project.run('upgrade')
  await onDatabase(url(project), (db) =>
    db.statements([`INSERT INTO user (id, name, nick) VALUES (1, 'Ada Lovelace', 'ada')`]),
  )
  project.write(models("fullName: string('full_name', 80), last: integer()"))
  return project
}

const revisions = (project: TestProject) =>
  project.files().filter((file) => file.endsWith('.ts') && file !== 'models.ts')

async function typed(project: TestProject, line: string, answers: readonly string[]) {
  const left = [...answers]
  const said: string[] = []
  const stdin = Object.assign(new PassThrough(), { isTTY: true })
  const stderr = Object.assign(new PassThrough(), { isTTY: true })
  stderr.on('data', (text) => {
    said.push(String(text))
    if (!String(text).includes('[y/N]')) return
    const answer = left.shift()
    if (answer === undefined) stdin.end()
    else stdin.write(`${answer}\n`)
  })
  const code = await runCli(line.split(' '), {
    name: 'aludel',
    cwd: project.folder,
    environment: { NO_COLOR: '1' },
    stdin,
    stderr,
    stdout: { write: (text: string) => said.push(text) },
  })
  return { code, said: said.join('') }
}

test('a script that answers nothing gets the questions, exit code 3 and no file', async () => {
  const project = await renaming()
  const before = revisions(project)
  const { code, stdout } = await project.run('migrate -m Second')
  expect(code).toBe(3)
  expect(stdout).toBe(`2 questions must be answered before a revision can be written:
? Is column user.full_name what was user.name?
  score 0.89: the same type, string(80); in the same place; it holds values
  yes: --rename user.name=user.full_name    no: "rename:column:user.name=user.full_name": "no" in --answers FILE, or --no-renames
? May column user.nick be dropped, which has values?
  what it holds is lost, and the way down does not bring it back
  yes: --yes, or "drop:column:user.nick": "yes" in --answers FILE
No file was written.
`)
  const json = await project.run('migrate -m Second --json')
  expect(json.code).toBe(3)
  const document = JSON.parse(json.stdout) as { questions: readonly Question[] }
  expect(document).toMatchObject({ revision: null, operations: [] })
  expect(document.questions.map(({ id }) => id)).toEqual([
    'rename:column:user.name=user.full_name',
    'drop:column:user.nick',
  ])
  expect(revisions(project)).toEqual(before)
})

test('flags answer: --rename by name, --yes for what would be lost', async () => {
  const project = await renaming()
  expect((await project.run('migrate -m x --yes')).code).toBe(3)
  expect((await project.run('migrate -m x --rename user.name=user.full_name')).code).toBe(3)
  const { code, stdout } = await project.run('migrate --rename user.name=user.full_name --yes --rev-id b1')
  expect([code, stdout]).toEqual([
    0,
    `  ~ rename column "name" of table "user" to "full_name"
  - drop column "nick" of table "user"
Wrote migrations/versions/b1_rename_name_of_user_to_full_name_and.ts
`,
  ])
  await project.run('upgrade')
  expect((await project.run('check')).code).toBe(0)
  expect(await onDatabase(url(project), async (db) => (await db.query('SELECT full_name FROM user')).rows)).toEqual([
    { full_name: 'Ada Lovelace' },
  ])
})

test('a file answers, and what is wrong with it is said', async () => {
  const project = await renaming()
  const answers = (document: unknown) => project.write({ 'answers.json': JSON.stringify(document) })
  for (const document of [
    { renames: { 'user.name': 'user.full_name' }, answers: { 'drop:column:user.nick': 'yes' } },
    { answers: { 'rename:column:user.name=user.full_name': 'yes', 'drop:column:user.nick': 'yes', other: 'no' } },
  ]) {
    answers(document)
    const { revision, operations } = await project.json<{
      revision: { readonly path: string }
      operations: readonly { readonly kind: string }[]
    }>('migrate -m Second --answers answers.json --rev-id b1')
    expect(operations.map(({ kind }) => kind)).toEqual(['renameColumn', 'dropColumn'])
    await import('node:fs').then(({ rmSync }) => rmSync(project.path(revision.path)))
  }
  for (const [document, what] of [
    [[], 'it is no object'],
    [{ rename: {} }, 'it has "rename", which means nothing'],
    [{ renames: { a: 1 } }, '"a" is renamed to nothing'],
    [{ answers: { x: true } }, 'the answer to "x" is neither "yes" nor "no"'],
  ] as const) {
    answers(document)
    expect(await project.failure('migrate --answers answers.json')).toMatchObject({
      code: 'invalid-answers',
      message: expect.stringContaining(what),
    })
  }
  expect(await project.failure('migrate --answers nowhere.json')).toMatchObject({ code: 'invalid-answers' })
  answers({ answers: { 'drop:column:user.nick': 'no' } })
  expect(await project.failure('migrate --no-renames --answers answers.json')).toMatchObject({ code: 'not-confirmed' })
})

test('--no-renames drops and adds', async () => {
  const project = await renaming()
  const { operations } = await project.json<{ operations: readonly { readonly kind: string }[] }>(
    'migrate -m x --no-renames --yes',
  )
  expect(operations.map(({ kind }) => kind)).toEqual(['addColumn', 'dropColumn', 'dropColumn'])
})

test('a terminal is asked each, and a no to what would be lost writes nothing', async () => {
  const project = await renaming()
  const before = revisions(project)
  const no = await typed(project, 'migrate -m Second', ['y', 'n'])
  expect(no.code).toBe(1)
  expect(no.said).toContain(
    'Nothing was written. May column user.nick be dropped, which has values? The answer was no.',
  )
  expect((await typed(project, 'migrate -m Second', [])).code).toBe(1)
  expect(revisions(project)).toEqual(before)
  const ahead = await typed(project, 'migrate -m Second', ['y\nn\n'])
  expect([ahead.code, ahead.said]).toEqual([1, expect.stringContaining('Nothing was written.')])
  const yes = await typed(project, 'migrate -m Second', ['y', 'yes'])
  expect([yes.code, yes.said]).toEqual([0, expect.stringContaining('~ rename column "name" of table "user"')])
})

test('a terminal that says no to a rename is asked about the drop', async () => {
  const project = await renaming()
  const { code, said } = await typed(project, 'migrate -m Second', ['n', 'y', 'y'])
  expect([code, said.match(/(?:Is|May) column[^?]*\?/g)]).toEqual([
    0,
    [
      'Is column user.full_name what was user.name?',
      'May column user.name be dropped, which has values?',
      'May column user.nick be dropped, which has values?',
    ],
  ])
})

test.each([
  ['migrate --rename user.name', 'usage'],
  ['migrate --rename =x', 'usage'],
  ['migrate --rename a=b --no-renames', 'usage'],
  ['migrate --rename user.nam=user.full_name', 'unknown-rename'],
  ['migrate --rename user.name=user.nickname', 'unknown-rename'],
  ['revision --rename user.name=user.full_name', 'usage'],
  ['revision --split', 'usage'],
])('%s is refused', async (line, code) => {
  const project = await renaming()
  expect(await project.failure(line)).toMatchObject({ code })
})

test('a rename is refused where nothing differs, unless it stands in a file that is used again and again', async () => {
  const project = await renaming()
  await project.run('migrate --rename user.name=user.full_name --yes')
  await project.run('upgrade')
  expect(await project.failure('migrate --rename user.name=user.full_name')).toMatchObject({ code: 'unknown-rename' })
  project.write({ 'answers.json': '{ "renames": { "user.name": "user.full_name" } }' })
  expect((await project.run('migrate --answers answers.json')).code).toBe(0)
})

test('check lists what migrate would ask, and asks nothing', async () => {
  const project = await renaming()
  const { code, stdout } = await project.run('check')
  expect(code).toBe(3)
  expect(stdout).toContain('`aludel migrate` will ask:\n  ? Is column user.full_name what was user.name?\n')
  expect((await typed(project, 'check', [])).code).toBe(3)
})

test('check speaks JSON and GitHub, and every difference says what it is about', async () => {
  const project = await renaming()
  const json = await project.run('check --format json')
  expect([json.code, json.stdout]).toEqual([3, (await project.run('check --json')).stdout])
  const github = await project.run('check --format github')
  expect(github.code).toBe(3)
  expect(github.stdout.split('\n')).toEqual([
    '::error title=add-column::The models want: add column "full_name" to table "user".',
    '::error title=drop-column::The models want: drop column "name" of table "user".',
    '::error title=drop-column::The models want: drop column "nick" of table "user".',
    '::warning title=rename::Is column user.full_name what was user.name?',
    '::warning title=drop::May column user.nick be dropped, which has values?',
    '',
  ])
  expect((await project.run('check --format xml')).code).toBe(2)
  await project.run('migrate --rename user.name=user.full_name --yes --rev-id b1')
  expect((await project.run('check --format github')).stdout).toContain('::error title=not-at-head::')
  await project.run('upgrade')
  expect(await project.run('check --format github')).toMatchObject({ code: 0, stdout: '' })
})

test('--split writes one revision for each table, one after another', async () => {
  const project = projectWith({
    'aludel.config.ts': config,
    'migrations/versions/.gitkeep': '',
    'models.ts': `import { defineSchema, integer, table } from 'aludel/schema'
const team = table('team', { id: integer().primaryKey() })
const user = table('user', { id: integer().primaryKey(), team: integer().references(() => team.columns.id) })
export const schema = defineSchema([user, team])
`,
  })
  expect(await project.failure('migrate --split --rev-id a1')).toMatchObject({ code: 'usage' })
  const { revision, revisions: all } = await project.json<{
    revision: { readonly id: string }
    revisions: readonly { readonly id: string; readonly message: string; readonly downRevisions: readonly string[] }[]
  }>('migrate --split -m Teams')
  expect(all.map(({ message }) => message)).toEqual(['Teams: create team', 'Teams: create user'])
  expect(all[1]?.downRevisions).toEqual([all[0]?.id])
  expect(revision.id).toBe(all[1]?.id)
  expect((await project.run('upgrade')).code).toBe(0)
  expect((await project.run('check')).code).toBe(0)
})

test('a revision is named after what it does where nobody names it, and a name that says nothing is found', async () => {
  const project = await renaming()
  project.write(models('name: string(80), last: integer(), nick: text(), status: text()'))
  expect((await project.json<{ revision: { message: string } }>('migrate')).revision.message).toBe('Add status to user')
  await project.run('upgrade')
  project.write(models('name: string(80), last: integer(), nick: text(), status: text(), mood: text()'))
  await project.run('migrate -m migration_1')
  const { findings } = JSON.parse((await project.run('doctor --files-only --json')).stdout)
  expect(findings).toMatchObject([{ code: 'poor-message', severity: 'warning' }])
})
