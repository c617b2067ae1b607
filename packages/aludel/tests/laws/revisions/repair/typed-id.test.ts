// Which identifiers look typed by hand.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { looksTyped } from '../../../../src/revisions/typed-id.ts'

test.each([
  ['letters and digits by turns that both count', 'a1b2c3d4e5f6'],
  ['the same, begun further on', 'e5f6a7b8c9d0'],
  ['the same, begun with a digit', '1a2b3c4d5e6f'],
  ['the same, downwards', '9f8e7d6c5b4a'],
  ['the same, with another last sign', 'a1b2c3d4e5f8'],
  ['letters that count beside a digit that stays', 'a1b1c1d1e1f1'],
  ['counting in groups', 'abc123def456'],
  ['counting on', '0123456789ab'],
  ['one sign again and again', '111111111111'],
  ['two signs again and again', 'abababababab'],
  ['each sign twice', '001122334455'],
  ['words', 'deadbeefcafe'],
])('%s look typed: %s', (_, id) => {
  expect(looksTyped(id)).toBe(true)
})

test.each([
  ['a number that a team counts with', '0001'],
  ['a long number that a team counts with', '000000000001'],
  ['a word', 'add_user'],
  ['a date', '20261123'],
  ['signs without an order', 'ae1027a6acf3'],
])('%s does not look typed: %s', (_, id) => {
  expect(looksTyped(id)).toBe(false)
})

test('of random identifiers none looks typed', () => {
  const id = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 12, maxLength: 12 })
  const found = fc.sample(id, { numRuns: 20_000, seed: 7 }).filter((one) => looksTyped(one))
  // fast-check likes strings of one sign, which are none that a machine makes.
  expect(found.filter((one) => new Set(one).size > 3)).toEqual([])
})
