// Expressions as the server prints them, in a form that it takes back: entered again, they are stored and printed as before.

import { rawSql, type Sql } from '../../schema/sql.ts'
import { withoutParentheses } from './literal.ts'
import { tokens } from './tokens.ts'

/** An expression as the server prints it, as one of the model. */
export function printedSql(printed: string): Sql {
  return rawSql(reenterable(withoutParentheses(printed)))
}

interface Piece {
  readonly text: string
  readonly start: number
  readonly end: number
}

/**
 * `x IN ('a')` on a varchar is printed `ANY ((ARRAY['a'::character varying])::text[])`. Entered again, the outer cast
 * would go to each element and be stored so. Behind a cast of its own type the array keeps to itself, and that cast is
 * not stored.
 */
export function reenterable(printed: string): string {
  if (!printed.includes('ARRAY[')) return printed
  const pieces = [...tokens(printed)]
    .filter(({ kind }) => kind !== 'space' && kind !== 'comment')
    .map(({ start, end }): Piece => ({ text: printed.slice(start, end), start, end }))
  const marks = pieces.flatMap((piece, at) => (piece.text === 'ARRAY' ? marksAt(at, pieces, printed) : []))
  return marks
    .sort((one, other) => other.at - one.at)
    .reduce((text, { at, insert }) => text.slice(0, at) + insert + text.slice(at), printed)
}

interface Mark {
  readonly at: number
  readonly insert: string
}

function marksAt(array: number, pieces: readonly Piece[], printed: string): readonly Mark[] {
  if (pieces[array + 1]?.text !== '[') return []
  const close = closing(array + 1, pieces)
  const inParentheses = pieces[array - 1]?.text === '(' && pieces[close + 1]?.text === ')'
  const [first, last] = inParentheses ? [array - 1, close + 1] : [array, close]
  const [open, end] = [pieces[first], pieces[last]]
  const outer = castAt(last + 1, pieces, printed)
  const own = typeOfElements(pieces.slice(array + 2, close), printed)
  if (open === undefined || end === undefined || outer === null || own === null) return []
  if (!outer.endsWith('[]') || outer === own) return []
  return [
    { at: open.start, insert: '(' },
    { at: end.end, insert: `::${own})` },
  ]
}

function closing(open: number, pieces: readonly Piece[]): number {
  let depth = 0
  for (let at = open; at < pieces.length; at += 1) {
    const { text = '' } = pieces[at] ?? {}
    if (text === '[' || text === '(') depth += 1
    if (text === ']' || text === ')') depth -= 1
    if (depth === 0) return at
  }
  return pieces.length
}

/** The type behind `::`; null where there is no cast. */
function castAt(at: number, pieces: readonly Piece[], printed: string): string | null {
  if (pieces[at]?.text !== ':' || pieces[at + 1]?.text !== ':') return null
  const start = at + 2
  let end = start
  while (end < pieces.length && /^[\w".]/.test(pieces[end]?.text ?? '')) end += 1
  if (pieces[end]?.text === '(') end = closing(end, pieces) + 1
  while (/^\w/.test(pieces[end]?.text ?? '')) end += 1
  while (pieces[end]?.text === '[' && pieces[end + 1]?.text === ']') end += 2
  const [first, last] = [pieces[start], pieces[end - 1]]
  return first === undefined || last === undefined || end === start ? null : printed.slice(first.start, last.end)
}

/** All elements are of one type, so the first that shows its own tells it; as the type of an array. */
function typeOfElements(inner: readonly Piece[], printed: string): string | null {
  let start = 0
  for (let at = 0; at <= inner.length; at += 1) {
    const { text = ',' } = inner[at] ?? {}
    if (text === '[' || text === '(') at = closing(at, inner)
    if (text !== ',') continue
    const type = typeOf(inner.slice(start, at), printed)
    if (type !== null) return type.endsWith('[]') ? type : `${plainType(type)}[]`
    start = at + 1
  }
  return null
}

function typeOf(element: readonly Piece[], printed: string): string | null {
  const [only] = element
  if (element.length === 1 && only !== undefined) return typeOfConstant(only.text)
  // The server puts operators in parentheses, so a cast at the end is of the whole element.
  const cast = element.findLastIndex(({ text }, at) => text === ':' && element[at - 1]?.text === ':')
  if (cast < 1) return null
  const type = castAt(cast - 1, element, printed)
  return type !== null && printed.slice(0, element.at(-1)?.end).endsWith(type) ? type : null
}

const [greatest, greatestBig] = [2n ** 31n, 2n ** 63n]

function typeOfConstant(text: string): string | null {
  if (text === 'true' || text === 'false') return 'boolean'
  if (!/^\d/.test(text)) return null
  if (!/^\d+$/.test(text)) return 'numeric'
  if (BigInt(text) < greatest) return 'integer'
  return BigInt(text) < greatestBig ? 'bigint' : 'numeric'
}

/** Without its length; two types would have a length of one without it. */
function plainType(type: string): string {
  const plain = type.replace(/ ?\([^)]*\)/, '')
  if (plain === 'character') return 'bpchar'
  return plain === 'bit' ? '"bit"' : plain
}
