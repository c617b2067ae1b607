// Revision files of every kind of header, half of them wild.

import fc from 'fast-check'

const body = 'export function upgrade(op) {}\nexport function downgrade(op) {}\n'
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
  "'a\\\nb'",
  "'\u2028'",
  "'\u{1F600}'",
  '42',
  '[42, "a"]',
  "(['a'] as const)",
  "<string>'a'",
  '`a\r\nb`',
  '/export const revision = 1/',
  "[`a`, ('b' as string)]",
  "''",
  '"',
  "';'",
  "'export const revision = 1'",
  `'${'long'.repeat(2500)}'`,
  '1n',
  'null!',
  '[[]]',
]
const keywords = [
  'export const ',
  'export const ',
  'export const ',
  'export  const\t',
  'export const\n',
  'export let ',
  'export var ',
  'export declare const ',
  'export type ',
  'export enum ',
  'export/**/const ',
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
  ": '='",
  ': "=\'b\';export function "',
  ": '\\''",
  ': string\n',
  '!: string',
  '?: string',
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
  '#!/usr/bin/env node\n',
  "import$\nexport { revision } from './x'\n",
  "importx\nexport { revision } from './x'\n",
  "import { 'a' as b } from 'z'\n",
  "import { phase } from 'z'\n",
  "import json from './x.json' with { type: 'json' }\n",
  'import.meta.url\n',
  "const down = 'a'\nexport { down as downRevision }\n",
  "let down = 'a'\nexport { down as dependsOn }\ndown = 'b'\n",
  "var late = 'a'\nexport { late as phase }\n{ var late = 'b' }\n",
  "export { type X as phase, Y as 'createdAt' } from './x'\n",
  "const p = 'x'\nexport { p as 'pha\\x73e' }\n",
  "const q = 'x'\nexport { q as pha\\u0073e }\n",
  'export namespace phase { export const a = 1 }\n',
  "namespace n { export const revision = 'x' }\n",
  "declare module 'y' { export const revision = 'x' }\n",
  'export enum phase { a }\n',
  "enum e { revision = 'x' }\n",
  "export const { phase, other: createdAt = 'x' } = { phase: 'y' }\n",
  "export * as phase from './x'\n",
  "exports.phase = 'x'\n",
  "const text = `\nexport const revision = 'x'\n`\n",
  "const expression = /export const revision = 'x'/\n",
  "export default { revision: 'x' }\n",
  '\u2028',
  '// \u2028export const other = 1\n',
  '<!-- \n',
  '/* open',
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
  "export { x as dependsOn }\nconst x = 'y'\n",
  "export function upgrade() {}\nconst p = 'x'\nexport { p as 'pha\\x73e' }\n",
  "export function upgrade() {}\nconst p = 'x'\nexport { p as/**/'pha\\\nse' }\n",
  "export function upgrade() {}\nconst p = 'x'\nexport { p as pha\\u0073e }\n",
  'export function upgrade() {\n  const text = `export const phase = $' + '{1}`\n}\n',
  'exported()\n',
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
/** Texts of revision files: most are programs, many state a header, some break off or say it in ways that nobody would. */
export const revisionFiles: fc.Arbitrary<string> = fc
  .tuple(fc.array(wild, { maxLength: 2 }), usual, fc.array(wild, { maxLength: 2 }), fc.constantFrom(...rests))
  .map(([before, both, after, rest]) => [...before, both, ...after, rest].join(''))

const named = fc.constantFrom('revision', 'downRevision', 'dependsOn', 'phase')
const assignable = fc.constantFrom(
  "'a'",
  "'b'",
  'null',
  "['a', 'b']",
  'void 0',
  'known',
  'changing',
  'late',
  '1',
  "'a' + 'b'",
  'f()',
)
const commonJs = fc.tuple(named, named, assignable, fc.nat()).map(([name, other, value, choice]) => {
  const forms = [
    `exports.${name} = ${value};`,
    `exports.${name} = ${value};`,
    `exports['${name}'] = ${value}`,
    `module.exports.${name} = ${value}`,
    `exports[name] = ${value}`,
    `exports.${name} = exports.${other} = ${value};`,
    `exports.${name} = ${value}, exports.${other} = 'c'`,
    `const ${name} = exports.${name} = ${value}`,
    `module.exports = { ${name}: ${value}, ${other}: 'c' }`,
    `module.exports = { ...f, ${name}: ${value} }`,
    `module.exports = { ['${name}']: ${value}, [name]: 'c', ${other}() {} }`,
    `module.exports = exports = { get ${name}() { return known }, '${other}': ${value} }`,
    'module.exports = f',
    `if (f()) exports.${name} = ${value}`,
    `;(() => { exports.${name} = ${value} })()`,
    `Object.defineProperty(exports, '${name}', { enumerable: true, configurable: true, get: function () { return known } })`,
    `Object.defineProperty(exports, '${name}', { enumerable: true, configurable: true, value: ${value} })`,
    `_export(exports, { ${name}: () => known, ${other}: function () { return changing } })`,
    `_export(exports, { get ${name}() { return known } })`,
    `changing = ${value}`,
    `function ${name}() { return ${value} }`,
  ]
  return forms[choice % forms.length]
})
const prelude = `"use strict";
const name = 'phase', known = 'k', f = () => 'd';
let changing = 'e';
var late = 'l';
function _export(target, all) {
  for (const one of Object.keys(all)) {
    const { get, value } = Object.getOwnPropertyDescriptor(all, one);
    Object.defineProperty(target, one, { enumerable: true, configurable: true, get: get ?? value });
  }
}
`

/** CommonJS as compilers and people write it, and as neither does. */
export const commonJsFiles: fc.Arbitrary<string> = fc
  .array(commonJs, { minLength: 1, maxLength: 5 })
  .map((statements) => `${prelude}${statements.join('\n')}\n`)
