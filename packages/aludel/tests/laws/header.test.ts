// Headers are read without executing the file, and never guessed.

import fc from 'fast-check'
import { parseSync } from 'oxc-parser'
import { describe, expect, test } from 'vitest'
import { type HeaderFields, readHeader, readMessage } from '../../src/project/header.ts'
import { missingNames, parseHeader } from '../../src/project/parse-header.ts'

const read = (text: string, file = 'x.ts'): HeaderFields => readHeader(text) ?? parseHeader(file, text).fields

const edges = { revision: 'b', downRevision: 'a' }
const body = 'export function upgrade(op) {}\nexport function downgrade(op) {}\n'

describe('a header is read', () => {
  test.each<[what: string, text: string, fields?: HeaderFields]>([
    ['as it is written', "export const revision = 'b'\nexport const downRevision = 'a'\n"],
    ['with semicolons', "export const revision = 'b';export const downRevision = 'a';"],
    ['in any quotes', 'export const revision = "b"\nexport const downRevision = `a`\n'],
    ['with escapes', "export const revision = '\\x62'\nexport const downRevision = '\\u0061'\n"],
    [
      'with types',
      "export const revision: string = 'b'\nexport const downRevision: string | readonly string[] | null = 'a'\n",
    ],
    ['as const', "export const revision = 'b' as const\nexport const downRevision = ('a' as const)\n"],
    [
      'that satisfies',
      "export const revision = 'b' satisfies string\nexport const downRevision = 'a' satisfies string | null\n",
    ],
    ['asserted', "export const revision = <string>'b'\nexport const downRevision = 'a'!\n"],
    [
      'between comments',
      "// x\n/* export const revision = 'x' */ export /* y */ const revision /* : */ = /* 'z' */ 'b' // c\nexport const downRevision = 'a'",
    ],
    ['with line ends of Windows', "export const revision = 'b'\r\nexport const downRevision = 'a'\r\n"],
    ['with old line ends', "export const revision = 'b'\rexport const downRevision = 'a'\r"],
    ['after a byte order mark', "\uFEFFexport const revision = 'b'\nexport const downRevision = 'a'\n"],
    [
      'after imports',
      "import type { Operations } from 'aludel'\nimport {\n  name, // x\n  sql,\n} from 'aludel/schema'\nimport './side.ts'\nimport * as all from 'x'\nexport const revision = 'b'\nexport const downRevision = 'a'\n",
    ],
    [
      'after other constants',
      "const x = 1\nexport const other = { revision: 'x' }\nexport const revision = 'b'\nexport const downRevision = 'a'\n",
    ],
    ['below the functions', `${body}export const revision = 'b'\nexport const downRevision = 'a'\n`],
    ['in one statement', "export const revision = 'b', downRevision = 'a'\n"],
    ['exported apart', "const revision = 'b'\nconst down = 'a'\nexport { revision, down as downRevision }\n"],
    [
      'as a bundler writes it',
      'var revision = "b";\nvar downRevision = "a";\nfunction upgrade(op) {}\nexport { downRevision, revision, upgrade };\n',
    ],
    [
      'with a word of the header in the body',
      "export const revision = 'b'\nexport const downRevision = 'a'\nexport function upgrade(op) {\n  const phase = 'x'\n}\n",
    ],
    [
      'with everything',
      "export const revision = 'b'\nexport const downRevision = [\n  'a', // one\n  \"c\",\n]\nexport const branchLabels = ['x']\nexport const dependsOn = null\nexport const createdAt = '2026-01-01T00:00:00Z'\nexport const phase = 'expand'\nexport const transaction = 'none'\n",
      {
        revision: 'b',
        downRevision: ['a', 'c'],
        branchLabels: ['x'],
        dependsOn: null,
        createdAt: '2026-01-01T00:00:00Z',
        phase: 'expand',
        transaction: 'none',
      },
    ],
    [
      'with an empty list',
      "export const revision = 'b'\nexport const downRevision = [] as const\n",
      { revision: 'b', downRevision: [] },
    ],
    [
      'of a base',
      "export const revision = 'b'\nexport const downRevision = null\n",
      { revision: 'b', downRevision: null },
    ],
  ])('%s', (_, text, fields = edges) => {
    expect(read(text)).toEqual(fields)
    expect(parseHeader('x.ts', text).fields).toEqual(fields)
  })

  test.each([
    [
      'compiled by TypeScript',
      '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.downRevision = exports.revision = void 0;\nexports.upgrade = upgrade;\nexports.revision = "b";\nexports.downRevision = "a";\nfunction upgrade(op) {}\n',
    ],
    ['of an older kind', "module.exports = { revision: 'b', 'downRevision': 'a', upgrade(op) {} }\n"],
    ['assigned one by one', "module.exports.revision = 'b'\nmodule.exports.downRevision = 'a'\n"],
  ])('from CommonJS %s', (_, text) => {
    expect(read(text, 'x.cjs')).toEqual(edges)
    expect(read(text, 'x.js')).toEqual(edges)
  })

  test.each([
    'export function upgrade(op) { op.addColumn( }',
    'export function upgrade(op) {',
    'export const upgrade = op => { await x }',
    '}}}} <<<<<<< HEAD',
    'const x: = 1',
  ])('above a body that does not compile: %s', (broken) => {
    expect(read(`/** Message */\nexport const revision = 'b'\nexport const downRevision = 'a'\n\n${broken}\n`)).toEqual(
      edges,
    )
  })
})

describe('a header that is computed is told, not guessed', () => {
  test.each([
    "export const revision = 'b' + ''",
    'export const revision = process.env.REVISION',
    "export const revision = ['b'].join()",
    'export const revision = `b$' + '{1}`',
    'export const revision = (() => "b")()',
    "export const revision = true ? 'b' : 'c'",
    "import { revision } from './other.ts'\nexport { revision }",
    "export { revision } from './other.ts'",
    "const id = 'b'\nexport const revision = id",
    "export let revision = 'b'\nrevision = 'c'",
    "export var revision = 'b'\nif (x) revision += 'c'",
    'export const revision = undefined',
    'export const revision = 1',
  ])('%s', (text) => {
    const whole = `${text}\nexport const downRevision = 'a'\n`
    expect(readHeader(whole)).toBeNull()
    expect(parseHeader('x.ts', whole)).toMatchObject({ fields: { downRevision: 'a' }, computed: ['revision'] })
  })

  test('also where one text of a list is', () => {
    const text = "export const revision = 'b'\nexport const downRevision = ['a', x]\n"
    expect(parseHeader('x.ts', text)).toMatchObject({ fields: { revision: 'b' }, computed: ['downRevision'] })
  })
})

describe('there is no header', () => {
  test.each([
    "// export const revision = 'b'\n// export const downRevision = 'a'\n",
    "/*\nexport const revision = 'b'\nexport const downRevision = 'a'\n*/\n",
    "const text = `\nexport const revision = 'b'\nexport const downRevision = 'a'\n`\n",
    "const revision = 'b'\nconst downRevision = 'a'\n",
    "export function upgrade() {\n  const revision = 'b', downRevision = 'a'\n}\n",
    "export type revision = 'b'\nexport type downRevision = 'a'\n",
    "export default { revision: 'b', downRevision: 'a' }\n",
    "declare const revision: 'b'\n",
    '',
  ])('in %j', (text) => {
    expect(missingNames(read(text))).toEqual(['revision', 'downRevision'])
  })
})

describe('the message', () => {
  test.each([
    ['/** Add user status */', 'Add user status'],
    ['/**\n * Add user status\n *\n * And more.\n */', 'Add user status'],
    ['/**\r\n * Add user\r\n * status\r\n */', 'Add user status'],
    ['/* Add user status */', 'Add user status'],
    ['// Add user\n// status\n//\n// And more.', 'Add user status'],
    ['\uFEFF// Add user status\r\n', 'Add user status'],
    ['#!/usr/bin/env node\n/** Add user status */', 'Add user status'],
    ['"use strict";\n/** Add user status */', 'Add user status'],
    ['/** * starred */', '* starred'],
    ['\n\n/** Add user status */', 'Add user status'],
    [`/** ${'long '.repeat(2000)}*/`, 'long '.repeat(2000).trim()],
    ['/** */', ''],
    ["export const revision = 'b' // no message", ''],
    ["import 'x'\n/** not a message */", ''],
  ])('of %j', (text, message) => {
    expect(readMessage(text)).toBe(message)
  })
})

// Pieces of files, half of them wild. What the tokenizer is sure of, a parser must read in the same way.
const trivia = [
  '',
  ' ',
  '\n',
  '\n',
  '\n',
  '\r\n',
  '\r',
  ' // c\n',
  '/* c */',
  "/* export const revision = 'x' */",
  '\t',
  '\u2028',
  '\uFEFF',
  '/* a\n*/',
]
const values = [
  "'a'",
  '"b"',
  '`c`',
  "'b.c_1'",
  'null',
  "['a', 'b']",
  '[]',
  "['a',]",
  '["a" /* x */, // y\n `b`]',
  '`c$' + '{1}`',
  "'\\x61'",
  "'a' + 'b'",
  "('a')",
  'undefined',
  '1',
  "['a', null]",
  "['a' 'b']",
  "'it\\'s'",
  'nulls',
  "[...['a']]",
  "['a', , 'b']",
]
const keywords = [
  'export const ',
  'export const ',
  'export const ',
  'export  const\t',
  'export const\n',
  'export let ',
  'const ',
  'export ',
]
const labels = [
  '',
  '',
  '',
  ': string',
  ': string | null',
  ': \'a\' | "b"',
  ': readonly string[]',
  ': Array<string>',
  ': (x: number) => void',
  '/* : */',
  ': typeof x',
]
const suffixes = [
  '',
  '',
  '',
  ' as const',
  '\nas const',
  ' satisfies string',
  '!',
  ' as string',
  '.trim()',
  '[0]',
  '()',
  ' ?? 1',
  ' =\n 1',
]
const endings = ['\n', '\n', '\n', ';', ';\n', '', ' ', '\n\n', '\n+ x\n', '\n(x)\n', '\n;', '\n`x`\n', ', x = 1\n']
const others = [
  "import type { Operations } from 'aludel'\n",
  "import { sql } from 'aludel/schema';",
  "import x, { y } from 'z'\n",
  "import 'z'\n",
  "import * as all from 'z'\n",
  'import x = require("z")\n',
  "export { revision } from './x'\n",
  "export * from './x'\n",
  'export type X = string\n',
  "export const other = 'x'\n",
  "'use strict'\n",
  '@x class Y {}\n',
]
const rests = [
  body,
  body,
  `${body}export const phase = 'expand'\n`,
  "export { inverse as downgrade } from 'aludel'\n",
  'export const upgrade = () => {}\n',
  'export async function upgrade() {}\n',
  'export default 1\n',
  '',
  'export function* upgrade() {}',
  '{ const revision = 1 }',
  "export function upgrade() { return 'revision' }",
]
const names = ['revision', 'downRevision', 'branchLabels', 'dependsOn', 'createdAt', 'phase', 'transaction', 'other']

/** A declaration of one of these names; a tame one is nearly always right. */
function constant(from: readonly string[], tame: boolean): fc.Arbitrary<string> {
  const one = (list: readonly string[]) => fc.constantFrom(...list)
  const mostly = (list: readonly string[]) =>
    tame ? fc.oneof({ weight: 9, arbitrary: fc.constant(list[0] ?? '') }, one(list)) : one(list)
  return fc
    .tuple(...[keywords, from, labels, trivia, values, suffixes, endings].map(mostly), one(tame ? trivia : ['']))
    .map(
      ([keyword, name, label, space, value, suffix, ending, after]) =>
        `${keyword}${name}${label} =${space}${value}${suffix}${ending}${after}`,
    )
}

const usual = fc.tuple(constant(['revision'], true), constant(['downRevision'], true)).map((both) => both.join(''))
const wild = fc.oneof(constant(names, false), constant(names, true), fc.constantFrom(...others))
const files = fc
  .tuple(fc.array(wild, { maxLength: 2 }), usual, fc.array(wild, { maxLength: 2 }), fc.constantFrom(...rests))
  .map(([before, both, after, rest]) => [...before, both, ...after, rest].join(''))

test('whenever the tokenizer is sure, a parser agrees', () => {
  let sure = 0
  fc.assert(
    fc.property(files, (text) => {
      const fields = readHeader(text)
      if (fields === null) return
      const { errors, module } = parseSync('x.ts', text, { showSemanticErrors: true })
      const exported = module.staticExports.flatMap(({ entries }) => entries.map(({ exportName }) => exportName.name))
      if (errors.length > 0 || new Set(exported).size < exported.length) return
      sure += 1
      expect(parseHeader('x.ts', text)).toMatchObject({ fields, computed: [] })
      expect(Object.keys(parseHeader('x.ts', text).fields).sort()).toEqual(Object.keys(fields).sort())
    }),
    { numRuns: 5000 },
  )
  expect(sure).toBeGreaterThan(100)
})
