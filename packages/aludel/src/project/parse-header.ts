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
    body = result.module.staticExports
      .flatMap((span) => parse(text.slice(span.start, span.end)).program.body as unknown as Node[])
      .filter((statement) => statement.declaration)
  }
  const found = new Map<string, Node | null>()
  const local = new Map<string, Node | null>()
  for (const statement of body) collectLocal(statement, local, text)
  for (const statement of body) collect(statement, found, local)
  const fields: HeaderFields = {}
  const computed: string[] = []
  for (const name of headerNames) {
    const node = found.get(name)
    if (node === undefined) continue
    const value = node === null ? undefined : literalOf(node)
    if (value === undefined) computed.push(name)
    else fields[name] = value
  }
  return { fields, computed, errors: result.errors.map((error) => error.message) }
}

/** The variables of the file's top; null for the value of one that may change. */
function collectLocal(statement: Node, local: Map<string, Node | null>, text: string): void {
  const declaration = statement.type === 'ExportNamedDeclaration' ? (statement.declaration as Node | null) : statement
  if (declaration?.type !== 'VariableDeclaration') return
  for (const one of declaration.declarations as readonly Node[]) {
    const id = one.id as Node
    if (id.type !== 'Identifier') continue
    const name = String(id.name)
    const changes = declaration.kind !== 'const' && isAssignedTwice(name, text)
    local.set(name, changes ? null : (one.init as Node | null))
  }
}

// Bundlers write `var`; whether such a variable is changed is told by its text, where a mention too many counts as a change.
function isAssignedTwice(name: string, text: string): boolean {
  return (text.match(new RegExp(`\\b${name}\\s*(?:[-+*/%&|^?<>]*=(?![=>])|\\+\\+|--)`, 'g')) ?? []).length > 1
}

/** What the file exports, and what compiled CommonJS assigns to `exports`; what is not exported is no header. */
function collect(statement: Node, found: Map<string, Node | null>, local: ReadonlyMap<string, Node | null>): void {
  if (statement.type === 'ExpressionStatement') collectAssignment(statement.expression as Node, found)
  if (statement.type !== 'ExportNamedDeclaration') return
  const declaration = statement.declaration as Node | null
  if (declaration?.type === 'VariableDeclaration') {
    for (const one of declaration.declarations as readonly Node[]) take(String((one.id as Node).name), one.id as Node)
  }
  for (const specifier of statement.specifiers as readonly Node[]) {
    take(nameOf(specifier.exported as Node), statement.source === null ? (specifier.local as Node) : null)
  }
  function take(name: string, of: Node | null): void {
    // A name that comes from another file is known only there.
    found.set(name, of === null ? null : (local.get(nameOf(of)) ?? null))
  }
}

// TypeScript's CommonJS begins with `exports.a = exports.b = void 0`, which a later assignment overrides.
function collectAssignment(expression: Node, found: Map<string, Node | null>): void {
  if (expression.type !== 'AssignmentExpression') return
  const { left, right } = expression as unknown as { readonly left: Node; readonly right: Node }
  if (left.type !== 'MemberExpression') return
  if (isExports(left.object as Node)) {
    if (right.type !== 'AssignmentExpression' && right.type !== 'UnaryExpression')
      found.set(nameOf(left.property as Node), right)
  } else if (isExports(left) && right.type === 'ObjectExpression') {
    for (const property of right.properties as readonly Node[]) {
      if (property.type === 'Property') found.set(nameOf(property.key as Node), property.value as Node)
    }
  }
}

/** `exports` or `module.exports`. */
function isExports(node: Node): boolean {
  if (node.type === 'Identifier') return node.name === 'exports'
  if (node.type !== 'MemberExpression') return false
  return (node.object as Node).name === 'module' && nameOf(node.property as Node) === 'exports'
}

function nameOf(node: Node): string {
  return String(node.name ?? node.value)
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
