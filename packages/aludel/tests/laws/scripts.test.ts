// Which files are revisions, and what is said of those that cannot be read.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { ownModules } from '../../src/index/own.ts'
import { openProject } from '../../src/project/project.ts'
import { loadScripts, requireLegal } from '../../src/project/scripts.ts'

const home = mkdtempSync(join(tmpdir(), 'aludel-'))
afterAll(() => rmSync(home, { recursive: true }))
let folders = 0

async function scriptsIn(files: Readonly<Record<string, string>>, migrations: readonly string[] = ['migrations']) {
  folders += 1
  const cwd = join(home, `${folders}`)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true })
    writeFileSync(join(cwd, name), text)
  }
  return loadScripts(await openProject({ cwd, config: { migrations }, environment: {}, own: async () => ownModules() }))
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
    ['no-revision', "export const revision = 'b'\n", 'has no `downRevision` in its header'],
    ['unreadable-revision', 'export const = (\n', 'is not valid TypeScript'],
    ['computed-header', "export const revision = x\nexport const downRevision = 'a'\n", 'computes its revision'],
    [
      'invalid-header',
      `${header('b')}export const phase = 'soon'\n`,
      '`phase` is "soon", but it can only be "expand", "migrate", "contract"',
    ],
    ['invalid-header', `${header('b')}export const transaction = 'never'\n`, '`transaction` is "never"'],
    [
      'invalid-header',
      "export const revision = ['b']\nexport const downRevision = 'a'\n",
      '`revision` must be one text',
    ],
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
