// The graph on the screen: drawn as text, and in the languages of other programs.

import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { chain, command, projectWith, revisionFile, sqliteConfig, sqliteProject } from './project.ts'

beforeAll(() => {
  execFileSync(process.execPath, [join(dirname(command), '../build.mjs'), '--if-stale'])
})

/** Two heads that parted at c1, above a branch that was merged again; a chain of its own; and one that depends on it. */
function forest() {
  const header = (labels: string, dependsOn: string) =>
    `export const branchLabels = ${labels}\nexport const dependsOn = ${dependsOn}\nexport const createdAt = null`
  return projectWith({
    ...sqliteConfig,
    ...chain('a1', 'a2<a1', 'a3<a1', 'b1<a2,a3', 'c1<b1', 'd1<c1', 'e1<c1', 'e2<e1'),
    'migrations/versions/f1.ts': revisionFile('f1', [], { header: header(`['forum']`, 'null') }),
    'migrations/versions/f2.ts': revisionFile('f2', ['f1'], { header: header('null', `'d1'`) }),
  })
}

const ids = (text: string) =>
  text
    .match(/(?<=\* )[a-f]\d/g)
    ?.sort()
    .join(' ')

test('one head is one line, without a drawing', async () => {
  const project = sqliteProject('a1', 'b1<a1', 'c1<a1', 'd1<b1,c1')
  expect(await project.run('heads')).toEqual({ code: 0, stdout: 'd1 (head) (mergepoint), Make d1\n', stderr: '' })
  await project.run('upgrade b1')
  expect((await project.run('heads -i')).stdout).toBe('d1 (head) (mergepoint), Make d1 (pending)\n')
  expect((await project.run('heads -v')).stdout).toMatch(/^Rev: d1 \(head\) \(mergepoint\)\nMerges: b1, c1\n/)
})

test('several heads are drawn with the revisions where they parted and where they begin', async () => {
  const project = forest()
  const { code, stdout } = await project.run('heads')
  expect(code).toBe(0)
  expect(stdout).toMatchInlineSnapshot(`
    "* e2 (head), Make e2
    | * f2 (head), Make f2
    | * f1 (forum), Make f1
    |
    | * d1 (effective head), Make d1
    |/
    * c1 (branchpoint), Make c1
    * a1 (branchpoint), Make a1
    "
  `)
  expect(ids(stdout)).toBe('a1 c1 d1 e2 f1 f2')
  const { stdout: real } = await project.run('heads --resolve-dependencies')
  expect(ids(real)).toBe('a1 e2 f1 f2')
  const { revisions } = await project.json<{ readonly revisions: readonly { readonly id: string }[] }>('heads')
  expect(revisions.map(({ id }) => id)).toEqual(['d1', 'e2', 'f2'])
})

test('marks say what is current, applied, pending and missing', async () => {
  const project = sqliteProject('a1', 'b1<a1', 'c1<b1', 'd1<b1', 'x1')
  await project.run('upgrade c1')
  await project.run('upgrade x1')
  project.write({ 'migrations/versions/x1.ts': revisionFile('y1', []) })
  const missing = '? x1 (current) is in the database, but its file is missing'
  expect((await project.run('heads -i')).stdout).toBe(`${missing}
* c1 (head) (current), Make c1
| * d1 (head), Make d1 (pending)
|/
* b1 (branchpoint), Make b1 (applied)
* a1, Make a1 (applied)

* y1 (head), Make y1 (pending)
`)
  const { stdout } = await project.run('history -i -v')
  expect(stdout.split('\n')[0]).toBe(missing)
  expect(stdout).toContain('\n* Rev: c1 (head) (current)\n| Parent: b1\n')
  expect(stdout).toContain('\n| * Rev: d1 (head) (pending)\n| | Parent: b1\n')
  expect(stdout).toContain('\n* Rev: b1 (branchpoint) (applied)\n| Parent: a1\n')
  const mermaid = (await project.run('history -i --format mermaid')).stdout
  expect(mermaid.match(/^ {2}class .*$/gm)).toEqual([
    '  class r_c1 current',
    expect.stringMatching(/^ {2}class (?:r_a1,r_b1|r_b1,r_a1) applied$/),
    expect.stringMatching(/^ {2}class (?:r_d1,r_y1|r_y1,r_d1) pending$/),
    '  class r_x1 missing',
  ])
  expect((await project.run('heads -i --format dot')).stdout).toContain('"x1" [label="x1 (missing)", fillcolor=')
})

test('a flowchart has merges, branches, labels and dependencies', async () => {
  const project = forest()
  const { code, stdout, stderr } = await project.run('history --format mermaid')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const [head, ...lines] = stdout.trimEnd().split('\n')
  expect(head).toBe('flowchart BT')
  expect(lines.filter((line) => line.includes('[')).sort()).toEqual([
    ...['a1', 'a2', 'a3', 'b1', 'c1'].map((id) => `  r_${id}["${id}<br/>Make ${id}"]`),
    '  r_d1["d1 (effective head)<br/>Make d1"]',
    '  r_e1["e1<br/>Make e1"]',
    '  r_e2["e2 (head)<br/>Make e2"]',
    '  r_f1["f1 (forum)<br/>Make f1"]',
    '  r_f2["f2 (head)<br/>Make f2"]',
  ])
  expect(lines.filter((line) => line.includes('>') && !line.includes('[')).sort()).toEqual(
    [
      ...['a1 a2', 'a1 a3', 'a2 b1', 'a3 b1', 'b1 c1', 'c1 d1', 'c1 e1', 'e1 e2', 'f1 f2'].map((pair) =>
        pair.replace(/(\S+) (\S+)/, '  r_$1 --> r_$2'),
      ),
      '  r_d1 -.-> r_f2',
    ].sort(),
  )
})

test('what a range or heads leave out is passed over in every format', async () => {
  const project = forest()
  expect((await project.run('history -r b1:d1 --format dot')).stdout.match(/".*" -> .*/g)?.sort()).toEqual([
    '"b1" -> "c1"',
    '"c1" -> "d1"',
  ])
  expect((await project.run('heads --format dot')).stdout.match(/".*" -> .*/g)?.sort()).toEqual([
    '"a1" -> "c1"',
    '"c1" -> "d1"',
    '"c1" -> "e2"',
    '"d1" -> "f2" [style=dashed]',
    '"f1" -> "f2"',
  ])
  const single = sqliteProject('a1', 'b1<a1', 'c1<b1')
  expect((await single.run('heads --format mermaid')).stdout).toBe(`flowchart BT
  r_a1["a1<br/>Make a1"]
  r_c1["c1 (head)<br/>Make c1"]
  r_a1 --> r_c1
`)
})

describe.each(['history', 'heads'])('%s', (verb) => {
  test('--format json prints what --json prints, --format text what is printed without it', async () => {
    const project = forest()
    expect(await project.run(`${verb} --format json`)).toEqual(await project.run(`${verb} --json`))
    expect(await project.run(`${verb} --format text`)).toEqual(await project.run(verb))
  })

  test('a format that there is not is wrong usage, and the formats are named', async () => {
    const project = forest()
    const { code, stdout, stderr } = await project.run(`${verb} --format svg`)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/"svg".*\n.*text, mermaid, dot and json/)
    expect((await project.run(`${verb} --format dot --json`)).code).toBe(2)
    expect(await project.failure(`${verb} --format dot`)).toMatchObject({ code: 'usage' })
  })

  test('an illegal graph is drawn as far as it goes, and its problems are on stderr', async () => {
    const project = sqliteProject('a1', 'b1<a1', 'c1<gone', 'd1<e1', 'e1<d1', 'f1<a1')
    project.write({ 'migrations/versions/z.ts': 'export const revision = (' })
    for (const format of ['text', 'mermaid', 'dot', 'json']) {
      const { code, stdout, stderr } = await project.run(`${verb} --format ${format}`)
      expect(code).toBe(0)
      for (const id of ['a1', 'b1', 'c1', 'f1']) expect(stdout).toContain(id)
      expect(stderr).toMatch(/warning: .*"gone"/)
      expect(stderr).toMatch(/warning: .*circle/)
      expect(stderr).toMatch(/warning: .*z\.ts/)
    }
  })

  test('no revision, no drawing', async () => {
    const project = projectWith({ ...sqliteConfig, 'migrations/versions/.gitkeep': '' })
    const note = 'There is no revision.\n'
    expect(await project.run(verb)).toEqual({ code: 0, stdout: '', stderr: note })
    expect(await project.run(`${verb} --format mermaid`)).toMatchObject({ code: 0, stdout: 'flowchart BT\n' })
  })
})

test('an illegal graph has its heads drawn around what is broken', async () => {
  const project = sqliteProject('a1', 'b1<a1', 'c1<gone', 'd1<e1', 'e1<d1', 'f1<a1')
  expect((await project.run('heads')).stdout.split('\n').filter((line) => line.includes('*'))).toHaveLength(4)
})

test('the code of the other formats is loaded only where one is asked for', async () => {
  const project = forest()
  const built = join(dirname(command), '../dist/chunks')
  const drawers = readdirSync(built).filter(
    (name) => name.endsWith('.js') && /flowchart BT|digraph/.test(readFileSync(join(built, name), 'utf8')),
  )
  expect(drawers).not.toEqual([])
  const loaded = async (line: string) => {
    const folder = project.path(`coverage-${line.replaceAll(' ', '-')}`)
    expect(await project.spawn(line, { NODE_V8_COVERAGE: folder })).toMatchObject({ code: 0 })
    const reports = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
    return drawers.filter((name) => reports.some((report) => report.includes(`/dist/chunks/${name}"`)))
  }
  expect(await loaded('heads')).toEqual([])
  expect(await loaded('history')).toEqual([])
  expect(await loaded('heads --format mermaid')).not.toEqual([])
})
