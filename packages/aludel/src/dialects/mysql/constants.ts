// The value of an expression that is a constant: what a default in the catalogue says.

import type { Value } from '../../database/types.ts'
import { isBlank, type Token, tokenize } from './tokens.ts'
import { unquoted } from './types.ts'

/** The constant that an expression is; undefined where it is more than that. */
export function constantIn(expression: string): Value | undefined {
  return constantOf([...tokenize(expression)].filter((token) => !isBlank(token)))
}

function constantOf(tokens: readonly Token[]): Value | undefined {
  const [first, second] = tokens
  if (first === undefined) return undefined
  if (second === undefined) return single(first)
  const word = first.text.toLowerCase()
  if (second.kind === 'string' && tokens.length === 2) {
    // `_utf8mb4'text'` is the text; the character set is how it was written.
    if (/^_[a-z]\w*$/.test(word)) return unquoted(second.text)
    return word === 'x' ? Buffer.from(unquoted(second.text), 'hex') : undefined
  }
  const inner = inParentheses(tokens)
  if (inner !== null) return constantOf(inner)
  const list = inParentheses(tokens.slice(1))
  if (list !== null && word === 'concat') return concatenation(list)
  if (list !== null && word === 'char') return characters(list)
  return numeral(tokens.map((token) => token.text).join(''))
}

function single({ kind, text }: Token): Value | undefined {
  if (kind === 'string') return unquoted(text)
  if (/^0x[\da-f]+$/i.test(text)) return Buffer.from(text.slice(2), 'hex')
  if (/^null$/i.test(text)) return null
  return /^(?:true|false)$/i.test(text) ? Number(/^true$/i.test(text)) : numeral(text)
}

/** What a pair of parentheses around all tokens holds; null where they do not belong together. */
function inParentheses(tokens: readonly Token[]): readonly Token[] | null {
  if (tokens[0]?.text !== '(' || tokens.at(-1)?.text !== ')') return null
  const inner = tokens.slice(1, -1)
  let depth = 0
  for (const { text } of inner) {
    depth += text === '(' ? 1 : text === ')' ? -1 : 0
    if (depth < 0) return null
  }
  return inner
}

/** `concat('a', char(92 using utf8mb4))`: how a text is written that has a character which cannot be quoted safely. */
function concatenation(tokens: readonly Token[]): string | undefined {
  const values = atCommas(tokens).map(constantOf)
  return values.every((value) => typeof value === 'string') ? values.join('') : undefined
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

function characters(tokens: readonly Token[]): string | undefined {
  const [using, charset] = tokens.slice(-2).map((token) => token.text.toLowerCase())
  const numbers = atCommas(tokens.slice(0, -2)).map((part) => part.map((token) => token.text).join(''))
  if (using !== 'using' || charset !== 'utf8mb4' || !numbers.every((number) => /^\d+$/.test(number))) return undefined
  const digits = numbers.map((number) => Number(number).toString(16))
  return Buffer.from(digits.map((hex) => (hex.length % 2 === 1 ? `0${hex}` : hex)).join(''), 'hex').toString()
}

function numeral(text: string): Value | undefined {
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text)) return undefined
  // A decimal keeps its digits: its scale is part of what it says.
  return /^[-+]?\d+$/.test(text) ? wholeNumber(BigInt(text.replace(/^\+/, ''))) : text
}

export function wholeNumber(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}
