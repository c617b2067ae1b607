// A revision's header by a real parser, for the files that the tokenizer is not sure of. Nothing is executed here either.

import { createRequire } from 'node:module'
import type { ParseResult } from 'oxc-parser'
import { type Header, type HeaderFields, type HeaderValue, headerNames } from './header.ts'

type Node = { readonly type: string } & Readonly<Record<string, unknown>>

export interface ParsedHeader {
  readonly fields: HeaderFields
  /** Header names whose value is computed, so that no reader can know it. */
  readonly computed: readonly string[]
  /** What the parser says of the file, first to last. */
  readonly errors: readonly string[]
}

export function parseHeader(file: string, text: string): ParsedHeader {
  const { parseSync } = createRequire(import.meta.url)('oxc-parser') as typeof import('oxc-parser')
  const parse = (source: string): ParseResult =>
    parseSync(/\.[cm]?[jt]s$/.test(file) ? file : 'revision.ts', source, { preserveParens: false })
  const result = parse(text)
  let body = result.program.body as unknown as readonly Node[]
  // A broken body empties the tree, but the module record still knows the exports before it.
  if (body.length === 0 && result.errors.length > 0) {
    body = result.module.staticExports.flatMap(
      (span) => parse(text.slice(span.start, span.end)).program.body as unknown as Node[],
    )
  }
  const found = new Map<string, Node>()
  for (const statement of body) collect(statement, found)
  const fields: HeaderFields = {}
  const computed: string[] = []
  for (const name of headerNames) {
    const node = found.get(name)
    if (node === undefined) continue
    const value = literalOf(node)
    if (value === undefined) computed.push(name)
    else fields[name] = value
  }
  return { fields, computed, errors: result.errors.map((error) => error.message) }
}

/** Declared constants and what compiled CommonJS assigns to `exports`; what is not exported is no header. */
function collect(statement: Node, found: Map<string, Node>): void {
  const declaration = statement.type === 'ExportNamedDeclaration' ? (statement.declaration as Node | null) : null
  if (declaration?.type === 'VariableDeclaration') {
    for (const one of declaration.declarations as readonly Node[]) {
      const id = one.id as Node
      if (id.type === 'Identifier' && one.init !== null) found.set(String(id.name), one.init as Node)
    }
  }
  if (statement.type === 'ExpressionStatement') collectAssignment(statement.expression as Node, found)
}

// TypeScript's CommonJS begins with `exports.a = exports.b = void 0`, which a later assignment overrides.
function collectAssignment(expression: Node, found: Map<string, Node>): void {
  if (expression.type !== 'AssignmentExpression') return
  const { left, right } = expression as unknown as { readonly left: Node; readonly right: Node }
  if (left.type !== 'MemberExpression' || (left.object as Node).name !== 'exports') return
  if (right.type === 'AssignmentExpression' || right.type === 'UnaryExpression') return
  found.set(String((left.property as Node).name ?? (left.property as Node).value), right)
}

function bare(node: Node): Node {
  let inner = node
  while (/^TS(As|Satisfies|NonNull|TypeAssertion)/.test(inner.type)) inner = inner.expression as Node
  return inner
}

function literalOf(node: Node): HeaderValue | undefined {
  const value = bare(node)
  if (value.type === 'Literal') return value.value === null || typeof value.value === 'string' ? value.value : undefined
  if (value.type === 'TemplateLiteral' && (value.expressions as readonly Node[]).length === 0) {
    const [quasi] = value.quasis as readonly { readonly value: { readonly cooked: string } }[]
    return quasi?.value.cooked
  }
  if (value.type !== 'ArrayExpression') return undefined
  const list = (value.elements as readonly (Node | null)[]).map((element) =>
    element === null ? undefined : literalOf(element),
  )
  return list.every((element) => typeof element === 'string') ? list : undefined
}

export function missingNames(fields: HeaderFields): readonly (keyof Header)[] {
  return (['revision', 'downRevision'] as const).filter((name) => fields[name] === undefined)
}
