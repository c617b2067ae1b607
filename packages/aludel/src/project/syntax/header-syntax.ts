// Where a file says each part of its header: what it exports, found in the tree of a real parser. Nothing is executed.

import { createRequire } from 'node:module'
import type { ParseResult } from 'oxc-parser'
import { type Header, headerNames } from '../header.ts'
import { commonJsExports } from './commonjs-exports.ts'
import { changedVariables, childrenOf, nameOf, type SyntaxNode } from './syntax-node.ts'

/** What gives a header name its value. */
export interface HeaderPart {
  /** The expression; null where the value comes from elsewhere or may change. */
  readonly value: SyntaxNode | null
  /** The statement at the file's top that holds the expression, else the one that exports the name. */
  readonly statement: SyntaxNode
  /** What is to be added to the places of these nodes. */
  readonly offset: number
}

export interface HeaderSyntax {
  readonly parts: ReadonlyMap<keyof Header, HeaderPart>
  /** What is wrong with the file, first to last. */
  readonly errors: readonly string[]
  /** How the file exports. */
  readonly kind: 'module' | 'commonjs'
}

interface Variable {
  readonly value: SyntaxNode | null
  readonly statement: SyntaxNode
}

/** An exported name, before it is known whether it is one of the header's. */
export interface Exported {
  readonly name: string
  readonly value: SyntaxNode | null
  readonly statement: SyntaxNode
}

/** Parses by the file's ending; `semantic` also tells what is well formed and yet no program, such as a name declared twice. */
export function parseFile(file: string, text: string, semantic = false): ParseResult {
  const { parseSync } = createRequire(import.meta.url)('oxc-parser') as typeof import('oxc-parser')
  const name = /\.[cm]?[jt]s$/.test(file) ? file : 'revision.ts'
  return parseSync(name, text, { preserveParens: false, showSemanticErrors: semantic })
}

// The parser is native and ends the whole process where its stack does, at about five thousand.
const deepest = 1000

export function isTooDeep(text: string): boolean {
  let depth = 0
  for (const [bracket] of text.matchAll(/[[\](){}]/g)) {
    depth = '[({'.includes(bracket) ? depth + 1 : Math.max(0, depth - 1)
    if (depth > deepest) return true
  }
  return false
}

export function readSyntax(file: string, text: string): HeaderSyntax {
  if (isTooDeep(text)) return { parts: new Map(), errors: ['its brackets are nested too deeply'], kind: 'module' }
  const result = parseFile(file, text)
  const body = result.program.body as unknown as readonly SyntaxNode[]
  const errors = result.errors.map((error) => error.message)
  const broken = body.length === 0 && errors.length > 0
  const parts = broken ? partsBeforeError(result, file, text) : partsOf(body, result.module.hasModuleSyntax, 0)
  const found = new Map<keyof Header, HeaderPart>()
  const repeated = new Set<string>()
  for (const part of parts) {
    const name = headerNames.find((one) => one === part.name)
    if (name === undefined) continue
    if (found.has(name)) repeated.add(name)
    found.set(name, { value: part.value, statement: part.statement, offset: part.offset })
  }
  // What a header name says below the error is not known, and without it the header is another one.
  if (broken && headerNames.some((name) => !found.has(name) && isExportedIn(text, name))) found.delete('downRevision')
  for (const name of repeated) {
    errors.push(`\`${name}\` is exported twice`)
    found.delete(name as keyof Header)
  }
  return { parts: found, errors, kind: result.module.hasModuleSyntax ? 'module' : 'commonjs' }
}

function isExportedIn(text: string, name: string): boolean {
  return new RegExp(`\\bexport\\s+(?:const|let|var)\\s+${name}\\b`).test(text)
}

interface Part extends Exported {
  readonly offset: number
}

// A broken body empties the tree, but the module record still knows the exports before it.
function partsBeforeError(result: ParseResult, file: string, text: string): readonly Part[] {
  return result.module.staticExports.flatMap(({ start, end }) => {
    const body = parseFile(file, text.slice(start, end)).program.body as unknown as readonly SyntaxNode[]
    return partsOf(body, true, start).map((part) => (isConstant(part.statement) ? part : { ...part, value: null }))
  })
}

// What an export list names is declared in a part of the file that was not read, and a variable may be changed there.
function isConstant({ declaration }: SyntaxNode): boolean {
  return (declaration as SyntaxNode | null | undefined)?.kind === 'const'
}

function partsOf(body: readonly SyntaxNode[], isModule: boolean, offset: number): readonly Part[] {
  const variables = variablesOf(body)
  const variableNamed = (name: string): Variable | null => variables.get(name) ?? null
  const exported = isModule
    ? body.flatMap((statement) => moduleExports(statement, variableNamed))
    : commonJsExports(body, (name) => variableNamed(name)?.value ?? null)
  const parts = exported.map((one) => ({ ...one, offset }))
  // `export *` gives what is not said here, and only that.
  const star = body.find((one) => one.type === 'ExportAllDeclaration' && !one.exported && one.exportKind !== 'type')
  if (star === undefined) return parts
  const missing = ['revision', 'downRevision'].filter((name) => !parts.some((part) => part.name === name))
  return [...parts, ...missing.map((name) => ({ name, value: null, statement: star, offset }))]
}

/** The variables of the file's top, without a value where that may change. */
function variablesOf(body: readonly SyntaxNode[]): ReadonlyMap<string, Variable> {
  const found = new Map<string, Variable>()
  const open: string[] = []
  for (const statement of body) {
    const declaration = (statement.declaration as SyntaxNode | null | undefined) ?? statement
    if (declaration.type !== 'VariableDeclaration' || declaration.declare === true) continue
    for (const one of declaration.declarations as readonly SyntaxNode[]) {
      const id = one.id as SyntaxNode
      if (id.type !== 'Identifier') continue
      if (declaration.kind !== 'const') open.push(nameOf(id))
      found.set(nameOf(id), { value: one.init as SyntaxNode | null, statement })
    }
  }
  if (open.length === 0) return found
  const changed = changedVariables(body)
  for (const name of open) {
    const variable = found.get(name)
    if (variable !== undefined && changed.has(name)) found.set(name, { ...variable, value: null })
  }
  return found
}

function moduleExports(statement: SyntaxNode, variableNamed: (name: string) => Variable | null): readonly Exported[] {
  if (statement.type === 'ExportAllDeclaration' && statement.exported && statement.exportKind !== 'type')
    return [{ name: nameOf(statement.exported as SyntaxNode), value: null, statement }]
  if (statement.type !== 'ExportNamedDeclaration' || statement.exportKind === 'type') return []
  const declaration = statement.declaration as SyntaxNode | null
  if (declaration !== null) return declaredNames(declaration).map((name) => ({ name, ...known(name) }))
  return (statement.specifiers as readonly SyntaxNode[])
    .filter((specifier) => specifier.exportKind !== 'type')
    .map((specifier) => ({
      name: nameOf(specifier.exported as SyntaxNode),
      // A name that comes from another file is known only there.
      ...(statement.source === null ? known(nameOf(specifier.local as SyntaxNode)) : { value: null, statement }),
    }))

  function known(name: string): Variable {
    return variableNamed(name) ?? { value: null, statement }
  }
}

/** The names that a declaration gives values, as against types and what is only declared. */
function declaredNames(declaration: SyntaxNode): readonly string[] {
  if (declaration.declare === true || /^TS(?:Interface|TypeAlias)/.test(declaration.type)) return []
  if (declaration.type !== 'VariableDeclaration') return declaration.id ? [nameOf(declaration.id as SyntaxNode)] : []
  return (declaration.declarations as readonly SyntaxNode[]).flatMap((one) => namesIn(one.id as SyntaxNode))
}

function namesIn(pattern: SyntaxNode): readonly string[] {
  if (pattern.type === 'Identifier') return [nameOf(pattern)]
  if (pattern.type === 'Property') return namesIn(pattern.value as SyntaxNode)
  if (pattern.type === 'AssignmentPattern') return namesIn(pattern.left as SyntaxNode)
  return childrenOf(pattern).flatMap(namesIn)
}
