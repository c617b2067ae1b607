// Names as people really give them, and worse.

import fc from 'fast-check'

const ordinary = ['server', 'team', 'post', 'thread', 'id', 'email', 'status', 'created_at', 'amount', 'score']

// Words that the conditions below use (is, null, lower, ...) are left out: there a name and a word look alike.
const odd = [
  'user',
  'order',
  'group',
  'select',
  'table',
  'default',
  'primary',
  'MixedCase',
  'UPPER',
  'with space',
  'a-b',
  'a.b',
  'a"b',
  "it's",
  'back`tick',
  '[bracket]',
  '100%',
  '$1',
  ':name',
  '?',
  'back\\slash',
  '1st',
  'naïve',
  'größe',
  '日本語',
  'x'.repeat(50),
  'ünïcödé_'.repeat(4),
]

const wide = ['emoji 😀']

/** A name out of all of them. */
export function names(wideNames: boolean): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...ordinary) },
    { weight: 2, arbitrary: fc.constantFrom(...odd, ...(wideNames ? wide : [])) },
  )
}

/** Gives names that differ from all that it gave, also for engines that do not tell large letters from small. */
export function distinctNames(): (wanted: string) => string {
  const given = new Set<string>()
  return (wanted) => {
    let name = wanted
    for (let number = 2; given.has(name.toLowerCase()); number += 1) name = `${wanted}_${number}`
    given.add(name.toLowerCase())
    return name
  }
}
