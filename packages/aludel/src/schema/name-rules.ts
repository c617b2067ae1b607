// What an engine takes for a name. Others are refused as they are recorded, never cut or changed in silence.

import { AludelError } from '../errors.ts'

export interface NameRules {
  readonly engine: string
  /** The longest name; null where there is no limit. */
  readonly longest: { readonly bytes: number } | { readonly characters: number } | null
  /** What no name may hold or end in, with how that is called. */
  readonly forbidden: readonly { readonly pattern: RegExp; readonly what: string }[]
}

/** What no engine takes. */
export const neverInNames: NameRules['forbidden'] = [
  { pattern: /\0/, what: 'the NUL character' },
  { pattern: /\p{Surrogate}/u, what: 'half of a surrogate pair' },
]

export function requireName(name: string, { engine, longest, forbidden }: NameRules): void {
  const found = forbidden.find(({ pattern }) => pattern.test(name))
  const hint = 'Choose another name.'
  if (found !== undefined) {
    throw new AludelError('invalid-name', `${engine} takes no name with ${found.what}: ${JSON.stringify(name)}.`, {
      hint,
      details: { engine, name },
    })
  }
  if (longest === null) return
  const [most, unit] = 'bytes' in longest ? [longest.bytes, 'bytes'] : [longest.characters, 'characters']
  // No character has more than three bytes for each unit of its length.
  if (name.length * 3 <= most) return
  const length = 'bytes' in longest ? new TextEncoder().encode(name).length : [...name].length
  if (length <= most) return
  throw new AludelError('invalid-name', `${engine} takes names of ${most} ${unit}, and "${name}" has ${length}.`, {
    hint: 'Choose a shorter name: one of 63 bytes fits every engine.',
    details: { engine, name, length },
  })
}
