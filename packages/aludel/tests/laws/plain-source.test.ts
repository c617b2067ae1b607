// Files that are run without a parser do what the parser would make of them; whatever might not is left to it.

import { expect, test } from 'vitest'
import { plainSource } from '../../src/project/plain-source.ts'
import { revisionText } from '../../src/project/revision-file.ts'
import { defaultNaming } from '../../src/schema/naming.ts'
import { draft } from './reading.ts'

const modules = { aludel: { inverse: 'turned', sql: String.raw }, 'aludel/schema': { integer: () => 1, text: () => 2 } }

/** What the module exports when it is run as it stands; null where it is left to the parser. */
function run(source: string): unknown {
  const plain = plainSource(source)
  if (plain === null) return null
  try {
    return new Function('require', plain.code)((name: keyof typeof modules) => modules[name])
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

test('a revision as `revision` writes it needs no parser', () => {
  const exports = run(revisionText(draft, defaultNaming)) as Record<string, unknown>
  expect(exports).toMatchObject({ revision: draft.id, downRevision: '8c1f02aa91b3', dependsOn: null })
  expect(Object.keys(exports)).toEqual(expect.arrayContaining(['upgrade', 'downgrade']))
})

test.each<[what: string, exports: unknown, source: string]>([
  ['imports of types leave nothing', { a: 'x' }, "import type { Operations } from 'aludel'\nexport const a = 'x'\n"],
  [
    'a name may be imported as another, beside a type',
    { upgrade: expect.any(Function) },
    "import { type Column, integer as int } from 'aludel/schema'\nexport function upgrade() { return int() }\n",
  ],
  ['what is passed on', { downgrade: 'turned' }, "export { inverse as downgrade } from 'aludel'\n"],
  ['a constant that goes on in the next line', { a: 'xy' }, "export const a = 'x'\n  + 'y'\n"],
  [
    'a text that looks like code',
    { a: 'import { x } from "y" // <z>' },
    `export const a = 'import { x } from "y" // <z>'\n`,
  ],
  ['a comment that looks like code', { a: null }, '/* export const b = 1 */\nexport const a = null\n// `<\n'],
])('%s', (_, exports, source) => {
  expect(run(source)).toEqual(exports)
})

test('every line stays where it was', () => {
  const source = "/** A title\n */\nimport {\n  text,\n} from 'aludel/schema'\n\nexport const a = 'x'\n"
  const code = plainSource(source)?.code ?? ''
  expect(code.split('\n').findIndex((line) => line.includes("const a = 'x'"))).toBe(6)
})

test.each([
  [
    'an argument for a type, which would be two comparisons',
    "const f = (x: string) => x\nexport const a = f<string>('x')\n",
  ],
  ['a parameter that has a type', 'function f(a: number) {}\n'],
  ['a second constant', "export const a = 'x', b = 'y'\n"],
  ['a second constant in the next line', "export const a = 'x'\n  , b = 'y'\n"],
  ['a computed constant', 'export const a = 1 + 1\n'],
  ['a template with values', 'export function upgrade() { return `a$' + "{'b'}` }\n"],
  ['a regular expression', 'export function upgrade() { return /export const a/ }\n'],
  ['waiting', 'await (1)\n'],
  ['import of a whole module', "import * as schema from 'aludel/schema'\n"],
  ['a default export', 'export default 1\n'],
  ['a type', 'export type A = string\n'],
  ['an enumeration', 'enum A { B }\n'],
  ['a namespace', "namespace A { export const b = 'x'\n}\n"],
  ['a name twice', "export const a = 'x'\nexport { inverse as a } from 'aludel'\n"],
  ['a name that is written with escapes', 'export function \\u0061() {}\n'],
])('%s is left to the parser', (_, source) => {
  expect(run(source)).toBeNull()
})
