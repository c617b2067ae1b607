// A CREATE statement of a routine, a trigger or an event as what it says: the engine puts the words before its body in an
// order and a spelling of its own, and adds those that hold anyway.

import { sameData } from '../../schema/canonical.ts'
import { isBlank, tokenize } from './tokens.ts'
import { canonicalType } from './types.ts'

interface Program {
  readonly head: readonly string[]
  readonly type: string | null
  /** The character set and collation of its result; null where nothing is said. */
  readonly charset: string | null
  /** What is said of it in any order. */
  readonly traits: readonly string[]
  readonly body: readonly string[]
}

/** Traits that a program has where nothing is said. */
const usual: ReadonlySet<string> = new Set([
  'not deterministic',
  'contains sql',
  'language sql',
  'sql security definer',
  'on completion not preserve',
  'enable',
])

const traits: readonly (readonly string[])[] = [
  ['not', 'deterministic'],
  ['deterministic'],
  ['contains', 'sql'],
  ['no', 'sql'],
  ['reads', 'sql', 'data'],
  ['modifies', 'sql', 'data'],
  ['language', 'sql'],
  ['sql', 'security', 'definer'],
  ['sql', 'security', 'invoker'],
  ['on', 'completion', 'not', 'preserve'],
  ['on', 'completion', 'preserve'],
  ['enable'],
  ['disable', 'on', 'slave'],
  ['disable'],
]

function programOf(text: string): Program {
  const words = wordsOf(text)
  const isRoutine = words.slice(0, 8).some((word) => word === 'function' || word === 'procedure')
  if (isRoutine) return routineOf(words)
  const isEvent = words.slice(0, 6).includes('event')
  const at = isEvent ? words.indexOf('do') : -1
  if (at === -1) return { head: [], type: null, charset: null, traits: [], body: words }
  const { left, found } = takenFrom(words.slice(0, at))
  return { head: left, type: null, charset: null, traits: found, body: words.slice(at) }
}

function wordsOf(text: string): readonly string[] {
  return [...tokenize(text.trim().replace(/;$/, ''))]
    .filter((token) => !isBlank(token))
    .map(({ kind, text: own }) => {
      if (kind === 'name') return own.slice(1, -1).replaceAll('``', '`').toLowerCase()
      return kind === 'word' ? own.toLowerCase() : own
    })
}

/** CREATE FUNCTION f (...) RETURNS type traits... body. */
function routineOf(words: readonly string[]): Program {
  const end = parametersEnd(words)
  const head = words
    .slice(0, end)
    .filter((word, at) => !(word === 'or' || (word === 'replace' && words[at - 1] === 'or')))
  let at = end
  let type: string[] = []
  if (words[at] === 'returns') {
    at += 1
    const start = at
    while (at < words.length && traitAt(words, at) === null && (at === start || isOfType(words, at))) at += 1
    type = words.slice(start, at) as string[]
  }
  const found: string[] = []
  for (let trait = traitAt(words, at); trait !== null; trait = traitAt(words, at)) {
    found.push(trait.join(' '))
    at += trait.length
  }
  return {
    head,
    ...resultOf(type),
    traits: unusual(found),
    body: words.slice(at),
  }
}

function resultOf(words: readonly string[]): Pick<Program, 'type' | 'charset'> {
  if (words.length === 0) return { type: null, charset: null }
  const at = words.findIndex((word) => word === 'charset' || word === 'character' || word === 'collate')
  const plain = at === -1 ? words : words.slice(0, at)
  const type = canonicalType(plain.join(' ').replace(/ ?([(),]) ?/g, '$1'))
  return { type, charset: at === -1 ? null : words.slice(at).join(' ').replace('character set', 'charset') }
}

/** True where both do the same; the engine tells the database's own character set where a text says none. */
export function samePrograms(actual: string, wanted: string): boolean {
  const [was, is] = [programOf(actual), programOf(wanted)]
  return sameData(is.charset === null ? { ...was, charset: null } : was, is)
}

const typeWords: ReadonlySet<string> = new Set([
  'unsigned',
  'zerofill',
  'charset',
  'character',
  'set',
  'collate',
  'precision',
])

/** What goes on with a type that has begun: parentheses and what is in them, and the words that may follow. */
function isOfType(words: readonly string[], at: number): boolean {
  const word = words[at] ?? ''
  if (word === '(') return true
  const before = words.slice(0, at)
  const opened = before.lastIndexOf('(') > before.lastIndexOf(')')
  const isNamed = ['charset', 'set', 'collate'].includes(words[at - 1] ?? '')
  return opened || isNamed || typeWords.has(word)
}

function parametersEnd(words: readonly string[]): number {
  let depth = 0
  for (const [at, word] of words.entries()) {
    if (word === '(') depth += 1
    if (word === ')') depth -= 1
    if (word === ')' && depth === 0) return at + 1
  }
  return words.length
}

/** The trait that begins here; a comment with its text is one, too. */
function traitAt(words: readonly string[], at: number): readonly string[] | null {
  if (words[at] === 'comment') return words.slice(at, at + 2)
  return traits.find((trait) => trait.every((word, step) => words[at + step] === word)) ?? null
}

function takenFrom(words: readonly string[]): { readonly left: readonly string[]; readonly found: readonly string[] } {
  const [left, found]: [string[], string[]] = [[], []]
  for (let at = 0; at < words.length; ) {
    const trait = traitAt(words, at)
    if (trait === null) left.push(words[at] ?? '')
    else found.push(trait.join(' '))
    at += trait?.length ?? 1
  }
  return { left, found: unusual(found) }
}

function unusual(found: readonly string[]): readonly string[] {
  return found.filter((trait) => !usual.has(trait)).sort()
}
