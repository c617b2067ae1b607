// Texts and values with everything that printing, quoting and parsing can get wrong.

import fc from 'fast-check'
import type { Value } from '../../../src/database/types.ts'

const nasty = [
  "'",
  '"',
  '`',
  '\\',
  '$' + '{',
  '}',
  '$',
  '\n',
  '\r\n',
  '\r',
  '\t',
  '\0',
  '\u0007',
  '*/',
  '//',
  '--',
  ';',
  '%',
  ':x',
  '?',
  '\u2028',
  '\uFEFF',
  'é',
  '日本',
  '😀',
  '\uD800',
  '.notNull()',
  'a',
  'B',
  ' ',
  '0',
]

/** A text of several nasty pieces. */
export const texts = fc
  .array(fc.constantFrom(...nasty), { minLength: 1, maxLength: 8 })
  .map((pieces) => pieces.join(''))

/** Names of columns and tables, among them such as JavaScript's objects treat in ways of their own. */
export const nastyNames = fc.oneof(
  fc.constantFrom(
    'user',
    'order',
    '__proto__',
    'constructor',
    '1',
    '007',
    'a-b',
    'größe',
    "it's",
    'new\nline',
    '$' + '{x}',
  ),
  texts,
)

export const values: fc.Arbitrary<Value> = fc.oneof(
  texts,
  fc.integer(),
  fc.constantFrom(0.5, -0, 1e300, 5e-324, 0.1 + 0.2),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') }),
  fc.uint8Array({ maxLength: 6 }),
)
