// Scripts instead of runs: what `--sql` prints does on the engine what the run would do.

import { expect, test } from 'vitest'
import { onDatabase, tablesOf } from './database.ts'
import { sqliteProject } from './project.ts'

const chainOfThree = () => sqliteProject('a1', 'b1<a1', 'c1<b1')

async function feed(url: string, script: string): Promise<string> {
  return onDatabase(url, async (db) => {
    await db.script(script)
    const { rows } = await db.query<{ readonly row: string }>('SELECT version_num AS row FROM alembic_version')
    return rows.map(({ row }) => row).join(' ')
  })
}

test('each script goes on where the one before it ended', async () => {
  const project = chainOfThree()
  const url = `sqlite:${project.path('fed.db')}`
  for (const [line, row, tables] of [
    ['upgrade --sql b1', 'b1', ['t_a1', 't_b1']],
    ['upgrade --sql b1:', 'c1', ['t_a1', 't_b1', 't_c1']],
    ['downgrade --sql c1:a1', 'a1', ['t_a1']],
    ['stamp --sql a1:c1', 'c1', ['t_a1']],
    ['stamp --sql c1:a1', 'a1', ['t_a1']],
    ['downgrade --sql a1:base', '', []],
  ] as const) {
    const { code, stdout, stderr } = await project.run(line)
    expect({ line, code, stderr }).toEqual({ line, code: 0, stderr: '' })
    expect({ line, row: await feed(url, stdout) }).toEqual({ line, row })
    expect({ line, tables: await tablesOf(url) }).toEqual({ line, tables })
  }
})

test('the whole way up as a script makes what upgrade makes', async () => {
  const project = chainOfThree()
  const { stdout } = await project.run('upgrade --sql')
  const url = `sqlite:${project.path('fed.db')}`
  expect(await feed(url, stdout)).toBe('c1')
  expect(await project.run(['upgrade', '--url', url])).toMatchObject({ stdout: `Nothing to do: ${url} is at c1.\n` })
  expect(await project.run(['downgrade', 'base', '--url', url])).toMatchObject({ code: 0 })
})

test('a stamp of nothing yet makes the version table', async () => {
  const project = chainOfThree()
  const { stdout } = await project.run('stamp --sql b1')
  expect(await feed(`sqlite:${project.path('fed.db')}`, stdout)).toBe('b1')
})

test('a downgrade as a script must say where it starts', async () => {
  const project = chainOfThree()
  expect(await project.failure('downgrade --sql a1')).toMatchObject({
    code: 'range-required',
    hint: 'Type `aludel downgrade --sql head:a1`.',
  })
  expect((await project.run('downgrade --sql')).stdout).toContain('-- Running downgrade c1 -> b1')
})

test('a script is for the engine of the address, and no server is asked', async () => {
  const project = chainOfThree()
  const script = async (url: string) => (await project.run(['upgrade', '--sql', 'a1', '--url', url])).stdout
  expect(await script('postgresql://u:p@192.0.2.1/x')).toContain('CREATE TABLE "t_a1"')
  expect(await script('mysql://u:p@192.0.2.1/x')).toContain('CREATE TABLE `t_a1`')
})

test('a purge cannot be a script', async () => {
  expect(await chainOfThree().failure('stamp --purge --sql head')).toMatchObject({ code: 'purge-needs-database' })
})

test('a script is printed also when nothing else is', async () => {
  const project = chainOfThree()
  expect(await project.run('upgrade --sql --quiet')).toEqual(await project.run('upgrade --sql'))
})

test('no file is made by a script', async () => {
  const project = chainOfThree()
  const before = project.files()
  await project.run('upgrade --sql')
  expect(project.files()).toEqual(before)
})

test('code is refused in a script, or left out with a comment where that is asked', async () => {
  const project = chainOfThree()
  const body = 'export function upgrade(op) { op.run(function fillIn() {}) }\nexport function downgrade() {}\n'
  project.write({
    'migrations/versions/d1.ts': `export const revision = 'd1'\nexport const downRevision = 'c1'\n${body}`,
  })
  const refused = await project.failure('upgrade --sql c1:d1')
  expect(refused.code).toBe('opaque-code')
  expect(refused.hint).toContain('--skip-code')
  const { code, stdout } = await project.run('upgrade --sql c1:d1 --skip-code')
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringContaining('-- Left out: the code "fillIn", which revision d1'),
  })
})
