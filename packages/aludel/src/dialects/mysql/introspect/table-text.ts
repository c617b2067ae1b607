// What SHOW CREATE TABLE tells beside the catalogue: how keys are built, the table's options, and its partitions.

import { type MysqlIndex, plainMysqlIndex } from '../../../schema/mysql-model.ts'
import type { UnmodelledKind } from '../../../schema/unmodelled.ts'
import { isBlank, type Token, tokenize } from '../tokens.ts'
import { unquoted } from '../types.ts'

export type KeyFacts = Pick<MysqlIndex, 'using' | 'comment' | 'options' | 'parser' | 'ignored'>

export interface TableText {
  /** By the name of the key; the primary key is PRIMARY. */
  readonly keys: ReadonlyMap<string, KeyFacts>
  readonly options: Readonly<Record<string, string>>
  readonly partitions: string | null
  /** What is on it that no word of the model stands for. */
  readonly unmodelled: readonly UnmodelledKind[]
  /** The whole of it, without the next number. */
  readonly text: string
}

export const noTableText: TableText = { keys: new Map(), options: {}, partitions: null, unmodelled: [], text: '' }

export function readTableText(text: string): TableText {
  const tokens = [...tokenize(text)].filter((token) => !isBlank(token))
  const start = tokens.findIndex(({ text: mark }) => mark === '(')
  const end = closing(tokens, start)
  const parts = atCommas(tokens.slice(start + 1, end))
  const rest = tokens.slice(end + 1)
  const at = rest.findIndex((token, position) => isWord(token, 'PARTITION') && isWord(rest[position + 1], 'BY'))
  const options = at < 0 ? rest : rest.slice(0, at)
  const versioned = options.findIndex((token) => isWord(token, 'VERSIONING'))
  return {
    keys: new Map(parts.flatMap(keyIn)),
    options: ownOptions(optionsIn(versioned < 0 ? options : options.slice(0, versioned - 2))),
    partitions: at < 0 ? null : partitionText(text.slice(rest[at]?.start)),
    unmodelled: [
      ...(versioned < 0 ? [] : ['system-versioned table' as const]),
      ...(parts.some(([first]) => isWord(first, 'PERIOD')) && versioned < 0
        ? ['application-time period' as const]
        : []),
    ],
    text: withoutNext(text, rest),
  }
}

function withoutNext(text: string, options: readonly Token[]): string {
  const at = options.findIndex((token) => isWord(token, 'AUTO_INCREMENT'))
  const [from, to] = [options[at], options[at + 2]]
  return from === undefined || to === undefined
    ? text
    : `${text.slice(0, from.start)}${text.slice(to.start + to.text.length)}`
}

/** MySQL hides partitions from servers that do not know them, in a comment that is executed. */
function partitionText(text: string): string {
  return text.replace(/\s*\*\/\s*$/, '').trim()
}

function keyIn(tokens: readonly Token[]): readonly (readonly [string, KeyFacts])[] {
  const [first] = tokens
  const start = tokens.findIndex(({ text }) => text === '(')
  if (first?.kind !== 'word' || !/^(?:PRIMARY|UNIQUE|FULLTEXT|SPATIAL|KEY)$/.test(first.text) || start < 0) return []
  const name = isWord(first, 'PRIMARY') ? 'PRIMARY' : bareName(tokens[start - 1]?.text ?? '')
  return [[name, keyFacts(tokens.slice(closing(tokens, start) + 1))]]
}

/** `USING BTREE KEY_BLOCK_SIZE=8 COMMENT 'text' WITH PARSER ngram IGNORED`, in any order. */
function keyFacts(tokens: readonly Token[]): KeyFacts {
  const plain = tokens.filter(({ kind }) => kind !== 'open' && kind !== 'close')
  const after = (word: string): Token | undefined => plain[plain.findIndex((token) => isWord(token, word)) + 1]
  const has = (word: string) => plain.some((token) => isWord(token, word))
  return {
    using: has('USING') ? (after('USING')?.text ?? null) : null,
    comment: has('COMMENT') ? unquoted(after('COMMENT')?.text ?? "''") : null,
    parser: has('PARSER') ? bareName(after('PARSER')?.text ?? '') : null,
    ignored: has('IGNORED') || has('INVISIBLE'),
    options: optionsIn(plain.filter((_, at) => [at, at - 1, at + 1].some((one) => plain[one]?.text === '='))),
  }
}

/** `ROW_FORMAT=DYNAMIC CONNECTION='text'`: each a name of one or more words, and what stands behind its mark. */
export function optionsIn(tokens: readonly Token[]): Readonly<Record<string, string>> {
  const found: (readonly [string, string])[] = []
  let words: string[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token
    if (token.text !== '=') {
      words.push(bareName(token.text).toUpperCase())
      continue
    }
    const value = tokens[at + 1]
    if (value === undefined) break
    const end = value.text === '(' ? closing(tokens, at + 1) : at + 1
    const text = tokens.slice(at + 1, end + 1).map((one) => one.text)
    found.push([words.join(' '), value.kind === 'string' ? unquoted(value.text) : text.join('')])
    words = []
    at = end
  }
  return Object.fromEntries(found)
}

/** What has a place of its own in the model, or is no part of a schema: the next number. */
const elsewhere = /^(?:ENGINE|AUTO_INCREMENT|COMMENT|COLLATE|(?:DEFAULT )?(?:CHARSET|CHARACTER SET)|PARTITIONED)$/

/** What an engine writes of a table where nothing was said: Aria's checksums. */
const usual: Readonly<Record<string, string>> = { PAGE_CHECKSUM: '1' }

export function ownOptions(options: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) => !elsewhere.test(name) && usual[name] !== value),
  )
}

export function withFacts(facts: KeyFacts | undefined): KeyFacts {
  const { using, comment, parser, ignored, options } = facts ?? plainMysqlIndex
  return { using, comment, parser, ignored, options }
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text === word
}

function bareName(text: string): string {
  return text.startsWith('`') ? text.slice(1, -1).replaceAll('``', '`') : text
}

/** Where the parenthesis that opens at a place is closed. */
function closing(tokens: readonly Token[], start: number): number {
  let depth = 0
  for (let at = start; at < tokens.length; at += 1) {
    const { text } = tokens[at] as Token
    depth += text === '(' ? 1 : text === ')' ? -1 : 0
    if (depth === 0) return at
  }
  return tokens.length
}

function atCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0
    if (token.text === ',' && depth === 0) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}
