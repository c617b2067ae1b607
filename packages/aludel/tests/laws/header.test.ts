// Headers are read without executing the file, and never guessed.

import { compileFunction } from 'node:vm'
import fc from 'fast-check'
import { parseSync } from 'oxc-parser'
import { describe, expect, test } from 'vitest'
import { type HeaderFields, headerNames, readHeader, readMessage } from '../../src/project/header.ts'
import { missingNames, type ParsedHeader, parseHeader } from '../../src/project/parse-header.ts'
import { toCommonJs } from '../../src/project/to-commonjs.ts'
import { commonJsFiles, revisionFiles } from '../arbitraries/header.ts'

const read = (text: string, file = 'x.ts'): HeaderFields => readHeader(text) ?? parseHeader(file, text).fields

const plain = "export const revision = 'b'\nexport const downRevision = 'a'\n"
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
    [
      'compiled by Babel',
      '"use strict";\nexports.revision = exports.downRevision = void 0;\nconst revision = exports.revision = "b";\nconst downRevision = exports.downRevision = "a";\n',
    ],
    [
      'compiled by TypeScript from a list of exports',
      '"use strict";\nexports.downRevision = exports.revision = void 0;\nconst revision = "b";\nexports.revision = revision;\nconst down = "a";\nexports.downRevision = down;\n',
    ],
    [
      'bundled by esbuild',
      'var __export = (target, all) => { for (var name in all) target[name] = all[name]; };\nvar all_exports = {};\n__export(all_exports, { downRevision: () => downRevision, revision: () => revision });\nmodule.exports = __toCommonJS(all_exports);\nvar revision = "b";\nvar downRevision = "a";\n',
    ],
    [
      'compiled by swc',
      'function _export(target, all) {}\n_export(exports, {\n  get downRevision () {\n    return downRevision;\n  },\n  get revision () { return revision; }\n});\nconst revision = "b";\nconst downRevision = "a";\n',
    ],
    [
      'with getters',
      'Object.defineProperty(exports, "__esModule", { value: true });\nObject.defineProperty(exports, "revision", { enumerable: true, get: function () { return revision; } });\nObject.defineProperty(exports, "downRevision", { get: () => downRevision });\nvar revision = "b";\nvar downRevision = "a";\n',
    ],
    ['assigned one by one', "module.exports.revision = 'b'\nmodule.exports.downRevision = 'a'\n"],
  ])('from CommonJS %s', (_, text) => {
    expect(read(text, 'x.cjs')).toEqual(edges)
    expect(read(text, 'x.js')).toEqual(edges)
  })

  test.each([
    "if (x) exports.revision = 'c'",
    "function f() { exports.revision = 'c' }",
    'module.exports = other',
    'module.exports.revision = other',
    "module.exports = { ...other, revision: 'b' }",
  ])('from CommonJS, unless it may change: %s', (more) => {
    const text = `exports.revision = 'b'\n${more}\nmodule.exports.downRevision = 'a'\n`
    expect(parseHeader('x.cjs', text)).toMatchObject({ computed: expect.arrayContaining(['revision']) })
    expect(parseHeader('x.cjs', text).fields.revision).toBeUndefined()
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

test('what stands below an error is not taken for missing', () => {
  const conflict =
    "<<<<<<< HEAD\nexport const dependsOn = null\n=======\nexport const dependsOn = 'c'\n>>>>>>> theirs\n"
  const { fields, errors } = parseHeader('x.ts', plain + conflict)
  expect(fields).toEqual({ revision: 'b' })
  expect(errors.length).toBeGreaterThan(0)
  expect(readHeader(plain + conflict)).toBeNull()
})

test('nor is a variable above an error taken for what it was at first', () => {
  const text = "export let revision = 'b'\nexport const downRevision = 'a'\nrevision = 'c'\nconst = 1\n"
  expect(parseHeader('x.ts', text)).toMatchObject({ fields: { downRevision: 'a' }, computed: ['revision'] })
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
    'export const revision = 1n',
    'export const revision = /b/',
    'export const revision = -1',
    "export const { revision } = { revision: 'b' }",
    "export const [revision = 'b'] = []",
    'export enum revision { a }',
    "export namespace revision { export const a = 'b' }",
    "export class revision { static x = 'b' }",
    "export function revision() { return 'b' }",
    "export let revision = 'b'\n;[revision] = ['c']",
    "export let revision = 'b'\nfor (revision of ['c']);",
    "export var revision = 'b'\n{ var revision = 'c' }",
    "export let revision: string\nrevision = 'b'",
    "export * from './other.ts'",
    "export * as revision from './other.ts'",
    'import revision = Other.revision\nexport { revision }',
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

describe('a number is told as one, and its digits are kept', () => {
  test.each([
    ['42', '42'],
    ['12345678901234567890', '12345678901234567890'],
    ['0x2a', '42'],
    ['4_2', '42'],
    ['42 as const', '42'],
  ])('%s', (source, text) => {
    const whole = `export const revision = ${source}\nexport const downRevision = ['a', ${source}]\n`
    expect(readHeader(whole)).toBeNull()
    expect(parseHeader('x.ts', whole)).toMatchObject({
      fields: { revision: text, downRevision: ['a', text] },
      computed: [],
      numbers: ['revision', 'downRevision'],
    })
  })
})

describe('what is no value of the file is not read', () => {
  const rest = "\nexport const downRevision = 'a'\n"
  test.each([
    "export declare const revision = 'b'",
    "export type revision = 'b'",
    'export interface revision {}',
    "const revision = 'b'\nexport type { revision }",
    "const revision = 'b'\nexport { type revision }",
    "namespace n { export const revision = 'b' }",
    "declare module 'x' { export const revision = 'b' }",
    "exports.revision = 'b'",
    "const x = /export const revision = 'b'/",
    "// @export const revision = 'b'",
    "// \u2028// export const revision = 'b'",
  ])('%j', (text) => {
    const { fields, computed, errors } = parseHeader('x.ts', text + rest)
    expect({ fields, computed, errors }).toEqual({ fields: { downRevision: 'a' }, computed: [], errors: [] })
    expect(readHeader(text + rest)).toBeNull()
  })

  test('and a name that is exported twice is an error', () => {
    const text = "export const revision = 'b'\nexport const downRevision = 'a'\n"
    const { fields, errors } = parseHeader('x.ts', `${text}export const revision = 'c'\n`)
    expect(fields).toEqual({ downRevision: 'a' })
    expect(errors).toContain('`revision` is exported twice')
  })
})

describe('long and strange files take no long time', () => {
  const many = (text: string, count = 10_000) => text.repeat(count)
  test.each<[what: string, text: string]>([
    ['spaces', many(' ') + plain],
    ['a megabyte of spaces', many(' ', 1_000_000) + plain],
    ['comments', many('/* x */\n// y\n') + plain],
    ['stars', `/*${many('* ')}*/${plain}`],
    ['an open comment of stars', `/*${many('* ')}${plain}`],
    ['a body of a megabyte', `${plain}${body}${many("// op.execute('x')\n", 60_000)}`],
    ['a long identifier', `export const revision = '${many('x')}'\nexport const downRevision = null\n`],
    ['a long list', `export const revision = 'b'\nexport const downRevision = [${many("'a' , ")}]\n`],
    ['spaces after `import`', `import${many(' ')}x(`],
    ['imports without end', `import ${many('{ from ')}x`],
    ['spaces after the name', `export const revision${many(' ')}x(`],
    ['a type of spaces', `export const revision :${many(' ')}x(`],
    ['a type of bars', `export const revision :${many(' |')}x(`],
    ['a type of texts', `export const revision :${many("'a'|")}x(`],
    ['spaces within the statement', `export${many(' ')}const${many(' ')}revision${many(' ')}:${many(' ')}x`],
    ['brackets', `export const downRevision = ${many('[')}`],
    ['quotes', `export const revision = ${many("'")}`],
    ['a comment of one line, a megabyte long', `/** ${many('* ', 500_000)}*/\n${plain}`],
    ['names in quotes', `${plain}${body}${many('x as  ')}"\\"`],
  ])('%s', (_, text) => {
    const start = performance.now()
    readHeader(text)
    readMessage(text)
    // Milliseconds, measured on a machine that does other things as well; what is exponential takes minutes.
    expect(performance.now() - start).toBeLessThan(500)
  })

  test('and brackets deeper than a parser can go are told', () => {
    expect(parseHeader('x.ts', `${plain}${many('[', 100_000)}`).errors).toEqual(['its brackets are nested too deeply'])
  })
})

const other = new Proxy(
  {},
  { get: (_, name) => (typeof name === 'string' ? `the ${name} of another file` : undefined) },
)

/** What the file exports when it is run; null where it is no program or fails. */
function exportsOf(text: string): Readonly<Record<string, unknown>> | null {
  // To a module, `exports` is nothing that it could assign to.
  const exports: Record<string, unknown> = new Proxy({}, { set: () => false })
  const get = (on: object, name: string, value: () => unknown) =>
    Object.defineProperty(on, name, { enumerable: true, configurable: true, get: value })
  const bind = (_: unknown, run: () => void) => run()
  try {
    const { code } = toCommonJs(text, 'x.ts', { map: false })
    const names = ['exports', 'require', '__get', '__star', '__bind', '__default_of']
    compileFunction(code, names)(
      exports,
      () => other,
      get,
      () => {},
      bind,
      () => 'x',
    )
    return { ...exports }
  } catch {
    return null
  }
}

function commonJsExportsOf(code: string): Readonly<Record<string, unknown>> | null {
  const module: { readonly exports: Record<string, unknown> } = { exports: {} }
  try {
    compileFunction(code, ['exports', 'require', 'module'])(module.exports, () => other, module)
    return { ...module.exports }
  } catch {
    return null
  }
}

/** What was read of the names that are not computed, against what running the file gave. */
function expectRead({ fields, computed }: ParsedHeader, exported: Readonly<Record<string, unknown>>): void {
  const known = headerNames.filter((name) => exported[name] !== undefined && !computed.includes(name))
  const text = (value: unknown) => (Array.isArray(value) ? value.map(String) : value === null ? null : String(value))
  expect(fields).toEqual(Object.fromEntries(known.map((name) => [name, text(exported[name])])))
}

function isProgram(text: string): boolean {
  const { errors, module } = parseSync('x.ts', text, { showSemanticErrors: true })
  const exported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap((entry) => (entry.isType ? [] : entry.exportName.name)),
  )
  return errors.length === 0 && new Set(exported).size === exported.length
}

const runs = Number(process.env.ALUDEL_TEST_HEADERS ?? 4000)

test('whenever the tokenizer is sure, a parser agrees', () => {
  let sure = 0
  fc.assert(
    fc.property(revisionFiles, (text) => {
      const fields = readHeader(text)
      if (fields === null || !isProgram(text)) return
      sure += 1
      expect(parseHeader('x.ts', text)).toEqual({ fields, computed: [], numbers: [], errors: [] })
    }),
    { numRuns: runs },
  )
  expect(sure).toBeGreaterThan(runs / 80)
}, 600_000)

test('whatever is read of a header, the file exports when it is run, and nothing more', () => {
  let read = 0
  fc.assert(
    fc.property(revisionFiles, (text) => {
      if (!isProgram(text)) return
      const header = parseHeader('x.ts', text)
      const exported = exportsOf(text)
      if (exported === null || header.errors.length > 0) return
      read += Object.keys(header.fields).length
      expectRead(header, exported)
    }),
    { numRuns: runs / 4 },
  )
  expect(read).toBeGreaterThan(100)
}, 600_000)

test('and the same of CommonJS', () => {
  let read = 0
  fc.assert(
    fc.property(commonJsFiles, (text) => {
      const exported = commonJsExportsOf(text)
      const header = parseHeader('x.cjs', text)
      if (exported === null || header.errors.length > 0) return
      read += Object.keys(header.fields).length
      expectRead(header, exported)
    }),
    { numRuns: runs / 2 },
  )
  expect(read).toBeGreaterThan(100)
}, 600_000)
