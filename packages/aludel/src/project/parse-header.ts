// A revision's header by a real parser, for the files that the tokenizer is not sure of. Nothing is executed here either.

import { type Header, type HeaderFields, type HeaderValue, headerNames } from './header.ts'
import { readSyntax } from './syntax/header-syntax.ts'
import { bare, type SyntaxNode } from './syntax/syntax-node.ts'

export interface ParsedHeader {
  /** A number is there as its text. */
  readonly fields: HeaderFields
  /** Header names whose value is computed, so that no reader can know it. */
  readonly computed: readonly (keyof Header)[]
  /** Header names whose value is or holds a number. */
  readonly numbers: readonly (keyof Header)[]
  /** What the parser says of the file, first to last. */
  readonly errors: readonly string[]
}

export function parseHeader(file: string, text: string): ParsedHeader {
  const { parts, errors } = readSyntax(file, text)
  const fields: HeaderFields = {}
  const computed: (keyof Header)[] = []
  const numbers: (keyof Header)[] = []
  for (const name of headerNames) {
    const part = parts.get(name)
    if (part === undefined) continue
    const value = part.value === null ? undefined : literalOf(part.value)
    if (value === undefined) computed.push(name)
    else {
      fields[name] = value
      if (part.value !== null && holdsNumber(part.value)) numbers.push(name)
    }
  }
  return { fields, computed, numbers, errors }
}

function literalOf(node: SyntaxNode): HeaderValue | undefined {
  const value = bare(node)
  if (value.type !== 'ArrayExpression') return scalarOf(value)
  const list = (value.elements as readonly (SyntaxNode | null)[]).map((element) =>
    element === null ? undefined : scalarOf(bare(element)),
  )
  return list.every((element) => typeof element === 'string') ? list : undefined
}

function scalarOf(value: SyntaxNode): string | null | undefined {
  if (value.type === 'Literal') {
    if (typeof value.value === 'string') return value.value
    if (typeof value.value === 'number') return numberText(value)
    // Regular expressions and big integers have no value in the tree either.
    return value.raw === 'null' ? null : undefined
  }
  if (value.type !== 'TemplateLiteral' || (value.expressions as readonly SyntaxNode[]).length > 0) return undefined
  const [quasi] = value.quasis as readonly { readonly value: { readonly cooked: string } }[]
  return quasi?.value.cooked
}

// The digits as they stand: a number of twenty digits is another one in JavaScript, and `007` is meant with its zeros.
function numberText(value: SyntaxNode): string {
  const raw = String(value.raw)
  return /^\d+$/.test(raw) ? raw : String(value.value)
}

function holdsNumber(node: SyntaxNode): boolean {
  const value = bare(node)
  if (value.type !== 'ArrayExpression') return typeof value.value === 'number'
  return (value.elements as readonly SyntaxNode[]).some((element) => typeof bare(element).value === 'number')
}

export function missingNames(fields: HeaderFields): readonly (keyof Header)[] {
  return (['revision', 'downRevision'] as const).filter((name) => fields[name] === undefined)
}
