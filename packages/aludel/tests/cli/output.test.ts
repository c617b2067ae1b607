// What each verb says to a person, and what goes to which stream.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runCli } from '../../src/cli/index.ts'
import { projectWith, revisionFile, sqliteConfig, sqliteProject } from './project.ts'

const untimed = (text: string) => text.replace(/\d+ ms/g, 'N ms').replace(/\/\S+\/app\.db/g, '/app.db')
const forked = () => sqliteProject('a1', 'b1<a1', 'c1<a1', 'd1<b1,c1')

// A command that is given streams writes to nothing else.
beforeEach(() => {
  vi.spyOn(process.stdout, 'write')
  vi.spyOn(process.stderr, 'write')
})
afterEach(() => {
  const ours = [...vi.mocked(process.stdout.write).mock.calls, ...vi.mocked(process.stderr.write).mock.calls]
  vi.restoreAllMocks()
  expect(ours).toEqual([])
})

test('the way of a database, as it is told', async () => {
  const project = forked()
  const told = []
  for (const line of [
    'current',
    'upgrade b1',
    'upgrade',
    'upgrade',
    'current',
    'downgrade a1',
    'stamp head',
    'stamp head',
    'stamp base',
  ]) {
    const { code, stdout, stderr } = await project.run(line)
    told.push(`$ aludel ${line}${code === 0 ? '' : ` [${code}]`}`, stderr, stdout)
  }
  expect(
    untimed(
      told
        .filter((text) => text !== '')
        .map((text) => text.trimEnd())
        .join('\n'),
    ),
  ).toMatchInlineSnapshot(`
    "$ aludel current
    sqlite:/app.db has no revision yet: it is at <base>.
    $ aludel upgrade b1
    upgrade 1/2 a1 Make a1 N ms
    upgrade 2/2 b1 Make b1 N ms
    Upgraded sqlite:/app.db by 2 revisions in N ms; it is at b1.
    $ aludel upgrade
    upgrade 1/2 c1 Make c1 N ms
    upgrade 2/2 d1 Make d1 N ms
    Upgraded sqlite:/app.db by 2 revisions in N ms; it is at d1.
    $ aludel upgrade
    Nothing to do: sqlite:/app.db is at d1.
    $ aludel current
    d1 (head) (current) (mergepoint), Make d1
    $ aludel downgrade a1
    downgrade 1/3 d1 Make d1 N ms
    downgrade 2/3 b1 Make b1 N ms
    downgrade 3/3 c1 Make c1 N ms
    Downgraded sqlite:/app.db by 3 revisions in N ms; it is at a1.
    $ aludel stamp head
    Stamped sqlite:/app.db: it was at a1, it is at d1. Nothing was run.
    $ aludel stamp head
    Nothing to do: sqlite:/app.db is at d1.
    $ aludel stamp base
    Stamped sqlite:/app.db: it was at d1, it is at <base>. Nothing was run."
  `)
})

test('history is drawn as git draws it, with what is applied where that was asked', async () => {
  const project = forked()
  await project.run('upgrade b1')
  expect((await project.run('history -i')).stdout).toMatchInlineSnapshot(`
    "* d1 (head) (mergepoint), Make d1 (pending)
    |\\
    * | b1 (current), Make b1
    | * c1, Make c1 (pending)
    |/
    * a1 (branchpoint), Make a1 (applied)
    "
  `)
  expect((await project.run('history -v -r b1:')).stdout).toMatchInlineSnapshot(`
    "* Rev: d1 (head) (mergepoint)
    | Merges: b1, c1
    | Created: 2026-01-02T03:04:05Z
    | Path: migrations/versions/d1.ts
    |
    |     Make d1
    |
    * Rev: b1
      Parent: a1
      Created: 2026-01-02T03:04:05Z
      Path: migrations/versions/b1.ts

          Make b1

    "
  `)
})

test('heads, branches, show and current say the same of a revision', async () => {
  const header = `export const branchLabels = ['forum']\nexport const dependsOn = ['b1']\nexport const createdAt = '2026-01-02T03:04:05Z'`
  const project = projectWith({
    ...sqliteConfig,
    'migrations/versions/a1.ts': revisionFile('a1', []),
    'migrations/versions/b1.ts': revisionFile('b1', ['a1']),
    'migrations/versions/f1.ts': revisionFile('f1', ['a1'], { header }),
  })
  await project.run('upgrade heads')
  const told = []
  for (const line of [
    'heads',
    'heads --resolve-dependencies',
    'heads -v',
    'branches',
    'show a1',
    'show base',
    'current',
    'current -v',
  ])
    told.push(
      `$ aludel ${line}\n`,
      ...Object.values(await project.run(line)).filter((text) => typeof text === 'string'),
    )
  expect(untimed(told.join(''))).toMatchInlineSnapshot(`
    "$ aludel heads
    * f1 (forum) (head), Make f1
    | * b1 (effective head), Make b1
    |/
    * a1 (branchpoint), Make a1
    $ aludel heads --resolve-dependencies
    f1 (forum) (head), Make f1
    $ aludel heads -v
    * Rev: f1 (head)
    | Parent: a1
    | Also depends on: b1
    | Branch names: forum
    | Created: 2026-01-02T03:04:05Z
    | Path: migrations/versions/f1.ts
    |
    |     Make f1
    |
    | * Rev: b1 (effective head)
    | | Parent: a1
    | | Created: 2026-01-02T03:04:05Z
    | | Path: migrations/versions/b1.ts
    | |
    | |     Make b1
    | |
    |/
    * Rev: a1 (branchpoint)
      Parent: <base>
      Created: 2026-01-02T03:04:05Z
      Path: migrations/versions/a1.ts

          Make a1

    $ aludel branches
    a1 (branchpoint), Make a1
       -> b1 (effective head), Make b1
       -> f1 (forum) (head), Make f1
    $ aludel show a1
    Rev: a1 (branchpoint)
    Parent: <base>
    Branches into: b1, f1
    Created: 2026-01-02T03:04:05Z
    Path: migrations/versions/a1.ts

        Make a1

    $ aludel show base
    That is <base>, before the first revision: no file is there.
    $ aludel current
    f1 (forum) (head) (current), Make f1
    $ aludel current -v
    Current revision(s) of sqlite:/app.db:
    Rev: f1 (head) (current)
    Parent: a1
    Also depends on: b1
    Branch names: forum
    Created: 2026-01-02T03:04:05Z
    Path: migrations/versions/f1.ts

        Make f1

    "
  `)
})

test('a plan says from where to where each step leads', async () => {
  const project = forked()
  const plans = [
    'upgrade head --from base',
    'downgrade a1 --from d1',
    'stamp b1 --from a1',
    'upgrade head --from b1 c1',
    'upgrade head --from d1',
  ]
  const told = []
  for (const line of plans)
    told.push(`$ aludel plan ${line}\n`, ...Object.values(await project.run(`plan ${line}`)).slice(1))
  expect(told.join('')).toMatchInlineSnapshot(`
    "$ aludel plan upgrade head --from base
    From <base> to d1:
      upgrade <base> -> a1, Make a1
      upgrade a1 -> c1, Make c1
      upgrade a1 -> b1, Make b1
      upgrade b1, c1 -> d1, Make d1
    $ aludel plan downgrade a1 --from d1
    From d1 to a1:
      downgrade d1 -> b1, c1, Make d1
      downgrade b1 -> a1, Make b1
      downgrade c1 -> a1, Make c1
    $ aludel plan stamp b1 --from a1
    From a1 to b1:
      stamp a1 -> b1
    $ aludel plan upgrade head --from b1 c1
    From b1, c1 to d1:
      upgrade b1, c1 -> d1, Make d1
    $ aludel plan upgrade head --from d1
    From d1 to d1:
      nothing to do
    "
  `)
})

test('a plan from given revisions asks no database', async () => {
  const project = forked()
  const answer = await project.run('plan upgrade head --from base --url postgresql://u:p@192.0.2.1:1/x')
  expect(answer.code).toBe(0)
  expect(project.files()).not.toContain('app.db')
})

test('current --check-heads ends with 3 until everything is applied', async () => {
  const project = forked()
  expect((await project.run('current --check-heads')).code).toBe(3)
  await project.run('upgrade c1')
  expect(await project.run('current --check-heads')).toEqual({
    code: 3,
    stdout: 'c1 (current), Make c1\n',
    stderr: 'The database is not at every head.\n',
  })
  await project.run('upgrade')
  expect(await project.run('current --check-heads')).toMatchObject({ code: 0, stderr: '' })
})

test('reading makes no database', async () => {
  const project = forked()
  for (const line of ['current', 'history -i', 'plan upgrade head', 'show current', 'heads']) {
    expect(await project.run(line)).toMatchObject({ code: 0 })
    expect(project.files()).not.toContain('app.db')
  }
})

test('--quiet keeps everything but errors, --events gives a line of JSON for each event', async () => {
  const project = forked()
  expect(await project.run('upgrade b1 --quiet')).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(await project.run('upgrade nope -q')).toMatchObject({ code: 1, stderr: expect.stringContaining('nope') })
  const { stdout, stderr } = await project.run('upgrade --events --json')
  expect(JSON.parse(stdout)).toMatchObject({ heads: ['d1'] })
  const events = stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(events.at(-1)).toMatchObject({ kind: 'done', steps: 2, heads: ['d1'] })
  const steps = events.filter(({ kind }) => String(kind).startsWith('step-'))
  expect(steps.map(({ kind, revision, position, total }) => [kind, revision, position, total])).toEqual([
    ['step-started', 'c1', 1, 2],
    ['step-done', 'c1', 1, 2],
    ['step-started', 'd1', 2, 2],
    ['step-done', 'd1', 2, 2],
  ])
})

test('colour is for terminals', async () => {
  const coloured = async (environment: Record<string, string>, isTTY: boolean) => {
    let text = ''
    const stdout = {
      isTTY,
      write: (piece: string) => {
        text += piece
      },
    }
    await runCli(['heads'], { name: 'aludel', cwd: forked().folder, environment, stdout, stderr: stdout })
    return text.includes('\u001b[')
  }
  expect(await coloured({}, true)).toBe(true)
  expect(await coloured({}, false)).toBe(false)
  expect(await coloured({ NO_COLOR: '1' }, true)).toBe(false)
  expect(await coloured({ FORCE_COLOR: '1' }, false)).toBe(true)
  expect(await coloured({ TERM: 'dumb' }, true)).toBe(false)
})

test('a command neither exits nor reads the arguments of the process', async () => {
  const exit = vi.spyOn(process, 'exit')
  const before = process.exitCode
  const given = process.argv
  process.argv = ['node', 'app', 'downgrade', 'base']
  try {
    expect(await sqliteProject('a1').run('no-such-verb')).toMatchObject({ code: 2 })
    expect(await sqliteProject('a1').run('heads')).toMatchObject({ code: 0, stdout: 'a1 (head), Make a1\n' })
  } finally {
    process.argv = given
  }
  expect(exit).not.toHaveBeenCalled()
  expect(process.exitCode).toBe(before)
})
