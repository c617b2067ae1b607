// The text that a statement was parsed from: its tokens, and pieces of it as they were written.

import type { Node } from 'libpg-query'
import type { Schema } from '../../../schema/model.ts'

/** Thrown where what a statement does cannot be told with certainty. */
export class Unclear extends Error {}

export function unclear(): never {
  throw new Unclear()
}

/** The value; unclear where there is none. */
export function known<T>(value: T | null | undefined): T {
  return value ?? unclear()
}

/** Unclear where any of these is given: a list with something in it, a word, a node. */
export function without(...given: readonly unknown[]): void {
  const isGiven = (one: unknown) => (Array.isArray(one) ? one.length > 0 : Boolean(one))
  if (given.some(isGiven)) unclear()
}

/** A token without comments; positions count bytes of UTF-8, as the parser's do. */
export interface SourceToken {
  readonly text: string
  readonly start: number
  readonly end: number
  /** How many parentheses and brackets are open around it. */
  readonly depth: number
}

export interface Source {
  readonly tokens: readonly SourceToken[]
  /** The text from one token to another, both included, by their numbers. */
  text(first: number, last: number): string
}

/** A statement with what is there before it. */
export interface Reading {
  readonly node: Node
  readonly source: Source
  readonly before: Schema
}

interface Place {
  readonly start: number
  readonly end: number
}

const comments = ['SQL_COMMENT', 'C_COMMENT']

export function sourceOf(
  bytes: Buffer,
  scanned: readonly (Place & { readonly tokenName: string })[],
  statement: Place,
): Source {
  const tokens: SourceToken[] = []
  let depth = 0
  for (const { start, end, tokenName } of scanned) {
    if (start < statement.start || start >= statement.end || comments.includes(tokenName)) continue
    const text = bytes.toString('utf8', start, end)
    if (text === ')' || text === ']') depth -= 1
    tokens.push({ text, start, end, depth })
    if (text === '(' || text === '[') depth += 1
  }
  const text = (first: number, last: number) =>
    bytes.toString('utf8', known(tokens[first]).start, known(tokens[last]).end)
  return { tokens, text }
}

/** The number of the token that begins at a place which the parser told. */
export function tokenAt({ tokens }: Source, location: number | undefined): number {
  return found(tokens.findIndex(({ start }) => start === (location ?? 0)))
}

/** The number of the first such word or sign from a token on; a quoted name is none. */
export function nextToken({ tokens }: Source, text: string, from: number): number {
  const { depth } = known(tokens[from])
  return found(
    tokens.findIndex((token, at) => at >= from && token.depth === depth && token.text.toUpperCase() === text),
  )
}

/** The number of the sign that closes what this one opens. */
export function closing({ tokens }: Source, opening: number): number {
  const { depth } = known(tokens[opening])
  return found(tokens.findIndex((token, at) => at > opening && token.depth === depth))
}

/** What stands in the parentheses that open next. */
export function insideParentheses(source: Source, from: number): string {
  const opening = nextToken(source, '(', from)
  return source.text(opening + 1, closing(source, opening) - 1)
}

/** First and last tokens of what commas part between two tokens, both included. */
export function partedByCommas(
  { tokens }: Source,
  first: number,
  last: number,
): readonly (readonly [number, number])[] {
  const { depth } = known(tokens[first])
  const parts: [number, number][] = []
  let start = first
  for (let at = first; at <= last; at += 1) {
    const token = known(tokens[at])
    if (token.text !== ',' || token.depth !== depth) continue
    parts.push([start, at - 1])
    start = at + 1
  }
  return [...parts, [start, last]]
}

function found(position: number): number {
  return position === -1 ? unclear() : position
}
