// Canonical JSON: equal data is one text, other data another.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, sameData } from '../../src/schema/canonical.ts'
import { values } from '../arbitraries/pure/texts.ts'

const data = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 2 },
    values,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '$', '$$', ''), tie('any'), { maxKeys: 3 }),
  ),
})).any

test('the order of keys means nothing, and the text is that of JSON', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), values), (record) => {
      const turned = Object.fromEntries(Object.entries(record).reverse())
      expect(canonicalJson(turned)).toBe(canonicalJson(record))
      expect(() => JSON.parse(canonicalJson(record))).not.toThrow()
    }),
  )
})

test('what JSON can say is said as JSON says it, keys in order', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
  expect(canonicalJson({ b: [1, { $date: '$$' }], a: null })).toBe('{"a":null,"b":[1,{"$date":"$$"}]}')
})

test('what differs in anything has another text', () => {
  const plain = (value: unknown): unknown => (Object.is(value, -0) ? 0 : value)
  fc.assert(
    fc.property(data, data, (one, other) => {
      expect(canonicalJson(one) === canonicalJson(other)).toBe(equal(plain(one), plain(other)))
    }),
  )
  expect(sameData(1, 1n)).toBe(false)
  expect(sameData({ a: undefined }, {})).toBe(true)
  expect(sameData(new Date(0), new Date(0).toISOString())).toBe(false)
})

test('a name that every object inherits is told from one that it has', () => {
  const own = Object.fromEntries([['__proto__', {}]])
  expect(sameData(own, { a: {} })).toBe(false)
  expect(sameData({ a: {} }, own)).toBe(false)
  expect(sameData(own, Object.fromEntries([['__proto__', {}]]))).toBe(true)
})

test('data are the same where their texts are', () => {
  const held = fc.oneof(data, fc.constant(undefined))
  const record = fc.dictionary(fc.constantFrom('a', 'b', 'constructor', '__proto__'), held, { maxKeys: 3 })
  const nested = fc.oneof(record, fc.array(fc.oneof(record, held), { maxLength: 3 }))
  fc.assert(
    fc.property(nested, nested, (one, other) => {
      expect(sameData(one, other)).toBe(canonicalJson(one) === canonicalJson(other))
      expect(sameData(one, structuredClone(one))).toBe(true)
    }),
  )
})

function equal(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other
  if (one instanceof Date || other instanceof Date) {
    return one instanceof Date && other instanceof Date && one.getTime() === other.getTime()
  }
  if (Array.isArray(one) !== Array.isArray(other)) return false
  if (one instanceof Uint8Array !== other instanceof Uint8Array) return false
  const [keys, others] = [Object.keys(one).sort(), Object.keys(other).sort()]
  return (
    keys.length === others.length &&
    keys.every((key, at) => key === others[at]) &&
    keys.every((key) => equal(one[key as keyof typeof one], other[key as keyof typeof other]))
  )
}
