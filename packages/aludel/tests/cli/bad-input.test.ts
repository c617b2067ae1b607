// Bad input, each told by what happened and what to do, with nothing half-done left behind.

import { mkdirSync, symlinkSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runCli } from '../../src/cli/index.ts'
import { onDatabase, tablesOf } from './database.ts'
import {
  type Answer,
  chain,
  projectWith,
  revisionFile,
  sqliteConfig,
  sqliteProject,
  type TestProject,
} from './project.ts'

const brokenBody = revisionFile('b1', ['a1'], { upgrade: 'op.createTable(' })

/** A project whose chain `a1` is followed by a file of this text. */
const followedBy = (text: string) => projectWith({ ...sqliteConfig, ...chain('a1'), 'migrations/versions/b1.ts': text })

/** What a person reads: FAILED, one sentence or more, and at most a hint. */
function told({ code, stdout, stderr }: Answer): string {
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/^FAILED: [^\n]+\n/)
  expect(stderr).not.toMatch(/something unexpected|undefined|\[object/i)
  return stderr
}

async function applied(project: TestProject): Promise<string> {
  return (await project.json<{ readonly rows: readonly string[] }>('current')).rows.join(' ')
}

test('no config and no database: three ways to say which one', async () => {
  const project = projectWith(chain('a1'))
  for (const line of ['upgrade', 'current', 'migrate -m x', 'stamp head', 'check', 'history -i', 'upgrade --sql']) {
    expect(told(await project.run(line))).toMatch(/No database is set\.\n.*DATABASE_URL.*--url.*aludel init/)
  }
  expect((await project.run('heads')).code).toBe(0)
  expect(project.files()).toEqual(['migrations/versions/a1.ts'])
})

test('a config without an address is named', async () => {
  const project = projectWith({ 'aludel.config.json': '{}', ...chain('a1') })
  expect(told(await project.run('upgrade'))).toContain(`write \`url\` in ${project.path('aludel.config.json')}`)
})

test('a config file that is not there', async () => {
  const { code, hint } = await projectWith({}).failure('heads --config nope.ts')
  expect({ code, hint }).toEqual({ code: 'no-config', hint: expect.stringContaining('--config') })
})

test('models that are not named', async () => {
  const project = sqliteProject('a1')
  await project.run('upgrade')
  expect((await project.failure('migrate -m x')).code).toBe('no-schema')
  expect((await project.failure('check')).code).toBe('no-schema')
})

test.each(['oracle://u:secret@host/x', 'panel.db', 'sqlite', ''])('an address nobody knows: %s', async (url) => {
  const { code, message, hint } = await sqliteProject('a1').failure(['upgrade', `--url=${url}`])
  expect(code).toMatch(/invalid-url|no-database/)
  expect(hint).toContain('sqlite:')
  expect(message).not.toContain('secret')
})

test.each(['postgresql', 'mysql', 'mariadb'])(
  'a %s server that does not answer, with the password masked',
  async (scheme) => {
    const project = sqliteProject('a1')
    for (const line of ['upgrade', 'current', 'stamp head', 'history -i']) {
      const failure = await project.failure([...line.split(' '), '--url', `${scheme}://ada:secret@127.0.0.1:1/panel`])
      expect(failure).toMatchObject({
        code: 'unreachable',
        message: expect.stringContaining('ada:***@127.0.0.1:1/panel'),
      })
      expect(JSON.stringify(failure)).not.toContain('secret')
    }
  },
)

test('a database file in a folder that is not there, one that is a folder, and one that is no database', async () => {
  const project = sqliteProject('a1')
  project.write({ 'text.db': 'This is no database, it is a text that is long enough to be one.'.repeat(20) })
  expect(await project.failure('upgrade --url sqlite:nowhere/x.db')).toMatchObject({ code: 'unreachable' })
  expect(await project.failure('upgrade --url sqlite:migrations')).toMatchObject({ code: 'unreachable' })
  for (const line of ['upgrade', 'current', 'stamp head'])
    expect(told(await project.run(`${line} --url sqlite:text.db`))).toContain('text.db')
  expect(project.read('text.db')).toMatch(/^This is no database/)
})

test('a folder of migrations that does not exist is no empty chain', async () => {
  const project = sqliteProject('a1')
  for (const line of ['upgrade', 'downgrade base', 'stamp head', 'plan upgrade head', 'merge heads'])
    expect(told(await project.run(`${line} -d nope`))).toContain(project.path('nope'))
  const { code, stderr } = await project.run('heads -d nope')
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringContaining(`warning: The folder of migrations ${project.path('nope')} does not exist.`),
  })
  expect((await project.run('revision --rev-id x1 -d nope')).code).toBe(0)
  expect(project.files()).toContain('nope/versions/x1.ts')
})

test('a body that does not compile still shows in history, and matters only when its step is in the plan', async () => {
  const project = followedBy(brokenBody)
  expect(await project.run('history')).toEqual({ code: 0, stdout: '* b1 (head), Make b1\n* a1, Make a1\n', stderr: '' })
  expect((await project.run('upgrade a1')).code).toBe(0)
  expect(told(await project.run('upgrade'))).toContain('migrations/versions/b1.ts:13')
  expect(await applied(project)).toBe('a1')
  expect((await project.run('downgrade base')).code).toBe(0)
})

test('where a body of the plan does not compile, nothing is sent', async () => {
  const project = followedBy(brokenBody)
  expect((await project.failure('upgrade')).code).toBe('syntax-error')
  expect(await tablesOf(`sqlite:${project.path('app.db')}`)).toEqual([])
  expect((await project.failure('upgrade --sql')).code).toBe('syntax-error')
  expect((await project.run('upgrade --sql a1')).code).toBe(0)
})

test('a revision without an upgrade is refused when it is run', async () => {
  const project = followedBy(`export const revision = 'b1'\nexport const downRevision = 'a1'\n`)
  expect((await project.run('heads')).stdout).toBe('b1 (head)\n')
  expect(told(await project.run('upgrade -q'))).toContain('migrations/versions/b1.ts')
})

const illegal: readonly (readonly [what: string, files: Record<string, string>, code: string, named: string])[] = [
  [
    'a syntax error in the header',
    { b1: `export const revision = 'b1\nexport const downRevision = 'a1'\n` },
    'unreadable-revision',
    'b1.ts',
  ],
  [
    'marks of a merge that was not finished',
    { b1: `<<<<<<< HEAD\n${revisionFile('b1', ['a1'])}=======\n${revisionFile('b2', ['a1'])}>>>>>>> theirs\n` },
    'unreadable-revision',
    'b1.ts',
  ],
  ['no revision', { b1: `export const downRevision = 'a1'\nexport function upgrade() {}\n` }, 'no-revision', 'b1.ts'],
  ['an empty file', { b1: '' }, 'no-revision', 'b1.ts'],
  [
    'a computed header',
    { b1: `export const revision = ['b', 1].join('')\nexport const downRevision = 'a1'\n` },
    'computed-header',
    'b1.ts',
  ],
  [
    'a header of another type',
    { b1: `export const revision = ['b1']\nexport const downRevision = 'a1'\n` },
    'illegal-id',
    'b1.ts',
  ],
  ['an identifier twice', { b1: revisionFile('a1', []) }, 'duplicate-revision', 'b1.ts'],
  ['a parent that is missing', { b1: revisionFile('b1', ['zz']) }, 'missing-parent', 'b1.ts'],
  ['a cycle', { b1: revisionFile('b1', ['c1']), c1: revisionFile('c1', ['b1']) }, 'cycle', 'c1.ts'],
  [
    'a label twice',
    {
      b1: revisionFile('b1', ['a1'], { header: `export const branchLabels = 'x'` }),
      c1: revisionFile('c1', [], { header: `export const branchLabels = 'x'` }),
    },
    'label-conflict',
    'c1.ts',
  ],
]

test.each(illegal)(
  '%s stops what changes something, and the rest is still shown',
  async (_what, files, code, named) => {
    const project = projectWith({
      ...sqliteConfig,
      ...chain('a1'),
      ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`migrations/versions/${name}.ts`, text])),
    })
    const before = project.files()
    for (const line of [
      'upgrade',
      'downgrade base',
      'stamp a1',
      'revision -m x',
      'migrate -m x',
      'merge heads',
      'upgrade --sql',
    ]) {
      const failure = await project.failure(line)
      expect({ line, code: failure.code }).toEqual({ line, code })
      expect(failure.message).toContain(`migrations/versions/${named}`)
      expect(failure.hint).not.toBeNull()
    }
    expect(project.files().filter((name) => name !== 'app.db')).toEqual(before)
    for (const line of ['history', 'heads', 'show a1', 'current', 'plan upgrade a1 --from base', 'history -i']) {
      const { code: exit, stdout, stderr } = await project.run(line)
      expect({ line, exit }).toEqual({ line, exit: 0 })
      expect(stderr).toContain(`migrations/versions/${named}`)
      if (/^(?:history|show)/.test(line)) expect(stdout).toContain('a1')
    }
  },
)

test('a revision file that leads nowhere, and a folder with the name of one', async () => {
  const project = sqliteProject('a1')
  symlinkSync(project.path('gone.ts'), project.path('migrations/versions/b1.ts'))
  mkdirSync(project.path('migrations/versions/c1.ts'))
  expect(await project.failure('upgrade')).toMatchObject({
    code: 'unreadable-revision',
    message: expect.stringContaining('migrations/versions/b1.ts'),
  })
  expect(await project.run('heads')).toMatchObject({ code: 0, stdout: 'a1 (head), Make a1\n' })
})

test('a config file that is a folder', async () => {
  expect(told(await sqliteProject('a1').run('heads --config migrations'))).toContain('migrations')
})

test('a database at an unknown revision: what it means, and the ways out', async () => {
  const project = sqliteProject('a1', 'b1<a1')
  await project.run('upgrade')
  const other = projectWith({ ...sqliteConfig, ...chain('a1') })
  const url = `sqlite:${project.path('app.db')}`
  for (const line of ['upgrade', 'downgrade -1', 'stamp a1', 'plan upgrade head']) {
    const failure = await other.failure([...line.split(' '), '--url', url])
    expect({ line, code: failure.code }).toEqual({ line, code: 'unknown-revision' })
    expect(failure.message).toContain(`Can't locate revision "b1"`)
    expect(failure.hint).toContain(line === 'downgrade -1' ? '--yes' : 'aludel stamp --purge')
  }
  expect((await other.run(['current', '--url', url])).stdout).toContain('b1 (unknown')
  expect((await other.run(['history', '-i', '--url', url])).stdout).toContain('? b1 (current) is in the database')
})

test('a folder that cannot be written', async () => {
  const project = projectWith({
    'aludel.config.json': '{ "url": "sqlite:app.db", "migrations": "file/migrations" }',
    file: '',
  })
  expect(told(await project.run('revision -m x'))).toContain(project.path('file'))
  expect(told(await projectIn(project, 'file').run('init below'))).toContain(project.path('file'))
  expect(project.files()).toEqual(['aludel.config.json', 'file'])
})

/** The same folder, seen from a path below one of its files. */
function projectIn(project: TestProject, name: string): Pick<TestProject, 'run'> {
  return { run: (line, options) => project.run(line, { ...options, cwd: project.path(name) }) }
}

test('an upgrade that throws as it is recorded leaves nothing, also of the steps before it', async () => {
  const upgrade = `op.createTable('t_b1', { id: integer().primaryKey() })
  throw new Error('Changed my mind')`
  const project = followedBy(revisionFile('b1', ['a1'], { upgrade }))
  const failure = await project.failure('upgrade')
  expect(failure.message).toContain('migrations/versions/b1.ts')
  expect(failure.message).toContain('Changed my mind')
  expect(failure.code).not.toBe('unexpected')
  expect(await tablesOf(`sqlite:${project.path('app.db')}`)).toEqual([])
})

test('live code that throws in the middle is rolled back', async () => {
  const upgrade = `op.createTable('t_b1', { id: integer().primaryKey() })
  op.run(async ({ db }) => {
    await db.query('INSERT INTO t_a1 VALUES (1)')
    throw new Error('Changed my mind')
  })`
  const project = followedBy(revisionFile('b1', ['a1'], { upgrade }))
  const stderr = (await project.run('upgrade')).stderr
  expect(stderr).toContain('Changed my mind')
  expect(stderr).toContain('was rolled back')
  const url = `sqlite:${project.path('app.db')}`
  expect(await tablesOf(url)).toEqual(['t_a1'])
  expect(await onDatabase(url, async (db) => (await db.query('SELECT * FROM t_a1')).rows)).toEqual([])
  expect(await applied(project)).toBe('a1')
})

test('a way down that is left out is the inverse, and says why where there is none', async () => {
  const file = (body: string) =>
    `export const revision = 'a1'\nexport const downRevision = null\nexport function upgrade(op) { ${body} }\n`
  const project = projectWith({
    ...sqliteConfig,
    'migrations/versions/a1.ts': file("op.createTable('t', {})".replace('{}', '{ id: integer() }')).replace(
      'export',
      "import { integer } from 'aludel/schema'\nexport",
    ),
  })
  expect((await project.run('upgrade')).code).toBe(0)
  expect((await project.run('downgrade base')).code).toBe(0)
  project.write({ 'migrations/versions/a1.ts': file("op.execute('CREATE TABLE u (id int)')") })
  const refused = told(await project.run('upgrade'))
  expect(refused).toContain('1 revision of this upgrade cannot be taken back')
  expect(refused).toContain('What undoes this SQL is not told: CREATE TABLE u (id int)')
  expect((await project.run('upgrade --yes')).code).toBe(0)
  expect(told(await project.run('downgrade base'))).toContain('migrations/versions/a1.ts')
})

test('where in the program it was noticed is shown with ALUDEL_DEBUG, and else never', async () => {
  const project = sqliteProject('a1')
  expect((await project.run('upgrade nope')).stderr.split('\n')).toHaveLength(3)
  let stderr = ''
  const collect = {
    write: (text: string) => {
      stderr += text
    },
  }
  const place = { cwd: project.folder, environment: { ALUDEL_DEBUG: '1' }, stdout: collect, stderr: collect }
  expect(await runCli(['upgrade', 'nope'], { name: 'aludel', ...place })).toBe(1)
  expect(stderr).toMatch(/^\s+at /m)
})

test('doctor does not pass where the database cannot be seen, and passes without one', async () => {
  const project = sqliteProject('a1')
  const away = await project.run('doctor --url postgres://localhost:1/x')
  expect(away.code).toBe(3)
  expect(away.stdout).toContain('database-unreachable')
  expect(await project.run('doctor --files-only --url postgres://localhost:1/x')).toMatchObject({ code: 0 })
  expect(await projectWith(chain('a1')).run('doctor')).toMatchObject({
    code: 0,
    stderr: 'not asked: No database is set.\n',
  })
})

test('doctor and fix-chain do not pass where there is no folder of migrations', async () => {
  for (const verb of ['doctor', 'fix-chain', 'fix-chain --fix']) {
    const { code, stdout } = await projectWith({}).run(verb)
    expect([verb, code]).toEqual([verb, 3])
    expect(stdout).toContain('no-migrations')
  }
})

test.each(['fix-chain --format xml', 'doctor --format svg', 'fix-chain --fix --dry-run'])(
  '%s is wrong usage',
  async (line) => {
    expect(await sqliteProject('a1').run(line)).toMatchObject({ code: 2 })
  },
)
