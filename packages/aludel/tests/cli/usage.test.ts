// Help, wrong usage, and the name under which the command runs.

import { expect, test } from 'vitest'
import { verbs } from '../../src/cli/verbs.ts'
import { projectWith, sqliteProject } from './project.ts'

test('help names every command, and each has help of its own under the name it is called by', async () => {
  const project = projectWith({})
  const { stdout } = await project.run('--help', { name: 'panel db' })
  expect(stdout).toMatch(/^Usage: panel db <command> \[options\]\n/)
  for (const { name, options } of verbs) {
    expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'))
    const help = await project.run(`${name} --help`, { name: 'panel db' })
    expect(help).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(`^Usage: panel db ${name}\\b`) })
    for (const { flags } of options) expect(help.stdout).toContain(flags)
    expect(await project.run(`help ${name}`, { name: 'panel db' })).toEqual(help)
    expect(await project.run(`${name} -h`, { name: 'panel db' })).toEqual(help)
  }
  expect((await project.run('--version')).stdout).toMatch(/^aludel \d+\.\d+\.\d+/)
})

test.each([
  ['', 'No command'],
  ['upgarde', 'Did you mean "upgrade"?'],
  ['help upgarde', 'Did you mean "upgrade"?'],
  ['upgrade --jsno', '"--json"'],
  ['upgrade --url', '--url needs a value'],
  ['upgrade --json=yes', 'takes no value'],
  ['heads extra', '"extra"'],
  ['show', 'needs <target>'],
  ['merge', 'needs <revisions...>'],
  ['plan upgrade', 'needs <target>'],
  ['plan upgrde head', 'Did you mean "upgrade"?'],
  ['current --purge', 'has no option --purge'],
  ['downgrade -r -1', 'has no option -r'],
])('wrong usage ends with 2 and says what to type: aludel %s', async (line, told) => {
  const { code, stdout, stderr } = await sqliteProject('a1').run(line)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^USAGE: /)
  expect(stderr).toContain(told)
  expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2)
})

test('hints name the command as it was called', async () => {
  const project = sqliteProject('a1', 'b1<a1', 'c1<a1')
  const named = { name: 'panel db' }
  for (const line of [
    'upgrade',
    'revision -m x',
    'downgrade --sql a1',
    'merge b1',
    'show zzzz',
    'edit base',
    'check',
    '-d nope upgrade',
    'heads x',
  ]) {
    const { stderr } = await project.run(line, named)
    expect(stderr).not.toMatch(/`aludel |Type aludel /)
  }
  expect((await project.run('upgrade', named)).stderr).toContain('`panel db merge heads`')
  expect((await projectWith({}).run('init', named)).stdout).toContain('panel db migrate')
})
