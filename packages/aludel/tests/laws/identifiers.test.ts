// Which names a piece of SQL uses: found and renamed by its tokens.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { namesIdentifier, renameIdentifier, renameQualifier } from '../../src/schema/identifiers.ts'
import { name, rawSql, sql, sqlText } from '../../src/schema/sql.ts'

const written = (text: string, from: string, to: string) =>
  sqlText(renameIdentifier(rawSql(text), from, to), { quote: (one) => `"${one}"`, literal: String })

describe('a name is found', () => {
  const named = [
    'size > 1',
    'SIZE > 1',
    '"size" > 1',
    '`size` > 1',
    '[size] > 1',
    'user.size',
    '(size)',
    'a::text||size',
  ]
  test.each(named)('in %s', (text) => {
    expect(namesIdentifier(rawSql(text), 'size')).toBe(true)
  })

  const unnamed = [
    "'size' = x",
    "'it''s size' = x",
    'sizes > 1',
    'x -- size\n> 1',
    'x /* size */ > 1',
    '"Size" > 1',
    'size(x) > 1',
    'x::size',
    '"si""ze" > 1',
    '$size$ text $size$',
  ]
  test.each(unnamed)('but not in %s', (text) => {
    expect(namesIdentifier(rawSql(text), 'size')).toBe(false)
  })

  test('among the parts that are names, and never among values', () => {
    expect(namesIdentifier(sql`${name('app', 'size')} > 1`, 'size')).toBe(true)
    expect(namesIdentifier(sql`${name('size', 'app')} > ${'size'}`, 'size')).toBe(false)
  })
})

describe('a name is renamed', () => {
  test.each([
    ['size > 1', 'width > 1', 'width'],
    ['size > 1', '"Width" > 1', 'Width'],
    ['"size" > 1', '"wi""dth" > 1', 'wi"dth'],
    ['`size` + [size]', '`w` + [w]', 'w'],
    ["lower(size) <> 'size' -- size", "lower(w) <> 'size' -- size", 'w'],
    ['size(size) > size', 'size(w) > w', 'w'],
  ])('%s becomes %s', (before, after, to) => {
    expect(written(before, 'size', to)).toBe(after)
  })

  test('where it is a table, only before a column', () => {
    const before = rawSql(`user.user > 1 AND "user"."id" <> 'user.x' AND app.user.id = user`)
    expect(renameQualifier(before, 'user', 'Person').parts).toEqual([
      `"Person".user > 1 AND "Person"."id" <> 'user.x' AND app."Person".id = user`,
    ])
    expect(renameQualifier(sql`${name('user', 'user')} > 1`, 'user', 'person')).toEqual(
      sql`${name('person', 'user')} > 1`,
    )
  })

  test('and back again, where it was quoted', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), fc.string({ minLength: 1 }), (from, to) => {
        fc.pre(from !== to && !/[[\]]/.test(from + to))
        const quoted = `"${from.replaceAll('"', '""')}" <> 'x' AND f(1) > 2`
        fc.pre(!namesIdentifier(rawSql(quoted), to))
        expect(written(written(quoted, from, to), to, from)).toBe(quoted)
      }),
    )
  })
})
