// The built command as a process: exit code, streams, and two of them at once.

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { engines } from '../engines/index.ts'
import { tablesOf } from './database.ts'
import { chain, command, projectWith, revisionFile, sqliteConfig, sqliteProject } from './project.ts'

beforeAll(() => {
  execFileSync(process.execPath, [join(dirname(command), '../build.mjs'), '--if-stale'])
})

test('exit codes: 0 done, 1 refused, 2 wrong usage, 3 a check found something', async () => {
  const project = sqliteProject('a1')
  const codes = await Promise.all(
    ['heads', 'upgrade nope', 'upgarde', 'current --check-heads', '--version', '--help'].map((line) =>
      project.spawn(line),
    ),
  )
  expect(codes.map(({ code }) => code)).toEqual([0, 1, 2, 3, 0, 0])
})

test('answers go to stdout, everything else to stderr', async () => {
  const project = sqliteProject('a1')
  const { stdout, stderr } = await project.spawn('upgrade')
  expect(stdout).toMatch(/^Upgraded sqlite:.* by 1 revision in \d+ ms; it is at a1\.\n$/)
  expect(stderr).toMatch(/^upgrade a1 Make a1 \d+ ms\n$/)
  expect(await project.spawn('upgrade nope')).toMatchObject({ stdout: '', stderr: expect.stringMatching(/^FAILED: /) })
  const { stdout: document, stderr: silence } = await project.spawn('current --json')
  expect(JSON.parse(document)).toMatchObject({ rows: ['a1'] })
  expect(silence).toBe('')
})

test('the built command and the one in this process say the same', async () => {
  const project = sqliteProject('a1', 'b1<a1', 'c1<a1')
  for (const line of ['history', 'branches --json', 'upgrade --sql b1', 'show c2', 'upgrade', 'help migrate']) {
    expect(await project.spawn(line, { NO_COLOR: '1' })).toEqual(await project.run(line))
  }
})

test('a project without packages of its own can be typed and run', async () => {
  const project = projectWith({})
  expect(await project.spawn('init')).toMatchObject({ code: 0 })
  expect(await project.spawn(['revision', '--rev-id', 'a1', '-m', 'First'])).toMatchObject({ code: 0 })
  expect(await project.spawn('upgrade', { DATABASE_URL: 'sqlite:x.db' })).toMatchObject({ code: 0 })
  expect(project.files()).toContain('x.db')
})

for (const engine of engines) {
  test.skipIf(!engine.available)(`two upgrades at once on ${engine.name}: each revision runs once`, async () => {
    const { url, drop } = await engine.freshDatabase()
    const project = projectWith({ 'aludel.config.json': JSON.stringify({ url }), ...chain('a1', 'b1<a1', 'c1<b1') })
    try {
      const answers = await Promise.all([project.spawn('upgrade --json'), project.spawn('upgrade --json')])
      expect(answers.map(({ code, stderr }) => ({ code, stderr }))).toEqual([
        { code: 0, stderr: '' },
        { code: 0, stderr: '' },
      ])
      const steps = answers.flatMap(
        ({ stdout }) => (JSON.parse(stdout) as { readonly steps: readonly { readonly revision: string }[] }).steps,
      )
      expect(steps.map(({ revision }) => revision).sort()).toEqual(['a1', 'b1', 'c1'])
      expect(await tablesOf(url)).toEqual(['t_a1', 't_b1', 't_c1'])
    } finally {
      await drop()
    }
  })
}

test('a broken file shows no stack trace of a process either', async () => {
  const project = projectWith({
    ...sqliteConfig,
    'migrations/versions/a1.ts': revisionFile('a1', [], { upgrade: `throw new Error('Changed my mind')` }),
    'migrations/versions/b1.ts': revisionFile('b1', ['a1'], { upgrade: 'op.createTable(' }),
  })
  expect(await project.spawn('upgrade')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('a1.ts:'),
  })
  expect(await project.spawn('upgrade --sql a1:b1')).toMatchObject({ code: 1, stdout: '' })
  expect((await project.spawn('upgrade', { ALUDEL_DEBUG: '' })).stderr).toContain('Changed my mind')
})

test('a reader that goes away is no failure, and an upgrade runs on', async () => {
  const ids = Array.from({ length: 1000 }, (_, number) => `r${number}`)
  const files = ids.map((id, number) => {
    const parent = number === 0 ? 'null' : `'r${number - 1}'`
    return `export const revision = '${id}'\nexport const downRevision = ${parent}\nexport function upgrade() {}\n`
  })
  const project = projectWith({
    ...sqliteConfig,
    ...Object.fromEntries(ids.map((id, number) => [`migrations/versions/${id}.ts`, files[number] ?? ''])),
  })
  // A pipe of the shell holds less than this history; a child's streams here would hold all of it.
  const shell = (line: string) =>
    execFileSync('sh', ['-c', line.replaceAll('aludel', `"${process.execPath}" "${command}"`)], {
      cwd: project.folder,
      encoding: 'utf8',
    })
  expect(shell('(aludel history -v 2> complaints; echo $? > code) | head -n 1')).toBe('* Rev: r999 (head)\n')
  expect([project.read('code'), project.read('complaints')]).toEqual(['0\n', ''])
  shell('(aludel upgrade r9 2>&1; echo $? > code) | true')
  expect(project.read('code')).toBe('0\n')
  expect((await project.json<{ readonly rows: unknown }>('current')).rows).toEqual(['r9'])
})

test('a folder that is gone is told in words', async () => {
  const project = sqliteProject('a')
  const gone = project.path('gone')
  mkdirSync(gone)
  const line = `cd '${gone}' && rmdir '${gone}' && '${process.execPath}' '${command}' heads`
  const { status, stderr } = spawnSync('sh', ['-c', line], { encoding: 'utf8' })
  expect(stderr).toBe(
    'FAILED: The folder that this was started in is not there any more.\nChange to a folder that exists.\n',
  )
  expect(status).toBe(1)
})
