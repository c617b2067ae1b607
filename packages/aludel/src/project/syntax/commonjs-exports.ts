// What a CommonJS file exports, as TypeScript, Babel, esbuild and swc write it and as people do.

import { headerNames } from '../header.ts'
import type { Exported } from './header-syntax.ts'
import { nameOf, nodesBelow, type SyntaxNode } from './syntax-node.ts'

type ValueIn = (name: string) => SyntaxNode | null

interface Exports {
  readonly found: Map<string, Exported>
  /** What a bundler hands to a variable that becomes `module.exports`. */
  readonly bundled: Map<string, Exported>
  readonly assignments: Set<SyntaxNode>
  /** Whether `exports` is still what the file exports. */
  aliased: boolean
}

/** In the order of the file; a name whose value may be another when the file has run has the value null. */
export function commonJsExports(body: readonly SyntaxNode[], valueIn: ValueIn): readonly Exported[] {
  const exports: Exports = { found: new Map(), bundled: new Map(), assignments: new Set(), aliased: true }
  for (const statement of body) {
    for (const expression of expressionsOf(statement)) {
      hand(exports, expression, statement, valueIn)
      const chain = chainOf(expression)
      if (chain.length > 0) assign(exports, chain, statement, valueIn)
    }
  }
  const found = new Map([...exports.bundled, ...exports.found])
  const [statement] = body
  for (const name of assignedElsewhere(body, exports.assignments) ?? [...headerNames, ...found.keys()])
    if (statement !== undefined) found.set(name, { name, statement, ...found.get(name), value: null })
  return [...found.values()]
}

/** TypeScript begins with `exports.a = exports.b = void 0`, and Babel writes `const a = exports.a = 'x'`. */
function assign(exports: Exports, chain: readonly SyntaxNode[], statement: SyntaxNode, valueIn: ValueIn): void {
  const right = chain.at(-1)?.right as SyntaxNode
  const targets = chain.map((assignment) => assignment.left as SyntaxNode)
  for (const assignment of chain) if (!isOpen(assignment.left as SyntaxNode)) exports.assignments.add(assignment)
  for (const target of targets) {
    const name = exportedName(target)
    if (name === null || !isExported(exports, target.object as SyntaxNode)) continue
    if (isVoid(right)) exports.found.delete(name)
    else exports.found.set(name, { name, value: resolved(right, valueIn), statement })
  }
  const whole = targets.filter(isExports)
  if (whole.length === 0) return
  const replaced = whole.some(({ type }) => type === 'MemberExpression')
  exports.aliased = replaced && whole.some(({ type }) => type === 'Identifier')
  if (!replaced) return
  if (right.type !== 'ObjectExpression') {
    for (const one of exports.found.values()) exports.found.set(one.name, { ...one, value: null })
    return
  }
  exports.found.clear()
  for (const one of propertiesOf(right, statement, valueIn)) exports.found.set(one.name, one)
}

function isExported({ aliased }: Exports, object: SyntaxNode): boolean {
  return isExports(object) && (aliased || object.type === 'MemberExpression')
}

// A variable has its value only below its declaration.
function resolved(node: SyntaxNode, valueIn: ValueIn): SyntaxNode | null {
  if (node.type !== 'Identifier') return node
  const value = valueIn(nameOf(node))
  return value !== null && value.start < node.start ? value : null
}

function propertiesOf(object: SyntaxNode, statement: SyntaxNode, valueIn: ValueIn): readonly Exported[] {
  const properties = object.properties as readonly SyntaxNode[]
  const isPlain = (one: SyntaxNode) =>
    one.type === 'Property' && (one.computed !== true || (one.key as SyntaxNode).type === 'Literal')
  const plain = properties.filter(isPlain).map((one) => ({
    name: nameOf(one.key as SyntaxNode),
    value: resolved(one.value as SyntaxNode, valueIn),
    statement,
  }))
  // What is spread or named by a variable may be anything.
  if (plain.length === properties.length) return plain
  const names = new Set([...headerNames, ...plain.map(({ name }) => name)])
  return [...names].map((name) => ({ name, value: null, statement }))
}

/**
 * `__export(all, { revision: () => revision })` of esbuild, `_export(exports, { get revision() { ... } })` of swc and
 * `Object.defineProperty(exports, 'revision', { get: function () { ... } })`.
 */
function hand(exports: Exports, call: SyntaxNode, statement: SyntaxNode, valueIn: ValueIn): void {
  if (call.type !== 'CallExpression') return
  const callee = call.callee as SyntaxNode
  const [target, second, third] = call.arguments as readonly SyntaxNode[]
  if (target === undefined) return
  const into = isExported(exports, target) ? exports.found : target.name === 'exports' ? null : exports.bundled
  if (/^__?export$/.test(nameOf(callee)) && second?.type === 'ObjectExpression') {
    for (const one of plainProperties(second)) {
      const name = nameOf(one.key as SyntaxNode)
      into?.set(name, { name, value: returned(one.value as SyntaxNode, valueIn), statement })
    }
  }
  const isDefined = callee.type === 'MemberExpression' && nameOf(callee.property as SyntaxNode) === 'defineProperty'
  if (!isDefined || !isExported(exports, target) || second?.type !== 'Literal') return
  const getter =
    third?.type === 'ObjectExpression' ? plainProperties(third).find(({ key }) => isNamed(key, 'get')) : undefined
  const value = getter === undefined ? null : returned(getter.value as SyntaxNode, valueIn)
  exports.found.set(nameOf(second), { name: nameOf(second), value, statement })
}

function plainProperties(object: SyntaxNode): readonly SyntaxNode[] {
  return (object.properties as readonly SyntaxNode[]).filter((one) => one.type === 'Property' && one.computed !== true)
}

function isNamed(node: unknown, name: string): boolean {
  return nameOf(node as SyntaxNode) === name
}

function returned(getter: SyntaxNode, valueIn: ValueIn): SyntaxNode | null {
  const body = getter.body as SyntaxNode | null | undefined
  const [only] = (body?.body ?? []) as readonly SyntaxNode[]
  const given = body?.type === 'BlockStatement' || body?.type === 'FunctionBody' ? unwrapped(only) : body
  return given?.type === 'Identifier' ? valueIn(nameOf(given)) : null
}

function unwrapped(statement: SyntaxNode | undefined): SyntaxNode | null {
  if (statement?.type === 'ReturnStatement') return statement.argument as SyntaxNode | null
  return statement?.type === 'ExpressionStatement' ? (statement.expression as SyntaxNode) : null
}

/** What runs at the file's top: `x`, `x, y` and the initial values of variables. */
function expressionsOf(statement: SyntaxNode): readonly SyntaxNode[] {
  if (statement.type === 'VariableDeclaration')
    return (statement.declarations as readonly SyntaxNode[]).flatMap(({ init }) => (init as SyntaxNode | null) ?? [])
  if (statement.type !== 'ExpressionStatement') return []
  const expression = statement.expression as SyntaxNode
  return expression.type === 'SequenceExpression' ? (expression.expressions as readonly SyntaxNode[]) : [expression]
}

/** `a = b = 'x'` as its two assignments. */
function chainOf(expression: SyntaxNode): readonly SyntaxNode[] {
  const chain: SyntaxNode[] = []
  for (
    let next = expression;
    next.type === 'AssignmentExpression' && next.operator === '=';
    next = next.right as SyntaxNode
  )
    chain.push(next)
  return chain
}

function isVoid(node: SyntaxNode): boolean {
  return node.type === 'UnaryExpression' && node.operator === 'void'
}

/** `x` of `exports.x`, `exports['x']` and `module.exports.x`. */
function exportedName(node: SyntaxNode): string | null {
  if (node.type !== 'MemberExpression' || !isExports(node.object as SyntaxNode)) return null
  const property = node.property as SyntaxNode
  return node.computed !== true || property.type === 'Literal' ? nameOf(property) : null
}

/** `exports` or `module.exports`. */
function isExports(node: SyntaxNode): boolean {
  if (node.type === 'Identifier') return node.name === 'exports'
  if (node.type !== 'MemberExpression') return false
  return (node.object as SyntaxNode).name === 'module' && nameOf(node.property as SyntaxNode) === 'exports'
}

/** `exports[x]`, which may be any name. */
function isOpen(node: SyntaxNode): boolean {
  return node.type === 'MemberExpression' && isExports(node.object as SyntaxNode) && exportedName(node) === null
}

/** Names that a condition or a function assigns; null where that may be any name. */
function assignedElsewhere(body: readonly SyntaxNode[], plain: ReadonlySet<SyntaxNode>): ReadonlySet<string> | null {
  const found = new Set<string>()
  // `0 && (module.exports = { revision })` of esbuild tells tools what is exported, and never runs.
  const never = new Set<unknown>()
  for (const node of nodesBelow(body)) {
    if (node.type === 'LogicalExpression' && (node.left as SyntaxNode).value === 0) never.add(node.right)
    if (node.type !== 'AssignmentExpression' || plain.has(node) || never.has(node)) continue
    const left = node.left as SyntaxNode
    const name = exportedName(left)
    if (name !== null) found.add(name)
    else if (isOpen(left) || (isExports(left) && left.type === 'MemberExpression')) return null
  }
  return found
}
