// A header is mended by changing its values and nothing else, or not at all.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isAludelError } from '../../src/errors.ts'
import { type HeaderFields, headerNames, readHeader } from '../../src/project/header.ts'
import { type HeaderEdit, mendHeader } from '../../src/project/mend-header.ts'
import { parseHeader } from '../../src/project/parse-header.ts'
import { readSyntax } from '../../src/project/syntax/header-syntax.ts'
import { bare } from '../../src/project/syntax/syntax-node.ts'
import { revisionFiles } from '../arbitraries/header.ts'

const down = (value: HeaderEdit['value']): HeaderEdit => ({ field: 'downRevision', value })
const mended = (text: string, ...edits: readonly HeaderEdit[]) => mendHeader('x.ts', text, edits)
const head = "export const revision = 'b'\n"

describe('another parent is written where the old one stood', () => {
  test.each<[what: string, before: string, value: HeaderEdit['value'], after: string]>([
    ['in its quotes', 'export const downRevision = "a"', 'c', 'export const downRevision = "c"'],
    ['as a template', 'export const downRevision = `a`', 'c', 'export const downRevision = `c`'],
    ['for a base', 'export const downRevision = null', 'c', "export const downRevision = 'c'"],
    ['to make a base', "export const downRevision = 'a';", null, 'export const downRevision = null;'],
    ['as a list', "export const downRevision = 'a'", ['a', 'c'], "export const downRevision = ['a', 'c']"],
    ['for a list', 'export const downRevision = [\'a\', "d"]', 'c', "export const downRevision = 'c'"],
    ['before a comment', "export const downRevision = 'a' // 'a'", 'c', "export const downRevision = 'c' // 'a'"],
    [
      'between comments and types',
      "export const downRevision /* a */ : string | null = /* b */ ('a' as const)! satisfies string /* c */",
      'c',
      "export const downRevision /* a */ : string | null = /* b */ ('c' as const)! satisfies string /* c */",
    ],
    [
      'without what null cannot have',
      "export const downRevision = 'a' as const",
      null,
      'export const downRevision = null',
    ],
    [
      'where it is exported apart',
      "const d = 'a'\nexport { d as downRevision }",
      'c',
      "const d = 'c'\nexport { d as downRevision }",
    ],
    ['of a `var`', 'var d = "a";\nexport { d as downRevision };', 'c', 'var d = "c";\nexport { d as downRevision };'],
    [
      'of several in one statement',
      "export const other = 'a', downRevision = 'a', last = 'a'",
      'c',
      "export const other = 'a', downRevision = 'c', last = 'a'",
    ],
    [
      'with what needs an escape',
      "export const downRevision = 'a'",
      "it's \\ a\nb",
      "export const downRevision = 'it\\'s \\\\ a\\u000ab'",
    ],
    [
      'in a template with what needs an escape',
      'export const downRevision = `a`',
      '$' + '{x}`',
      'export const downRevision = `\\$' + '{x}\\``',
    ],
    ['that was a number', 'export const downRevision = 42', '42', "export const downRevision = '42'"],
    [
      'one of a list',
      'export const downRevision = [\'a\', /* x */ "d"]',
      ['a', 'c'],
      'export const downRevision = [\'a\', /* x */ "c"]',
    ],
    ['with an empty list', "export const downRevision = ['a']", [], 'export const downRevision = []'],
    [
      'in the layout of the list',
      "export const downRevision = [\n  'a',\n  'd',\n]",
      ['a', 'c', 'd'],
      "export const downRevision = [\n  'a',\n  'c',\n  'd',\n]",
    ],
    [
      'in the layout of a list of one',
      'export const downRevision = [\r\n\t"a"\r\n]',
      ['a', 'c'],
      'export const downRevision = [\r\n\t"a",\r\n\t"c"\r\n]',
    ],
    [
      'on one line where the list has comments',
      "export const downRevision = [\n  'a', // x\n]",
      ['a', 'c'],
      "export const downRevision = ['a', 'c']",
    ],
    [
      'behind characters of two units',
      "export const x = '😀𝒳'\nexport const downRevision = '😀'",
      'c',
      "export const x = '😀𝒳'\nexport const downRevision = 'c'",
    ],
    [
      'above a body that does not compile',
      "export const downRevision = 'a'\nexport function upgrade( {",
      'c',
      "export const downRevision = 'c'\nexport function upgrade( {",
    ],
  ])('%s', (_, before, value, after) => {
    for (const start of ['', '\uFEFF', '/** 😀 */\r\n', '\uFEFF// 😀\r', '#!/usr/bin/env node\n'])
      expect(mended(start + head + before, down(value))).toBe(start + head + after)
  })

  test.each([
    [
      "exports.revision = 'b';\nexports.downRevision = 'a';\n",
      "exports.revision = 'b';\nexports.downRevision = 'c';\n",
    ],
    [
      "module.exports = { revision: 'b', 'downRevision': 'a' }\n",
      "module.exports = { revision: 'b', 'downRevision': 'c' }\n",
    ],
    [
      "exports.downRevision = exports.revision = void 0;\nconst down = 'a';\nexports.downRevision = down;\nexports.revision = 'b';\n",
      "exports.downRevision = exports.revision = void 0;\nconst down = 'c';\nexports.downRevision = down;\nexports.revision = 'b';\n",
    ],
  ])('in CommonJS: %j', (before, after) => {
    expect(mendHeader('x.cjs', before, [down('c')])).toBe(after)
  })

  test('and what stands there already is left as it is', () => {
    const text = `${head}export const downRevision = [\n  'a', /* x */ \`c\`\n]\n`
    expect(mended(text, down(['a', 'c']), { field: 'revision', value: 'b' })).toBe(text)
  })
})

describe('a field that is not there becomes a statement below downRevision', () => {
  const edits: readonly HeaderEdit[] = [
    { field: 'dependsOn', value: 'x' },
    { field: 'branchLabels', value: ['y', 'z'] },
  ]
  test.each([
    [
      "export const downRevision = 'a'\n\nexport function upgrade() {}\n",
      "export const downRevision = 'a'\nexport const branchLabels = ['y', 'z']\nexport const dependsOn = 'x'\n\nexport function upgrade() {}\n",
    ],
    [
      'export const downRevision = "a"; // why\r\nexport const phase = "expand";\r\n',
      'export const downRevision = "a"; // why\r\nexport const branchLabels = ["y", "z"];\r\nexport const dependsOn = "x";\r\nexport const phase = "expand";\r\n',
    ],
    [
      "export const downRevision = 'a'",
      "export const downRevision = 'a'\nexport const branchLabels = ['y', 'z']\nexport const dependsOn = 'x'",
    ],
    [
      "export const downRevision = 'a'; export const phase = 'expand'",
      "export const downRevision = 'a';\nexport const branchLabels = ['y', 'z'];\nexport const dependsOn = 'x';\n export const phase = 'expand'",
    ],
    [
      "const d = 'a'\nexport { d as downRevision }\n",
      "const d = 'a'\nexport const branchLabels = ['y', 'z']\nexport const dependsOn = 'x'\nexport { d as downRevision }\n",
    ],
  ])('%j', (before, after) => {
    const first = before.includes('\r') ? 'export const revision = "b";\r\n' : head
    expect(mended(first + before, ...edits)).toBe(first + after)
  })

  test('also downRevision itself, below revision', () => {
    expect(mended(head, down(null))).toBe(`${head.trimEnd()}\nexport const downRevision = null\n`)
  })

  test('and in CommonJS an assignment', () => {
    expect(mendHeader('x.cjs', "exports.revision = 'b';\nexports.downRevision = 'a';\n", edits)).toBe(
      "exports.revision = 'b';\nexports.downRevision = 'a';\nexports.branchLabels = ['y', 'z'];\nexports.dependsOn = 'x';\n",
    )
    expect(
      mendHeader('x.cjs', "module.exports = {\n  revision: 'b',\n  downRevision: 'a',\n}\n", edits.slice(0, 1)),
    ).toBe("module.exports = {\n  revision: 'b',\n  downRevision: 'a',\n}\nmodule.exports.dependsOn = 'x'\n")
  })
})

describe('a `Revises:` line of the first comment follows downRevision', () => {
  test.each<[before: string, value: HeaderEdit['value'], after: string]>([
    [
      '/**\n * Message\n *\n * Revision ID: b\n * Revises: a\n * Create Date: 2026\n */\n',
      'c',
      '/**\n * Message\n *\n * Revision ID: b\n * Revises: c\n * Create Date: 2026\n */\n',
    ],
    ['/*\r\nRevises: a\r\n*/\r\n', ['c', 'd'], '/*\r\nRevises: c, d\r\n*/\r\n'],
    ['/*\nRevises: a, d\n*/\n', 'c', '/*\nRevises: c\n*/\n'],
    ['/*\nRevises: a\n*/\n', null, '/*\nRevises: \n*/\n'],
    ['/*\nRevises:\n*/\n', 'c', '/*\nRevises: c\n*/\n'],
    ['/* Revises: */\n', 'c', '/* Revises: c */\n'],
    ['/* Revises: a*/\n', 'c', '/* Revises: c */\n'],
    ['// Message\n// Revises: a (for now)\n', 'c', '// Message\n// Revises: c (for now)\n'],
    ['// It Revises: a\n', 'c', '// It Revises: a\n'],
    ['/* Message */\n// Revises: a\n', 'c', '/* Message */\n// Revises: a\n'],
  ])('%j', (before, value, after) => {
    const rest = (text: string) => `${head}export const downRevision = ${text}\n// Revises: a\n`
    const text = value === null ? 'null' : Array.isArray(value) ? "['c', 'd']" : "'c'"
    expect(mended(before + rest("'a'"), down(value))).toBe(after + rest(text))
  })

  test('and stays where downRevision does', () => {
    const text = `/* Revises: stale */\n${head}export const downRevision = 'a'\n`
    expect(mended(text, { field: 'revision', value: 'c' }, down('a'))).toBe(text.replace("'b'", "'c'"))
  })
})

describe('what cannot be mended for sure is left alone', () => {
  test.each<[what: string, text: string, edit: HeaderEdit, file?: string]>([
    ['a computed value', `${head}export const downRevision = x`, down('c')],
    ['one from another file', `${head}export { downRevision } from './x.ts'`, down('c')],
    ['a variable that changes', `${head}export let downRevision = 'a'\ndownRevision = 'd'`, down('c')],
    ['a name exported twice', `${head}export const downRevision = 'a'\nexport const downRevision = 'd'`, down('c')],
    ['two names for one value', "const x = 'b'\nexport { x as revision, x as downRevision }", down('c')],
    [
      'a name that the file uses already',
      `${head}export const downRevision = 'a'\nconst dependsOn = 1\n`,
      { field: 'dependsOn', value: 'x' },
    ],
    ['bytes that were no UTF-8', `/* \uFFFD */${head}export const downRevision = 'a'`, down('c')],
    ['a value that UTF-8 cannot hold', `${head}export const downRevision = 'a'`, down('\uD800')],
    ['a comment that would end', `/* Revises: a */\n${head}export const downRevision = 'a'`, down('*/')],
    ['no header', 'export const x = 1', down('c')],
    ['what is not TypeScript', '/[/', down('c')],
    [
      'a bundle',
      'var a_exports = {};\n__export(a_exports, { revision: () => revision, downRevision: () => down });\nmodule.exports = __toCommonJS(a_exports);\nvar revision = "b";\nvar down = "a";\n',
      { field: 'dependsOn', value: 'x' },
      'x.cjs',
    ],
  ])('%s', (_, text, edit, file = 'x.ts') => {
    expect(() => mendHeader(file, text, [edit])).toThrow(
      expect.objectContaining({ code: 'cannot-mend', hint: expect.any(String) }),
    )
  })
})

const value = fc.oneof(
  fc.constantFrom('c', '3f2a9c1b7d04', 'it\'s "`$' + '{x}\\', 'a.b_c', '😀'),
  fc.constant(null),
  fc.array(fc.constantFrom('a', 'c', 'd.e'), { maxLength: 3 }),
)
const edit = fc.record<HeaderEdit>({
  field: fc.constantFrom('revision', 'downRevision', 'branchLabels', 'dependsOn'),
  value,
})
const edits = fc.uniqueArray(edit, { minLength: 1, maxLength: 3, selector: ({ field }) => field })
const openings = fc.constantFrom('', '', '\uFEFF', '/** m\n * Revises: a\n */\n', '// 😀\r\n', '/* Revises:*/')
const runs = Number(process.env.ALUDEL_TEST_HEADERS ?? 4000) / 4

/** The text without its header's values; what stands in their place is a mark. */
function withoutValues(text: string): string {
  const values = [...readSyntax('x.ts', text).parts.values()].flatMap(({ value: found, offset }) =>
    found === null ? [] : [{ start: bare(found).start + offset, end: bare(found).end + offset }],
  )
  return values
    .toSorted((one, other) => other.start - one.start)
    .reduce((rest, { start, end }) => `${rest.slice(0, start)}<>${rest.slice(end)}`, text)
}

function attempt(text: string, wanted: readonly HeaderEdit[]): string | null {
  try {
    return mendHeader('x.ts', text, wanted)
  } catch (error) {
    if (isAludelError(error) && error.code === 'cannot-mend') return null
    throw error
  }
}

test('whatever is mended reads as was asked for, and otherwise as before', () => {
  let done = 0
  fc.assert(
    fc.property(openings, revisionFiles, edits, (opening, file, wanted) => {
      const text = opening + file
      const result = attempt(text, wanted)
      if (result === null) return
      done += 1
      const before = parseHeader('x.ts', text)
      const changed = Object.fromEntries(wanted.map((one) => [one.field, one.value]))
      const fields: HeaderFields = { ...before.fields, ...changed }
      expect(parseHeader('x.ts', result)).toMatchObject({ fields, computed: before.computed })
      expect(readHeader(result) ?? fields).toEqual(fields)
    }),
    { numRuns: runs },
  )
  expect(done).toBeGreaterThan(100)
}, 600_000)

test('whatever is mended, the rest of the file keeps every character', () => {
  let done = 0
  fc.assert(
    fc.property(revisionFiles, edits, (text, wanted) => {
      const before = parseHeader('x.ts', text)
      const present = wanted.filter(({ field }) => field in before.fields)
      const result = attempt(text, present)
      if (result === null || present.length === 0) return
      done += 1
      const old = withoutValues(text)
      const suffixes = present.some((one) => one.value === null) ? / as const/g : /(?!)/g
      expect(withoutValues(result).replace(suffixes, '')).toBe(old.replace(suffixes, ''))
      const absent = headerNames.find((name) => !(name in before.fields) && !before.computed.includes(name))
      const more = attempt(text, [{ field: absent as HeaderEdit['field'], value: 'x' }])
      // One insertion: what is before and after it is the file.
      if (more === null || !['downRevision', 'branchLabels', 'dependsOn'].includes(absent ?? '')) return
      let start = 0
      while (start < text.length && more[start] === text[start]) start += 1
      expect(more.endsWith(text.slice(start))).toBe(true)
    }),
    { numRuns: runs },
  )
  expect(done).toBeGreaterThan(100)
}, 600_000)

test('an edit that is taken back leaves the file as it was', () => {
  let done = 0
  fc.assert(
    fc.property(openings, revisionFiles, (opening, file) => {
      const text = opening + file
      const { fields, numbers } = parseHeader('x.ts', text)
      const before = fields.downRevision
      if (numbers.length > 0) return
      if (typeof before !== 'string' || !/^\w+$/.test(before) || /\\|Revises/.test(text)) return
      const there = attempt(text, [down('there')])
      if (there === null) return
      done += 1
      expect(mended(there, down(before))).toBe(text)
    }),
    { numRuns: runs },
  )
  expect(done).toBeGreaterThan(50)
}, 600_000)
