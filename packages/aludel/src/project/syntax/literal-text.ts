// A header value as a literal in the manner of the file that it is written to.

import { type HeaderValue, headerNames } from '../header.ts'
import type { HeaderSyntax } from './header-syntax.ts'
import { bare, type SyntaxNode } from './syntax-node.ts'

export interface Replacement {
  readonly start: number
  readonly end: number
  readonly by: string
}

export interface Style {
  readonly quote: string
  readonly lineEnd: string
}

/** The quotes of the first header value that has some, mostly the identifier's, and the line ends of the file. */
export function styleOf({ parts }: HeaderSyntax, text: string): Style {
  const inOrder = headerNames.flatMap((name) => parts.get(name) ?? [])
  const quotes = inOrder.flatMap(({ value, offset }) => (value && quoteOf(value, offset, text)) ?? [])
  return { quote: quotes[0] ?? "'", lineEnd: /\r\n|[\n\r]/.exec(text)?.[0] ?? '\n' }
}

function quoteOf(node: SyntaxNode, offset: number, text: string): string | null {
  const literal = bare(node)
  const [element] =
    literal.type === 'ArrayExpression' ? (literal.elements as readonly (SyntaxNode | null)[]) : [literal]
  const first = element ? (text[bare(element).start + offset] ?? '') : ''
  return /['"`]/.test(first) ? first : null
}

/** The value in these quotes, a list on one line. */
export function valueText(value: HeaderValue, quote: string): string {
  if (value === null) return 'null'
  if (typeof value !== 'string') return `[${value.map((one) => valueText(one, quote)).join(', ')}]`
  const escaped = value.replace(/[\\'"`$\n\r\u2028\u2029\0]/g, (character) => {
    if (character === '\\') return '\\\\'
    if (character === '$') return quote === '`' ? '\\$' : '$'
    if (/['"`]/.test(character)) return character === quote ? `\\${quote}` : character
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  return `${quote}${escaped}${quote}`
}

/** What is to be replaced so that this expression has another value: as little as the value allows. */
export function replaceLiteral(
  expression: SyntaxNode,
  offset: number,
  text: string,
  value: HeaderValue,
  style: Style,
): readonly Replacement[] {
  const literal = bare(expression)
  const quote = quoteOf(literal, offset, text) ?? style.quote
  const start = literal.start + offset
  const end = literal.end + offset
  if (literal.type !== 'ArrayExpression' || value === null || typeof value === 'string') {
    // `null as const` does not compile.
    const suffix = value === null ? /^\s*as\s+const$/.exec(text.slice(end, expression.end + offset))?.[0] : undefined
    return [{ start, end: end + (suffix?.length ?? 0), by: valueText(value, quote) }]
  }
  const elements = (literal.elements as readonly SyntaxNode[]).map(bare).map((node) => ({
    start: node.start + offset,
    end: node.end + offset,
  }))
  if (elements.length === value.length)
    return elements.flatMap((place, position) => {
      const own = /['"`]/.exec(text[place.start] ?? '')?.[0] ?? quote
      const by = valueText(value[position] ?? null, own)
      return by === text.slice(place.start, place.end) ? [] : [{ ...place, by }]
    })
  const by = inLayout(elements, value, { start, end, text, quote }) ?? valueText(value, quote)
  return [{ start, end, by }]
}

interface Place {
  readonly start: number
  readonly end: number
}

interface OldList extends Place {
  readonly text: string
  readonly quote: string
}

/** The new list with the breaks and spaces of the old one; null where that has none to follow, or comments. */
function inLayout(
  elements: readonly Place[],
  value: readonly string[],
  { start, end, text, quote }: OldList,
): string | null {
  const [first, second] = elements
  const last = elements.at(-1)
  if (first === undefined || last === undefined || value.length === 0) return null
  const opening = text.slice(start, first.start)
  const between = second === undefined ? `,${opening.slice(1)}` : text.slice(first.end, second.start)
  const closing = text.slice(last.end, end)
  const gaps = elements.slice(1).map((element, position) => text.slice(elements[position]?.end, element.start))
  const isSimple =
    /^\[\s*$/.test(opening) &&
    /^,\s*$/.test(between) &&
    /^\s*,?\s*\]$/.test(closing) &&
    gaps.every((gap) => gap === between)
  if (!isSimple || !/[\r\n]/.test(opening)) return null
  return `${opening}${value.map((one) => valueText(one, quote)).join(between)}${closing}`
}
