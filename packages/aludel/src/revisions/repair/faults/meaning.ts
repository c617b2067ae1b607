// Which revision somebody meant who wrote a file name, an abbreviation or a slip where an identifier belongs.

import { quotedList } from '../../sentences.ts'
import type { Chain, ChainFile } from '../chain.ts'
import { stemOf } from './identifiers.ts'

export interface Meaning {
  /** None: a base. */
  readonly ids: readonly string[]
  /** The end of a sentence. */
  readonly because: string
  /** The spelling alone decides; a lost file of that name would change nothing. */
  readonly certain: boolean
  /** Whether it is one of these, and nobody can say which. */
  readonly ambiguous?: true
}

/** What a name can mean that no file has; null where nothing is like it. */
export function meaningOf(chain: Chain, file: ChainFile, name: string): Meaning | null {
  const bare = name
    .trim()
    .replace(/^\(?\[?['"`]?|['"`]?\]?\)?$/g, '')
    .trim()
  if (/^(?:none|null|undefined|base|)$/i.test(bare)) {
    return {
      ids: [],
      because: name === '' ? 'an empty text means a base' : `"${name}" as a text means a base`,
      certain: true,
    }
  }
  const several = bare.split(/['"]?\s*,\s*['"]?/).filter((part) => part !== '')
  if (several.length > 1) {
    const ids = several.map((part) => exact(chain, file, part))
    return ids.every((id) => id !== null)
      ? { ids, because: 'it is a list of identifiers in one text', certain: true }
      : null
  }
  for (const { find, because, certain } of ways) {
    const found = [
      ...new Set(
        chain.files.filter((one) => one !== file && one.id !== null && find(one, bare)).map((one) => one.id ?? ''),
      ),
    ]
    const [only] = found
    if (only === undefined) continue
    if (found.length === 1) return { ids: [only], because: because(only), certain }
    return { ids: found, because: `it could be ${quotedList(found, 'or')}`, certain: false, ambiguous: true }
  }
  return null
}

function exact({ graph }: Chain, file: ChainFile, name: string): string | null {
  return name !== file.id && graph.revisions.has(name) ? name : null
}

interface Way {
  find(file: ChainFile, name: string): boolean
  because(id: string): string
  readonly certain: boolean
}

const shortest = 4

/** Tried in this order; the first that finds anything decides. */
const ways: readonly Way[] = [
  { find: ({ id }, name) => id === name, because: (id) => `it is "${id}" with something around it`, certain: true },
  {
    find: ({ id }, name) => id?.toLowerCase() === name.toLowerCase(),
    because: (id) => `it is "${id}" in other letters`,
    certain: true,
  },
  {
    find: ({ path }, name) => stemOf(path) === stemOf(name) || path === name,
    because: (id) => `it is the name of the file of "${id}"`,
    certain: false,
  },
  {
    find: ({ id }, name) => id !== null && (name.startsWith(`${id}_`) || name.startsWith(`${id}-`)),
    because: (id) => `it is "${id}" with a description after it`,
    certain: false,
  },
  {
    find: ({ id }, name) => name.length >= shortest && (id?.startsWith(name) ?? false),
    because: (id) => `it is the beginning of "${id}"`,
    certain: false,
  },
  {
    find: ({ id }, name) => id !== null && /^\d+$/.test(name) && /^\d+$/.test(id) && BigInt(id) === BigInt(name),
    because: (id) => `it is "${id}" with other zeros before it`,
    certain: false,
  },
  {
    find: ({ path }, name) => name.length >= shortest && stemOf(path).startsWith(`${name}_`),
    because: (id) => `the name of the file of "${id}" begins like that`,
    certain: false,
  },
]
