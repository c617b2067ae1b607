// Loading the project's own TypeScript: what people write works, and what goes wrong is told with their own lines.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { isAludelError } from '../../src/errors.ts'
import { ownModules } from '../../src/index/own.ts'
import * as aludel from '../../src/index.ts'
import { createLoader } from '../../src/project/loader.ts'

const home = mkdtempSync(join(tmpdir(), 'aludel load (x) '))
afterAll(() => rmSync(home, { recursive: true }))
let folders = 0

type Files = Readonly<Record<string, string>>

/** The folder in which the files were written. */
function write(files: Files): string {
  folders += 1
  const folder = join(home, `${folders}`)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

/** What the first of the files exports. */
async function load(files: Files): Promise<Record<string, unknown>> {
  const loader = createLoader(async () => ownModules())
  await loader.ready()
  return loader.load(join(write(files), Object.keys(files)[0] ?? ''))
}

async function refusal(files: Files) {
  const error = await load(files).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!isAludelError(error)) throw new Error('It was not refused.', { cause: error })
  return { code: error.code, message: error.message, hint: error.hint }
}

describe('TypeScript that makes code works', () => {
  test.each<[what: string, answer: unknown, files: Files]>([
    ['an enum', 'b', { 'a.ts': "enum Kind { A = 'a', B = 'b' }\nexport const answer = Kind.B" }],
    ['a const enum', 2, { 'a.ts': 'const enum Size { Small = 1, Big }\nexport const answer = Size.Big' }],
    ['a namespace', 3, { 'a.ts': 'namespace Inner { export const x = 3 }\nexport const answer = Inner.x' }],
    [
      'parameter properties',
      4,
      { 'a.ts': 'class Box { constructor(readonly held: number) {} }\nexport const answer = new Box(4).held' },
    ],
    ['an old assertion', 5, { 'a.ts': 'const x: unknown = 5\nexport const answer = <number>x' }],
    ['satisfies', 6, { 'a.ts': 'export const answer = 6 satisfies number' }],
    [
      'import = require',
      7,
      {
        'a.ts': "import x = require('./b.cjs')\nexport const answer = x.seven",
        'b.cjs': 'module.exports = { seven: 7 }',
      },
    ],
  ])('%s', async (_, answer, files) => {
    expect((await load(files)).answer).toBe(answer)
  })
})

describe('imports find what they mean', () => {
  test.each<[what: string, files: Files]>([
    ['by their full name', { 'a.ts': "export { b as answer } from './b.ts'", 'b.ts': "export const b = 'b'" }],
    [
      'imported first and exported by name later',
      {
        'a.ts': "import { b, c } from './b.ts'\nconst own = c\nexport { b as answer, own }\nexport { c }",
        'b.ts': "export const b = 'b', c = 'c'",
      },
    ],
    [
      'without an ending',
      { 'a.ts': "import { b } from './b'\nexport const answer = b", 'b.ts': "export const b = 'b'" },
    ],
    [
      'by the name that they will have',
      { 'a.ts': "import { b } from './b.js'\nexport const answer = b", 'b.ts': "export const b = 'b'" },
    ],
    [
      'in a folder',
      { 'a.ts': "import { b } from './b'\nexport const answer = b", 'b/index.ts': "export const b = 'b'" },
    ],
    [
      'in .mts by .mjs',
      { 'a.ts': "import { b } from './b.mjs'\nexport const answer = b", 'b.mts': "export const b = 'b'" },
    ],
    [
      'in plain JavaScript',
      { 'a.ts': "import { b } from './b.js'\nexport const answer = b", 'b.js': "export const b = 'b'" },
    ],
    [
      'in compiled JavaScript',
      {
        'a.ts': "import { b } from './b.js'\nexport const answer = b",
        'b.js': '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.b = "b";',
      },
    ],
    [
      'in CommonJS',
      { 'a.ts': "import b from './b.cjs'\nexport const answer = b.b", 'b.cjs': "module.exports = { b: 'b' }" },
    ],
    ['in JSON', { 'a.ts': "import b from './b.json'\nexport const answer = b.b", 'b.json': '{ "b": "b" }' }],
    ['by default', { 'a.ts': "import b from './b.ts'\nexport const answer = b", 'b.ts': "export default 'b'" }],
    [
      'by default of a function',
      {
        'a.ts': "import b from './b.ts'\nexport const answer = b()",
        'b.ts': "export default function () { return 'b' }",
      },
    ],
    [
      'by default of a named class',
      {
        'a.ts': "import B from './b.ts'\nexport const answer = new B().b",
        'b.ts': "export default class B { b = 'b' }",
      },
    ],
    [
      'all of them',
      { 'a.ts': "import * as all from './b.ts'\nexport const answer = all.b", 'b.ts': "export const b = 'b'" },
    ],
    [
      'and exports again',
      { 'a.ts': "export * from './b.ts'", 'b.ts': "export const answer = 'b'\nexport default 'c'" },
    ],
    [
      'and exports again under a name',
      {
        'a.ts': "export * as all from './b.ts'\nimport { all } from './a.ts'\nexport const answer = () => all.b",
        'b.ts': "export const b = 'b'",
      },
    ],
    [
      'and exports a default under a name',
      { 'a.ts': "export { default as answer } from './b.ts'", 'b.ts': "export default 'b'" },
    ],
    [
      'of a package',
      {
        'a.ts': "import { b } from 'pack'\nexport const answer = b",
        'node_modules/pack/package.json': '{ "name": "pack", "type": "module", "exports": "./i.js" }',
        'node_modules/pack/i.js': "export const b = 'b'",
      },
    ],
    [
      'of a package of CommonJS',
      {
        'a.ts': "import pack, { b } from 'pack'\nexport const answer = pack.b === b ? b : 'other'",
        'node_modules/pack/package.json': '{ "name": "pack", "main": "i.js" }',
        'node_modules/pack/i.js': "module.exports = { b: 'b' }",
      },
    ],
    [
      'of Node',
      {
        'a.ts':
          "import { join } from 'node:path'\nimport path from 'path'\nexport const answer = path.join === join ? 'b' : 'other'",
      },
    ],
    [
      'of types alone',
      {
        'a.ts': "import type { X } from './none.ts'\nimport { type Y } from './b.ts'\nexport const answer: X | Y = 'b'",
        'b.ts': 'export type Y = string',
      },
    ],
    [
      'that names a type without saying so',
      { 'a.ts': "import { Y } from './b.ts'\nexport const answer: Y = 'b'", 'b.ts': 'export type Y = string' },
    ],
    [
      'that go in a circle',
      {
        'a.ts': "import { b } from './b.ts'\nexport const a = 'b'\nexport const answer = b",
        'b.ts': "import { a } from './a.ts'\nexport const b = () => a",
      },
    ],
  ])('%s', async (_, files) => {
    const { answer } = await load(files)
    expect(typeof answer === 'function' ? answer() : answer).toBe('b')
  })

  test('a function of a circle is there before the file that holds it has ended', async () => {
    const { answer } = await load({
      'a.ts': "import { b } from './b.ts'\nexport function a() { return 'a' }\nexport const answer = b",
      'b.ts': "import { a } from './a.ts'\nexport const b = a()",
    })
    expect(answer).toBe('a')
  })

  test('a file is loaded once', async () => {
    const { answer } = await load({
      'a.ts': "import { x } from './b.ts'\nimport { x as y } from './c.ts'\nexport const answer = x === y",
      'b.ts': 'export const x = {}',
      'c.ts': "export { x } from './b'",
    })
    expect(answer).toBe(true)
  })

  test('this program and its files share one copy of it, also where the project has its own', async () => {
    const { answer } = await load({
      'a.ts': "import { AludelError } from 'aludel'\nexport const answer = AludelError",
      'node_modules/aludel/package.json': '{ "name": "aludel", "main": "i.js" }',
      'node_modules/aludel/i.js': 'exports.AludelError = class Other {}',
    })
    expect(answer).toBe(aludel.AludelError)
  })
})

describe('a file knows', () => {
  test('where it lies', async () => {
    const text = 'export const answer = [import.meta.url, import.meta.dirname, __dirname, __filename]'
    const { answer } = await load({ 'a b.ts': text })
    const folder = join(home, `${folders}`)
    const url = expect.stringMatching(/^file:\/\/.*\/a%20b\.ts$/)
    expect(answer).toEqual([url, folder, folder, join(folder, 'a b.ts')])
  })

  test('how to import later', async () => {
    const { answer } = await load({
      'a.ts': "export const answer = async () => (await import('./b.ts')).b + (await import('node:path')).sep",
      'b.ts': "export const b = 'b'",
    })
    expect(await (answer as () => Promise<string>)()).toBe('b/')
  })
})

describe('what goes wrong is told', () => {
  test('with the line that people wrote', async () => {
    const text = "import type { X } from 'y'\ninterface Z {\n  a: X\n}\nenum E { A }\n\nthrow new Error('no way')\n"
    const { code, message } = await refusal({ 'a.ts': text })
    expect(code).toBe('load-failed')
    expect(message).toMatch(/\/a\.ts:7 cannot be loaded: no way$/)
  })

  test('with the file in which it happened, not the one that imported it', async () => {
    const files = { 'a.ts': "import './b.ts'\n", 'b.ts': "type X = 1\nexport const x: X = 1\nthrow new Error('deep')" }
    expect((await refusal(files)).message).toMatch(/\/b\.ts:3 cannot be loaded: deep$/)
  })

  test('with the file and the place of a syntax error', async () => {
    const { code, message, hint } = await refusal({ 'a.ts': 'const a = 1\nconst b = (\n' })
    expect(code).toBe('syntax-error')
    expect(message).toMatch(/\/a\.ts is not valid TypeScript: /)
    expect(hint).toContain('const b = (')
  })

  test('with what is missing and where it was wanted', async () => {
    expect(await refusal({ 'a.ts': "import './none.ts'" })).toMatchObject({
      code: 'load-failed',
      message: expect.stringMatching(/\/a\.ts.* cannot be loaded: .*none\.ts/),
      hint: 'Install the package, or correct the path of the import.',
    })
    expect((await refusal({ 'a.ts': "import 'no-such-package'" })).message).toContain('no-such-package')
  })

  test('with a way out where a file awaits at its top', async () => {
    expect((await refusal({ 'a.ts': 'export const a = await fetch' })).code).toBe('top-level-await')
  })

  test('and loading goes on after it', async () => {
    const folder = write({ 'a.ts': "throw new Error('once')" })
    const loader = createLoader(async () => ownModules())
    await loader.ready()
    expect(() => loader.load(join(folder, 'a.ts'))).toThrow('once')
    writeFileSync(join(folder, 'a.ts'), 'export const answer = 1')
    expect(loader.load(join(folder, 'a.ts')).answer).toBe(1)
  })
})
