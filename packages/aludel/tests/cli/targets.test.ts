// One grammar of revisions in every verb: counted steps, ranges, names in part, and what is said to a wrong one.

import { expect, test } from 'vitest'
import { tablesOf } from './database.ts'
import { projectWith, revisionFile, sqliteConfig, sqliteProject } from './project.ts'

const long = { a: '1a2b3c4d5e6f', b: '1a2b77777777', c: '9c9c9c9c9c9c' }
const chainOfThree = () => sqliteProject('a1', 'b1<a1', 'c1<b1')
const forked = () => sqliteProject('a1', 'b1<a1', 'c1<a1')

async function standing(project: ReturnType<typeof sqliteProject>): Promise<string> {
  return (await project.json<{ readonly rows: readonly string[] }>('current')).rows.join(' ')
}

test('steps can be counted from where the database is, and from a revision', async () => {
  const project = chainOfThree()
  for (const [line, expected] of [
    ['upgrade +1', 'a1'],
    ['upgrade a1+2', 'c1'],
    ['downgrade -1', 'b1'],
    ['downgrade', 'a1'],
    ['upgrade head', 'c1'],
    ['downgrade c1-2', 'a1'],
    ['downgrade base', ''],
    ['upgrade heads', 'c1'],
  ] as const) {
    expect(await project.run(line)).toMatchObject({ code: 0 })
    expect(`${line}: ${await standing(project)}`).toBe(`${line}: ${expected}`)
  }
})

test('more steps than there are is refused', async () => {
  const project = chainOfThree()
  expect(await project.run('upgrade +4')).toMatchObject({ code: 1 })
  await project.run('upgrade b1')
  expect(await project.run('downgrade -3')).toMatchObject({ code: 1 })
  expect(await standing(project)).toBe('b1')
})

test.each([
  ['-r a1:b1', 'b1 a1'],
  ['-r b1:', 'c1 b1'],
  ['-r :b1', 'b1 a1'],
  ['-ra1:b1', 'b1 a1'],
  ['--rev-range=a1:b1', 'b1 a1'],
  ['-r-1:current', 'b1 a1'],
  ['-r -1:current', 'b1 a1'],
  ['-r current:', 'c1 b1'],
  ['--rev-range -1:current', 'b1 a1'],
])('history %s shows %s', async (range, expected) => {
  const project = chainOfThree()
  await project.run('upgrade b1')
  const { revisions } = await project.json<{ readonly revisions: readonly { readonly id: string }[] }>(
    `history ${range}`,
  )
  expect(revisions.map(({ id }) => id).join(' ')).toBe(expected)
})

test('an identifier may be cut short while only one begins so', async () => {
  const project = projectWith({
    ...sqliteConfig,
    'migrations/versions/1.ts': revisionFile(long.a, []),
    'migrations/versions/2.ts': revisionFile(long.b, [long.a]),
    'migrations/versions/3.ts': revisionFile(long.c, [long.b]),
  })
  expect(await project.run('upgrade 1a2b3')).toMatchObject({ code: 0 })
  expect(await standing(project)).toBe(long.a)
  const { code, hint, details } = await project.failure('upgrade 1a2b')
  expect({ code, hint, details }).toEqual({
    code: 'ambiguous-revision',
    hint: 'Write more of it.',
    details: { revision: '1a2b', candidates: [long.a, long.b] },
  })
  expect(await project.failure('show 9c9c9c9d')).toMatchObject({
    code: 'unknown-revision',
    hint: `Did you mean "${long.c}"?`,
  })
})

test.each([
  ['upgrade', 'haed', 'head'],
  ['downgrade', 'bsae', 'base'],
  ['show', 'b2', 'b1'],
  ['stamp', 'c11', 'c1'],
  ['edit', 'a12', 'a1'],
  ['plan upgrade', 'hed', 'head'],
  ['merge', 'haeds', 'heads'],
  ['history -r', 'a1:b11', 'b1'],
])('%s %s: did you mean %s?', async (verb, given, meant) => {
  const { code, hint } = await chainOfThree().failure(`${verb} ${given}`)
  expect(code).toBe('unknown-revision')
  expect(hint).toContain(`"${meant}"`)
})

test('where nothing is near, the list is pointed to by the name under which the command runs', async () => {
  const project = chainOfThree()
  expect((await project.failure('show zzzzzzzz')).hint).toContain('`aludel history`')
  expect((await project.failure('show zzzzzzzz', { name: 'panel db' })).hint).toContain('`panel db history`')
})

test('several heads: `head` is refused with the three ways out, `heads` takes all', async () => {
  const project = forked()
  const { code, hint, details } = await project.failure('upgrade')
  expect(code).toBe('multiple-heads')
  expect(hint).toContain('`aludel merge heads`')
  expect(hint).toContain('`heads`')
  expect(JSON.stringify(details)).toContain('b1')
  expect(await project.run('upgrade heads')).toMatchObject({ code: 0 })
  expect(await standing(project)).toBe('b1 c1')
  expect(await project.failure('downgrade -1')).toMatchObject({
    code: 'ambiguous-downgrade',
    hint: 'Name the branch: b1@-1, c1@-1.',
  })
  expect(await project.run('downgrade b1@-1')).toMatchObject({ code: 0 })
  expect(await standing(project)).toBe('c1')
})

test('a revision cannot follow several heads by itself: merge, or say which', async () => {
  const project = forked()
  expect(await project.failure('revision -m x')).toMatchObject({
    code: 'multiple-heads',
    hint: expect.stringContaining('aludel merge heads'),
  })
  expect((await project.run('revision -m x --rev-id d1 --head b1')).code).toBe(0)
  expect((await project.run('merge d1 c1 --rev-id e1 -m Both')).code).toBe(0)
  expect((await project.run('heads')).stdout).toBe('e1 (head) (mergepoint), Both\n')
})

test('merge wants two heads or more, each once', async () => {
  const project = forked()
  expect(await project.failure('merge b1')).toMatchObject({ code: 'nothing-to-merge' })
  expect(await project.failure('merge b1 b1')).toMatchObject({ code: 'duplicate-target' })
  expect(await project.failure('merge a1 b1')).toMatchObject({ code: 'not-a-head' })
  expect(await project.run('merge heads --rev-id d1')).toMatchObject({ code: 0 })
  expect(await project.failure('merge heads')).toMatchObject({ code: 'nothing-to-merge' })
})

test('a range is for scripts and for history', async () => {
  expect(await chainOfThree().failure('upgrade a1:c1')).toMatchObject({
    code: 'unexpected-range',
    hint: expect.stringContaining('--sql'),
  })
})

test('stamp moves the rows and runs nothing; --purge also takes unknown rows away', async () => {
  const project = forked()
  expect(await project.run('stamp b1 c1')).toMatchObject({ code: 0 })
  expect(await standing(project)).toBe('b1 c1')
  expect(await tablesOf(`sqlite:${project.path('app.db')}`)).toEqual([])
  const other = sqliteProject('x1')
  const url = `sqlite:${project.path('app.db')}`
  expect(await other.failure(['upgrade', '--url', url])).toMatchObject({ code: 'unknown-revision' })
  expect(await other.run(['current', '--url', url])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('b1 (unknown'),
  })
  const { hint } = await other.failure(['stamp', 'x1', '--url', url])
  expect(hint).toContain('--purge')
  expect(await other.run(['stamp', '--purge', 'x1', '--url', url])).toMatchObject({ code: 0 })
  expect((await other.json<{ readonly rows: unknown }>(['current', '--url', url])).rows).toEqual(['x1'])
})

test('with the defaults of Flask-Migrate, stamp, show and edit are of the head', async () => {
  const project = chainOfThree()
  const flask = { defaults: 'flask' } as const
  expect((await project.run('stamp')).code).toBe(2)
  expect((await project.run('stamp', flask)).code).toBe(0)
  expect(await standing(project)).toBe('c1')
  expect((await project.run('show')).code).toBe(2)
  expect((await project.run('show', flask)).stdout).toContain('Rev: c1 (head)')
  expect((await project.run('edit', { ...flask, environment: { EDITOR: 'true' } })).code).toBe(0)
})
