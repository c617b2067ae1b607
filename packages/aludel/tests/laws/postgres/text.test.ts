// PostgreSQL's text: where statements end, how values are written, how types and defaults are spelled.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDefault } from '../../../src/dialects/postgres/defaults.ts'
import { literal, quote, withoutParentheses } from '../../../src/dialects/postgres/literal.ts'
import { split } from '../../../src/dialects/postgres/split.ts'
import { parseType, typeText } from '../../../src/dialects/postgres/types.ts'
import type { ColumnType } from '../../../src/schema/model.ts'

describe('a script is split at its semicolons', () => {
  test.each<[what: string, script: string, statements: readonly string[]]>([
    ['and what is empty is left out', ' ;; SELECT 1;\n;-- end', ['SELECT 1']],
    ['not in strings', "SELECT ';', 'it''s;'; SELECT 2", ["SELECT ';', 'it''s;'", 'SELECT 2']],
    ['not in strings with escapes', "SELECT E'\\';', e'\\\\'; SELECT 2", ["SELECT E'\\';', e'\\\\'", 'SELECT 2']],
    ['not in strings over two lines', "SELECT E'a'\n  '\\';'; SELECT 2", ["SELECT E'a'\n  '\\';'", 'SELECT 2']],
    ['where a backslash protects nothing', "SELECT '\\'; SELECT 2", ["SELECT '\\'", 'SELECT 2']],
    ['where a name ends in an e', "SELECT namee'\\'; SELECT 2", ["SELECT namee'\\'", 'SELECT 2']],
    ['not in names', 'SELECT ";" AS "a"";"; SELECT 2', ['SELECT ";" AS "a"";"', 'SELECT 2']],
    [
      'not between dollars',
      'DO $$ BEGIN; $x$; $$; SELECT $a$;$$;$b$;$a$',
      ['DO $$ BEGIN; $x$; $$', 'SELECT $a$;$$;$b$;$a$'],
    ],
    [
      'where a dollar is a parameter or part of a name',
      'SELECT $1;SELECT a$b$;SELECT 2',
      ['SELECT $1', 'SELECT a$b$', 'SELECT 2'],
    ],
    [
      'not in comments, which nest',
      'SELECT /* ; /* ; */ ; */ 1 -- ;\n; SELECT 2',
      ['SELECT /* ; /* ; */ ; */ 1 -- ;', 'SELECT 2'],
    ],
    [
      'not in parentheses',
      'CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3',
      ['CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)', 'SELECT 3'],
    ],
    [
      'not in the body of a routine',
      'CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END; SELECT 3',
      [
        'CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END',
        'SELECT 3',
      ],
    ],
    [
      'after BEGIN, which is a statement like others',
      'BEGIN; SELECT 1; END; SELECT 2',
      ['BEGIN', 'SELECT 1', 'END', 'SELECT 2'],
    ],
    ['and what is not closed goes to the end', "SELECT 1; SELECT 'a; b", ['SELECT 1', "SELECT 'a; b"]],
  ])('%s', (_what, script, statements) => {
    expect(split(script)).toEqual(statements)
  })

  test('whatever texts, names and comments they hold', () => {
    const piece = fc.oneof(
      fc.string().map((text) => `'${text.replaceAll("'", "''")}'`),
      fc.string().map((text) => `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`),
      fc.string({ minLength: 1 }).map((text) => `"${text.replaceAll('"', '""')}"`),
      fc.string().map((text) => `$tag$${text.replaceAll('$', '')}$tag$`),
      fc.string().map((text) => `/*${text.replaceAll(/[*/]/g, '')}*/`),
      fc.string().map((text) => `--${text.replaceAll(/[\r\n]/g, '')}\n`),
    )
    const statement = fc.array(piece).map((pieces) => ['SELECT', ...pieces, '1'].join(' '))
    fc.assert(
      fc.property(fc.array(statement), (statements) => {
        expect(split(statements.join(';'))).toEqual(statements)
      }),
    )
  })
})

describe('a literal', () => {
  test.each([
    [null, 'NULL'],
    [true, 'true'],
    [-5, '(-5)'],
    [-0, '0'],
    [1e21, '1e+21'],
    [9223372036854775807n, '9223372036854775807'],
    ["it's", "'it''s'"],
    ['a\\b', "E'a\\\\b'"],
    [new Date('2024-02-29T12:00:00.500Z'), "'2024-02-29 12:00:00.500+00'"],
    [new Date('-000043-03-15T00:00:00Z'), "'0044-03-15 00:00:00+00 BC'"],
    [Uint8Array.from([222, 173]), "'\\xdead'::bytea"],
  ])('of %s is %s', (value, text) => {
    expect(literal(value)).toBe(text)
  })

  test.each<[what: string, value: unknown]>([
    ['no number', Number.NaN],
    ['a number without end', Number.POSITIVE_INFINITY],
    ['a text with NUL', 'a\0b'],
    ['half a character', '\ud800'],
    ['no date', new Date('never')],
    ['undefined', undefined],
    ['an object', {}],
  ])('of %s is refused', (_what, value) => {
    expect(() => literal(value as never)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }))
  })

  test('never ends before its end', () => {
    const withoutNul = fc.string().map((text) => text.replaceAll('\0', ''))
    fc.assert(
      fc.property(withoutNul, (text) => {
        expect(split(`SELECT ${literal(text)}; SELECT 2`)).toHaveLength(2)
      }),
    )
  })

  test('is told from a name by its quotes', () => {
    expect(quote('a"b')).toBe('"a""b"')
  })
})

test.each([
  ['((a > 0))', 'a > 0'],
  ['(a) OR (b)', '(a) OR (b)'],
  ["(')' = a)", "')' = a"],
  ['(a', '(a'],
])('parentheses around the whole of %s are taken away', (given, left) => {
  expect(withoutParentheses(given)).toBe(left)
})

describe('a type', () => {
  test.each<[string, ColumnType]>([
    ['int4', { kind: 'integer' }],
    ['VARCHAR ( 10 )', { kind: 'string', length: 10 }],
    ['character varying', { kind: 'string', length: null }],
    ['decimal(8)', { kind: 'numeric', precision: 8, scale: 0 }],
    ['numeric', { kind: 'numeric', precision: null, scale: null }],
    ['timestamp with time zone', { kind: 'timestamp', timezone: true }],
    ['float(10)', { kind: 'float' }],
    ['jsonb', { kind: 'json', text: false }],
    ['TIMESTAMP(3)', { kind: 'raw', sql: 'timestamp(3) without time zone' }],
    ['int[][3]', { kind: 'raw', sql: 'integer[]' }],
    ['char', { kind: 'raw', sql: 'character(1)' }],
    ['App."Mood"', { kind: 'raw', sql: 'app."Mood"' }],
  ])('%s is understood as the server would report it', (text, type) => {
    expect(parseType(text)).toEqual(type)
  })

  test('is the same after it was written and read', () => {
    const types: readonly ColumnType[] = [
      ...(
        [
          'integer',
          'bigint',
          'smallint',
          'text',
          'boolean',
          'float',
          'double',
          'date',
          'time',
          'uuid',
          'binary',
        ] as const
      ).map((kind) => ({ kind })),
      { kind: 'string', length: 7 },
      { kind: 'numeric', precision: 8, scale: 3 },
      { kind: 'timestamp', timezone: false },
      { kind: 'timestamp', timezone: true },
      { kind: 'json', text: true },
      { kind: 'json', text: false },
    ]
    for (const type of types) expect(parseType(typeText(type))).toEqual(type)
  })
})

describe('a default of numbers', () => {
  const numeric: ColumnType = { kind: 'numeric', precision: null, scale: null }
  test.each([
    ['1.50', '1.50'],
    ["'-0.0'::numeric", '0'],
    ['1e21', '1000000000000000000000'],
    ['12.5e-3', '0.0125'],
    ['007', '7'],
    ['.5', '0.5'],
  ])('%s is %s', (text, value) => {
    expect(readDefault(text, numeric)).toEqual({ kind: 'value', value })
  })

  test('that would be rounded stays an expression', () => {
    expect(readDefault('1.6', { kind: 'integer' })).toMatchObject({ kind: 'sql' })
    expect(readDefault("'0.1'::real", { kind: 'double' })).toMatchObject({ kind: 'sql' })
  })
})
