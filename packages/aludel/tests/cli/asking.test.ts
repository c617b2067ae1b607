// What is asked before something is lost: at a terminal with yes or no, in a script by --yes; and what was kept, listed and dropped.

import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { runCli } from '../../src/cli/index.ts'
import { onDatabase, tablesOf } from './database.ts'
import { projectWith, type TestProject } from './project.ts'

const config = {
  'aludel.config.ts': "import { defineConfig } from 'aludel'\nexport default defineConfig({ url: 'sqlite:app.db' })\n",
}

function revision(id: string, down: string | null, body: string): string {
  return `/** Make ${id} */\nimport { integer, text } from 'aludel/schema'\nexport const revision = '${id}'\nexport const downRevision = ${down === null ? null : `'${down}'`}\n${body}\n`
}

const chain = (): TestProject =>
  projectWith({
    ...config,
    'migrations/versions/a1.ts': revision(
      'a1',
      null,
      "export function upgrade(op) { op.createTable('t', { id: integer().primaryKey(), note: text() }); op.bulkInsert('t', [{ id: 1, note: 'x' }]) }\nexport function downgrade(op) { op.dropTable('t') }",
    ),
    'migrations/versions/b1.ts': revision(
      'b1',
      'a1',
      "export function upgrade(op) { op.dropColumn('t', 'note', { keep: true }) }\nexport { inverse as downgrade } from 'aludel'",
    ),
  })

const unreturnable = {
  'migrations/versions/c1.ts': revision(
    'c1',
    'b1',
    "export function upgrade(op) { op.execute('DELETE FROM t') }\nexport { inverse as downgrade } from 'aludel'",
  ),
}

/** The command line at a terminal, where somebody types this. */
async function typed(project: TestProject, line: string, answer: string | null) {
  const said: string[] = []
  const stdin = Object.assign(new PassThrough(), { isTTY: true })
  const stderr = Object.assign(new PassThrough(), { isTTY: true })
  stderr.on('data', (text) => {
    said.push(String(text))
    if (!String(text).includes('[y/N]')) return
    if (answer === null) stdin.end()
    else stdin.write(`${answer}\n`)
  })
  const code = await runCli(line.split(' '), {
    name: 'aludel',
    cwd: project.folder,
    environment: { NO_COLOR: '1' },
    stdin,
    stderr,
    stdout: { write: () => true },
  })
  return { code, said: said.join('') }
}

const rows = (project: TestProject) =>
  onDatabase(`sqlite:${project.path('app.db')}`, async (db) => (await db.query('SELECT * FROM t')).rows)

test('an upgrade that nothing takes back is refused in a script, with the revision and why, until --yes', async () => {
  const project = chain()
  project.write(unreturnable)
  const refused = await project.failure('upgrade')
  expect(refused).toMatchObject({
    code: 'irreversible-steps',
    hint: 'Say --yes if that is what you want.',
    details: { revisions: [{ revision: 'c1', because: 'What undoes this SQL is not told: DELETE FROM t' }] },
  })
  expect(await tablesOf(`sqlite:${project.path('app.db')}`)).toEqual([])
  expect((await project.run('upgrade b1')).code).toBe(0)
  expect((await project.run('upgrade --yes')).code).toBe(0)
  expect(await rows(project)).toEqual([])
})

test('plan and show say which revisions nothing takes back', async () => {
  const project = chain()
  project.write(unreturnable)
  const { steps } = await project.json<{ steps: readonly Record<string, unknown>[] }>('plan upgrade head --from base')
  expect(steps.map((step) => [step.revision, step.irreversible])).toEqual([
    ['a1', undefined],
    ['b1', undefined],
    ['c1', 'What undoes this SQL is not told: DELETE FROM t'],
  ])
  expect((await project.run('plan upgrade head --from base')).stdout).toContain('irreversible: What undoes this SQL')
  expect((await project.run('show c1')).stdout).toContain(
    'Irreversible: What undoes this SQL is not told: DELETE FROM t',
  )
  expect((await project.run('show b1')).stdout).not.toContain('Irreversible')
})

test('a terminal is asked before rows go, and anything but yes leaves them', async () => {
  const project = chain()
  expect((await project.run('upgrade a1')).code).toBe(0)
  for (const answer of ['n', '', null]) {
    const { code, said } = await typed(project, 'downgrade base', answer)
    expect([code, said]).toEqual([1, expect.stringContaining('a1 drops table t, which has rows')])
    expect(said).toContain('Nothing was done.')
  }
  expect(await rows(project)).toHaveLength(1)
  expect((await typed(project, 'downgrade base', 'Yes')).code).toBe(0)
  expect(await tablesOf(`sqlite:${project.path('app.db')}`)).toEqual([])
})

test('what nobody would miss is not asked about: what is kept, what is empty, what --yes was said to', async () => {
  const project = chain()
  expect((await typed(project, 'upgrade', 'n')).code).toBe(0)
  expect((await typed(project, 'downgrade a1', 'n')).code).toBe(0)
  expect(await rows(project)).toEqual([{ id: 1, note: 'x' }])
  expect((await typed(project, 'downgrade base --yes', 'n')).code).toBe(0)
})

test('archive lists what is kept, and drops it only when told so', async () => {
  const project = chain()
  expect((await project.run('archive list')).stdout).toContain('Nothing is kept in')
  expect(project.files()).not.toContain('app.db')
  expect((await project.run('upgrade')).code).toBe(0)
  const name = 'aludel_kept_b1_t_note'
  expect((await project.run('archive list')).stdout).toMatch(
    new RegExp(`^${name} {2}t\\.note of revision b1, \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d, 1 row\\n$`),
  )
  const { archives } = await project.json<{ archives: readonly unknown[] }>('archive list')
  expect(archives).toMatchObject([
    { name, namespace: null, revision: 'b1', table: 't', column: 'note', rows: 1, at: expect.stringMatching(/Z$/) },
  ])
  expect(await project.failure(`archive drop ${name}`)).toMatchObject({ code: 'needs-yes' })
  expect((await typed(project, `archive drop ${name}`, 'no')).code).toBe(1)
  expect((await typed(project, `archive drop ${name}`, 'y')).code).toBe(0)
  expect((await project.run('archive list')).stdout).toContain('Nothing is kept in')
  expect((await project.run('archive drop --all --yes')).stdout).toContain('Dropped 0 archives')
})

test.each([
  ['archive', 2],
  ['archive burn', 2],
  ['archive drop', 2],
  ['archive drop x --all', 2],
  ['archive list x', 2],
])('%s is wrong usage', async (line, code) => {
  const project = chain()
  await project.run('upgrade')
  expect((await project.run(line)).code).toBe(code)
})
