// `aludel test` on the command line: a table, the findings, JUnit's XML, JSON, and exit codes.

import { expect, test } from 'vitest'
import { projectWith } from './project.ts'

const revision = (id: string, down: string | null, upgrade: string, downgrade: string) => ({
  [`migrations/versions/${id}.ts`]: `/** Step <${id}> */
import { integer, string } from 'aludel/schema'
export const revision = '${id}'
export const downRevision = ${down === null ? 'null' : `'${down}'`}
export function upgrade(op) { ${upgrade} }
export function downgrade(op) { ${downgrade} }
`,
})

const right = {
  'aludel.config.json': '{ "url": "sqlite:app.db" }',
  ...revision(
    'a1',
    null,
    "op.createTable('user', { id: integer().identity().primaryKey(), email: string(40).notNull() })",
    "op.dropTable('user')",
  ),
  ...revision('b1', 'a1', "op.addColumn('user', 'name', string(20))", "op.dropColumn('user', 'name')"),
}

const wrong = {
  ...right,
  ...revision('c1', 'b1', "op.createIndex('ix_user_email', 'user', ['email'])", ''),
  ...revision('d1', 'c1', "op.execute('UPDATE user SET email = upper(email)')", ''),
}

const steady = (text: string) =>
  text
    .replace(/\d+ ms/g, 'N ms')
    .replace(/SQLite [\d.]+/g, 'SQLite X')
    .replace(/time="[\d.]+"/g, 'time="T"')

test('a chain that is right is a table and a sentence', async () => {
  const project = projectWith(right)
  const { code, stdout, stderr } = await project.run('test')
  expect(steady(stdout)).toBe(`revision  up  down  up again  rows    message
a1        ok  ok    ok        -       Step <a1> N ms
b1        ok  ok    ok        ok (3)  Step <b1> N ms
ok  single head
ok  one base
ok  no unnamed constraint
-  models are what the chain makes (The configuration names no schema.)
Tested 2 revisions on SQLite X in N ms: nothing is wrong.
`)
  expect(steady(stderr)).toBe('tested 1/2 a1 Step <a1> N ms\ntested 2/2 b1 Step <b1> N ms\n')
  expect(code).toBe(0)
  expect(project.files()).not.toContain('app.db')
})

test('a finding is told with its difference, and the exit code is 3', async () => {
  const { code, stdout } = await projectWith(wrong).run('test')
  expect(code).toBe(3)
  expect(steady(stdout)).toContain(`
error downgrade-differs c1 (migrations/versions/c1.ts)
  After the downgrade the database is not what it was before the upgrade.
  - expected, + is
  + index ix_user_email of user: on (email)

error upgrade-again-failed c1 (migrations/versions/c1.ts)
`)
  expect(stdout).toMatch(/warning rows-differ d1[\s\S]*- user\.email where id = 1: '1 The quick/)
  expect(steady(stdout)).toMatch(/\n\nTested 4 revisions on SQLite X in N ms: 2 errors and 1 warning\.\n$/)
})

test('a warning is no failure, unless that is asked', async () => {
  const project = projectWith(wrong)
  expect((await project.run('test d1')).code).toBe(0)
  expect((await project.run('test d1 --strict')).code).toBe(3)
  expect((await project.run('test d1 --strict --no-samples')).code).toBe(0)
})

test('JUnit gets a testcase for each revision and each check', async () => {
  const project = projectWith(wrong)
  const { code, stdout } = await project.run('test --format junit')
  expect(code).toBe(3)
  const xml = steady(stdout)
  expect(xml).toContain(
    '<testsuite name="revisions on SQLite X" tests="8" failures="1" errors="0" skipped="1" time="T">',
  )
  expect(xml).toContain(
    '<testcase classname="revisions" name="a1 Step &lt;a1&gt;" file="migrations/versions/a1.ts" time="T"/>',
  )
  expect(xml).toContain(
    '<failure type="downgrade-differs" message="After the downgrade the database is not what it was',
  )
  expect(xml).toContain('+ index ix_user_email of user: on (email)')
  expect(xml).toContain('<skipped message="The configuration names no schema."/>')
})

test('a report goes into a file while people read the table', async () => {
  const project = projectWith(right)
  const { stdout } = await project.run('test --format junit --output report.xml')
  expect(stdout).toMatch(/^revision/)
  expect(project.read('report.xml')).toMatch(/^<\?xml[\s\S]*<\/testsuites>\n$/)
})

test('JSON is the result', async () => {
  const project = projectWith(wrong)
  const { code, stdout } = await project.run('test --json')
  expect(code).toBe(3)
  const { dialect, revisions, checks, findings } = JSON.parse(stdout)
  expect([dialect, revisions.length, checks.length, findings.length]).toEqual(['sqlite', 4, 4, 3])
  expect(Object.keys(revisions[0])).toEqual([
    ...['revision', 'message', 'path', 'upgrade', 'downgrade', 'again', 'rows', 'rowCount', 'notes', 'findings'],
    'durationMs',
  ])
  expect(findings[0]).toEqual({
    code: 'downgrade-differs',
    severity: 'error',
    revision: 'c1',
    file: 'migrations/versions/c1.ts',
    message: 'After the downgrade the database is not what it was before the upgrade.',
    difference: [{ expected: null, actual: 'index ix_user_email of user: on (email)' }],
    hint: null,
  })
})

test('what cannot be tested is refused', async () => {
  const project = projectWith(right)
  expect(await project.failure('test nobody')).toMatchObject({ code: 'unknown-revision' })
  expect(await project.failure('test --shard 5')).toMatchObject({ code: 'usage' })
  expect(await project.failure('test --shard 5/4')).toMatchObject({ code: 'invalid-shard' })
  expect(await project.failure('test --since main')).toMatchObject({ code: 'no-repository' })
  expect((await project.run('test --format html')).stderr).toContain('There is no format "html".')
  expect((await project.run('test --output x')).stderr).toContain('--output writes junit or json')
  project.write(revision('b2', 'nobody', '', ''))
  expect(await project.failure('test')).toMatchObject({ code: 'missing-parent' })
})

test('a `test` of a revision that means nothing is refused', async () => {
  const project = projectWith(right)
  project.write({
    'migrations/versions/b1.ts': `${project.read('migrations/versions/b1.ts')}export const test = { befor() {} }\n`,
  })
  expect(await project.failure('test')).toMatchObject({ code: 'invalid-test', details: { revision: 'b1' } })
})
