// Which files are revisions, and what is said of those that cannot be read.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { ownModules } from '../../src/index/own.ts'
import { openProject } from '../../src/project/project.ts'
import { loadScripts, readScriptFile, readScriptFiles, requireLegal, scriptsFrom } from '../../src/project/scripts.ts'

const home = mkdtempSync(join(tmpdir(), 'aludel-'))
afterAll(() => rmSync(home, { recursive: true }))
let folders = 0

type Files = Readonly<Record<string, string | Buffer>>

async function projectWith(files: Files, migrations: readonly string[] = ['migrations']) {
  folders += 1
  const cwd = join(home, `${folders}`)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true })
    writeFileSync(join(cwd, name), text)
  }
  return openProject({ cwd, config: { migrations }, environment: {}, own: async () => ownModules() })
}

async function scriptsIn(files: Files, migrations?: readonly string[]) {
  return loadScripts(await projectWith(files, migrations))
}

const header = (id: string, down: string | null = null) =>
  `export const revision = '${id}'\nexport const downRevision = ${down === null ? 'null' : `'${down}'`}\n`
const compiled = (id: string) => `"use strict";\nexports.revision = '${id}';\nexports.downRevision = null;\n`
const at = 'migrations/versions'

describe('a revision file', () => {
  test('has one of these endings, at any depth', async () => {
    const { graph, problems } = await scriptsIn({
      [`${at}/a.ts`]: header('a'),
      [`${at}/b.mts`]: header('b'),
      [`${at}/c.js`]: header('c'),
      [`${at}/d.mjs`]: header('d'),
      [`${at}/e.cjs`]: compiled('e'),
      [`${at}/2026/11/f.ts`]: header('f'),
    })
    expect([...graph.revisions.keys()].sort().join('')).toBe('abcdef')
    expect(problems).toEqual([])
  })

  test('is no declaration, map, test or hidden file, and none of a package', async () => {
    const { graph, problems } = await scriptsIn({
      [`${at}/a.ts`]: header('a'),
      [`${at}/a.d.ts`]: 'export {}',
      [`${at}/a.js.map`]: '{}',
      [`${at}/a.test.ts`]: '',
      [`${at}/a.spec.mjs`]: '',
      [`${at}/_helper.ts`]: '',
      [`${at}/.hidden.ts`]: '',
      [`${at}/_old/b.ts`]: header('b'),
      [`${at}/node_modules/x/c.js`]: header('c'),
      [`${at}/README.md`]: '',
    })
    expect([...graph.revisions.keys()]).toEqual(['a'])
    expect(problems).toEqual([])
  })

  test('stands for what was compiled from it', async () => {
    const { graph, problems } = await scriptsIn({
      [`${at}/a.ts`]: header('a'),
      [`${at}/a.js`]: compiled('a'),
      [`${at}/a.mjs`]: header('x'),
    })
    expect([...graph.revisions.values()].map(({ path }) => path)).toEqual(['migrations/versions/a.ts'])
    expect(problems).toEqual([])
  })

  test('may lie in several folders, and is known by its path in the order of code units', async () => {
    const files = {
      'two/versions/Z.ts': header('z'),
      'two/versions/a.ts': header('a'),
      'one/versions/b.ts': header('b'),
    }
    const { graph } = await scriptsIn(files, ['two', 'one'])
    expect([...graph.revisions.values()].map(({ path }) => path)).toEqual([
      'one/versions/b.ts',
      'two/versions/Z.ts',
      'two/versions/a.ts',
    ])
  })

  test('need not be there', async () => {
    expect((await scriptsIn({ 'a.txt': '' })).graph.revisions.size).toBe(0)
  })
})

describe('a file that cannot be read as a revision is named, and the rest is read', () => {
  test.each([
    ['no-revision', 'export const x = 1\n', 'has no `revision` in its header'],
    ['no-revision', "export const downRevision = 'a'\n", 'has no `revision` in its header'],
    ['incomplete-header', "export const revision = 'b'\n", 'has no `downRevision` in its header'],
    ['unreadable-revision', 'export const = (\n', 'is not valid TypeScript'],
    ['computed-header', "export const revision = x\nexport const downRevision = 'a'\n", 'computes its revision'],
    [
      'invalid-header',
      `${header('b')}export const phase = 'soon'\n`,
      '`phase` is "soon", but it can only be "expand", "migrate", "contract"',
    ],
    ['invalid-header', `${header('b')}export const transaction = 'never'\n`, '`transaction` is "never"'],
    ['illegal-id', "export const revision = ['b']\nexport const downRevision = 'a'\n", 'is a list and not a text'],
    ['illegal-id', "export const revision = null\nexport const downRevision = 'a'\n", 'is null and not a text'],
    [
      'illegal-id',
      "export const revision = 42\nexport const downRevision = 'a'\n",
      'The identifier 42 is a number and not a text',
    ],
    [
      'illegal-id',
      "export const revision = 'b'\nexport const downRevision = 42\n",
      'The identifier 42 in `downRevision` is a number and not a text',
    ],
    [
      'illegal-id',
      "export const revision = 'b'\nexport const downRevision = ['a', 42]\n",
      'The list of identifiers [a, 42] in `downRevision` holds a number and not a text',
    ],
    ['invalid-header', `${header('b')}export const branchLabels = 42\n`, '`branchLabels` is a number and not a text'],
    ['invalid-header', `${header('b')}export const createdAt = ['x']\n`, '`createdAt` must be one text'],
    ['illegal-id', header('b c'), 'contains " "'],
    ['duplicate-revision', header('a'), '"a"'],
    ['missing-parent', header('b', 'none'), '"none"'],
    ['self-reference', header('b', 'b'), 'itself'],
  ])('%s: %j', async (code, text, sentence) => {
    const scripts = await scriptsIn({ [`${at}/a.ts`]: header('a'), [`${at}/b.ts`]: text })
    expect(scripts.problems.map((problem) => problem.code)).toEqual([code])
    expect(scripts.problems[0]?.message).toContain(sentence)
    expect(scripts.problems[0]?.files).toContain(`${at}/b.ts`)
    expect(scripts.graph.revisions.has('a')).toBe(true)
    expect(() => requireLegal(scripts)).toThrow(expect.objectContaining({ code, hint: expect.any(String) }))
  })
})

describe('what follows a file that is there but unusable does not dangle', () => {
  test.each([
    ['computed-header', "export const revision = 'b'\nexport const downRevision = x\n"],
    ['incomplete-header', "export const revision = 'b'\n"],
    ['invalid-header', `${header('b')}export const phase = 'soon'\n`],
    ['illegal-id', "export const revision = 'b'\nexport const downRevision = 42\n"],
  ])('%s', async (code, text) => {
    const { problems, graph } = await scriptsIn({
      [`${at}/b.ts`]: text,
      [`${at}/c.ts`]: header('c', 'b'),
      [`${at}/d.ts`]: `${header('d', 'c')}export const dependsOn = 'b'\n`,
    })
    expect(problems.map((problem) => [problem.code, problem.files])).toEqual([[code, [`${at}/b.ts`]]])
    expect([...graph.revisions.keys()]).toEqual(['c', 'd'])
  })

  test('nor what depends on its label, and a name that nobody states still does', async () => {
    const { problems } = await scriptsIn({
      [`${at}/b.ts`]:
        "export const downRevision = x\nexport const revision = 'b'\nexport const branchLabels = ['forum']\n",
      [`${at}/c.ts`]: `${header('c')}export const dependsOn = 'forum'\n`,
      [`${at}/d.ts`]: header('d', 'none'),
    })
    expect(problems.map(({ code }) => code)).toEqual(['computed-header', 'missing-parent'])
  })

  test('where the identifier is a number, quotes are all that it lacks', async () => {
    const { problems } = await scriptsIn({
      [`${at}/a.ts`]: 'export const revision = 42\nexport const downRevision = null\n',
      [`${at}/b.ts`]: header('b', '42'),
    })
    expect(problems.map((problem) => [problem.code, problem.revisions])).toEqual([['illegal-id', ['42']]])
  })
})

describe('every file is read, whatever is wrong with it', () => {
  test('with its text, its fields and its problem', async () => {
    const project = await projectWith({
      [`${at}/c.ts`]: "export const revision = 'c'\nexport const downRevision = x\n",
      [`${at}/a.ts`]: header('a'),
      [`${at}/b.ts`]: 'export const revision = 42\nexport const downRevision = null\n',
    })
    const files = readScriptFiles(project)
    expect(files).toMatchObject([
      { path: `${at}/a.ts`, text: header('a'), script: { id: 'a' }, problem: null, computed: [], numbers: [] },
      { path: `${at}/b.ts`, fields: { revision: '42' }, numbers: ['revision'], script: null },
      { path: `${at}/c.ts`, fields: { revision: 'c' }, computed: ['downRevision'], script: null },
    ])
    expect(files.map(({ problem }) => problem?.code)).toEqual([undefined, 'illegal-id', 'computed-header'])
    expect(scriptsFrom(files).problems).toEqual(loadScripts(project).problems)
  })

  test('also where its bytes are no UTF-8, or it cannot be read at all', async () => {
    const latin = Buffer.from(`/** caf\xE9 */\n${header('a')}`, 'latin1')
    const project = await projectWith({
      [`${at}/a.ts`]: latin,
      [`${at}/b.ts`]: `/** caf\uFFFD */\n${header('b', 'a')}`,
    })
    symlinkSync('nowhere', join(project.directory, at, 'c.ts'))
    const [a, b, c] = readScriptFiles(project)
    expect(a).toMatchObject({ encoding: 'other', problem: null, script: { id: 'a' } })
    expect(b).toMatchObject({ encoding: 'utf-8', problem: null, script: { id: 'b' } })
    expect(c).toMatchObject({ text: '', fields: {}, script: null, problem: { code: 'unreadable-revision' } })
  })

  test('and a text that is on no disk in the same way', () => {
    const place = { file: '/nowhere/a.ts', path: 'a.ts' }
    expect(readScriptFile(place, header('a', 'b'))).toMatchObject({
      ...place,
      encoding: 'utf-8',
      script: { id: 'a', downRevisions: ['b'], file: '/nowhere/a.ts', path: 'a.ts' },
    })
  })
})
