// The nodes of a parser's tree as the readers of headers see them: a type, a place, and whatever else.

export type SyntaxNode = { readonly type: string; readonly start: number; readonly end: number } & Readonly<
  Record<string, unknown>
>

/** The name of an identifier, or the text of a name in quotes. */
export function nameOf(node: SyntaxNode): string {
  return String(node.name ?? node.value)
}

/** The expression without what only the compiler sees: `as const`, `satisfies`, `!`, `<string>`. */
export function bare(node: SyntaxNode): SyntaxNode {
  let inner = node
  while (/^TS(?:As|Satisfies|NonNull|TypeAssertion)/.test(inner.type)) inner = inner.expression as SyntaxNode
  return inner
}

export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  return Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? value : [],
  )
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
}

/** Every node below these, without recursion: a body may be nested deeper than the stack. */
export function* nodesBelow(roots: readonly SyntaxNode[]): Generator<SyntaxNode> {
  const pending = [...roots]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    yield node
    pending.push(...childrenOf(node))
  }
}

/** Names that something assigns to after or besides their declaration. Scopes are not told apart: a doubt too many is no harm. */
export function changedVariables(body: readonly SyntaxNode[]): ReadonlySet<string> {
  const changed = new Set<string>()
  const declared = new Set<string>()
  for (const node of nodesBelow(body)) {
    for (const target of targetsOf(node)) for (const name of identifiersIn(target)) changed.add(name)
    if (node.type !== 'VariableDeclarator') continue
    for (const name of identifiersIn(node.id as SyntaxNode)) {
      if (declared.has(name)) changed.add(name)
      declared.add(name)
    }
  }
  return changed
}

function targetsOf(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.type === 'AssignmentExpression') return [node.left as SyntaxNode]
  if (node.type === 'UpdateExpression') return [node.argument as SyntaxNode]
  return /^For(?:In|Of)Statement$/.test(node.type) ? [node.left as SyntaxNode] : []
}

function identifiersIn(target: SyntaxNode): readonly string[] {
  // In `exports.revision = x` no variable changes.
  if (target.type === 'MemberExpression') return []
  return [...nodesBelow([target])].filter(({ type }) => type === 'Identifier').map(nameOf)
}
