// The `panel` command, as it was built.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { engines, type FreshDatabase } from '../../../packages/aludel/tests/engines/index.ts'

const program = fileURLToPath(new URL('../bin/panel.js', import.meta.url))
const [sqlite] = engines
let place: FreshDatabase
beforeAll(async () => {
  place = await (sqlite as (typeof engines)[number]).freshDatabase()
})
afterAll(() => place.drop())

const environment = () => ({
  ...process.env,
  DATABASE_URL: place.url,
  PANEL_SECRET: 'a secret that only the tests know',
})

function panel(...options: readonly string[]) {
  return panelIn({}, ...options)
}

function panelIn(more: Readonly<Record<string, string>>, ...options: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...options], {
    encoding: 'utf8',
    env: { ...environment(), ...more },
  })
  return { status, stdout, stderr }
}

async function serving(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [program, 'serve', '--port', '0'], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return { child, url: String(line).replace(/^.* /, '') }
}

test('panel --help says what there is', () => {
  const { status, stdout } = panel('--help')
  expect(status).toBe(0)
  for (const word of ['serve', 'db', 'promote', 'DATABASE_URL', 'PANEL_SECRET']) expect(stdout).toContain(word)
})

test.each([
  [[], 'Say which command.'],
  [['dance'], 'There is no command "dance".'],
  [['serve', '--port', '99999'], '--port takes a number'],
  [['serve', '--prt', '1'], '--prt'],
  [['promote'], 'promote takes one e-mail address.'],
])('wrong usage is told, with exit code 2: %j', (options, told) => {
  const { status, stderr } = panel(...options)
  expect([status, stderr]).toEqual([2, expect.stringContaining(told)])
  expect(stderr).not.toMatch(/\n\s+at /)
})

test('a secret that is too short, or none in production, is refused', () => {
  expect(panelIn({ PANEL_SECRET: 'short' }, 'serve')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('needs 32'),
  })
  const bare = panelIn({ PANEL_SECRET: '', NODE_ENV: 'production' }, 'serve')
  expect(bare).toMatchObject({ status: 1, stderr: expect.stringContaining('PANEL_SECRET is not set') })
})

test('panel db takes every verb of aludel, from any folder, with the targets that Flask-Migrate lets out', () => {
  const there = { encoding: 'utf8', env: environment(), cwd: '/' } as const
  const run = (...options: readonly string[]) => spawnSync(process.execPath, [program, 'db', ...options], there)
  expect(run('upgrade').status).toBe(0)
  expect(run('current').stdout).toContain('47b0e3d6f8c2')
  expect(run('stamp').status).toBe(0)
  expect(run('show').stdout).toContain('Track post edits')
  expect(run('check').status).toBe(0)
  expect(run('upgarde').stderr).toContain('panel db')
})

test('promote makes a moderator, or says that there is no such user', async () => {
  const { child, url } = await serving()
  const given = { email: 'ada@example.org', password: 'correct horse', firstName: 'Ada', lastName: 'L' }
  const headers = { 'Content-Type': 'application/json' }
  await fetch(`${url}/api/users`, { method: 'POST', headers, body: JSON.stringify(given) })
  expect(panel('promote', 'Ada@example.org').status).toBe(0)
  expect(panel('promote', 'bob@example.org')).toMatchObject({ status: 1, stderr: expect.stringContaining('no user') })
  const { users } = (await (await fetch(`${url}/api/users`)).json()) as { users: { role: string }[] }
  expect(users.map((user) => user.role)).toEqual(['moderator'])
  child.kill()
  await once(child, 'exit')
})

test('serve answers until it is told to stop, and then ends well', async () => {
  const { child, url } = await serving()
  expect((await fetch(`${url}/health`)).status).toBe(200)
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('serve says that its port is taken', async () => {
  const { child, url } = await serving()
  expect(panel('serve', '--port', new URL(url).port)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('EADDRINUSE'),
  })
  child.kill()
  await once(child, 'exit')
})
