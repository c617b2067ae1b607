// The source files as the architecture test sees them: what each imports, and what it does that only some rooms may.

import { readdirSync, readFileSync } from 'node:fs'
import { posix, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type ArrowFunctionExpression,
  parseSync,
  type Function as SyntaxFunction,
  type Node as SyntaxNode,
  Visitor,
} from 'oxc-parser'

export interface SourceFile {
  /** From `src`, with `/`: `schema/table.ts`. */
  readonly path: string
  readonly room: string
  readonly firstLine: string
  readonly lines: number
  /** Paths from `src` for our own files, bare names for packages. */
  readonly imports: readonly string[]
  /** Of these, our own files that must have run before this one can: neither types nor lazy imports. */
  readonly needs: readonly string[]
  readonly functions: readonly { readonly name: string; readonly lines: number }[]
  readonly deeds: readonly Deed[]
}

/** What a file does at a line. */
export interface Deed {
  readonly kind: 'await' | 'clock' | 'chance' | 'console' | 'process' | 'exit' | 'dialect-name' | 'module-state'
  readonly line: number
}

const home = fileURLToPath(new URL('../../src/', import.meta.url))
const dialectNames = new Set<unknown>(['postgres', 'postgresql', 'mysql', 'mariadb', 'sqlite'])

export function readSourceFiles(): readonly SourceFile[] {
  return readdirSync(home, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map(readSourceFile)
}

/** The room of a file: its first folder, or its name where it stands alone. */
export function roomOf(path: string): string {
  const [first = path] = path.split('/')
  return first.replace(/\.ts$/, '')
}

function readSourceFile(path: string): SourceFile {
  return describeSource(path, readFileSync(`${home}${path}`, 'utf8'))
}

export function describeSource(path: string, text: string): SourceFile {
  const { program, module, errors } = parseSync(path, text)
  const [error] = errors
  if (error !== undefined) throw new SyntaxError(`${path}: ${error.message}`)
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length
  const specifiers = [
    ...module.staticImports.map((statement) => statement.moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) => entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
  ]
  const from = (name: string) => (name.startsWith('.') ? posix.join(posix.dirname(path), name) : name)
  const needs = [
    ...module.staticImports.filter(({ entries }) => entries.length === 0 || entries.some((entry) => !entry.isType)),
    ...module.staticExports.flatMap(({ entries }) => entries.filter((entry) => !entry.isType)),
  ].flatMap(({ moduleRequest }) => moduleRequest?.value ?? [])
  const functions: { name: string; lines: number }[] = []
  const deeds: Deed[] = []
  const saw = (kind: Deed['kind'], node: SyntaxNode) => deeds.push({ kind, line: lineAt(node.start) })
  const measure = (node: SyntaxFunction | ArrowFunctionExpression) => {
    const name = 'id' in node && node.id !== null ? node.id.name : `line ${lineAt(node.start)}`
    functions.push({ name, lines: lineAt(node.end) - lineAt(node.start) + 1 })
    if (node.async) saw('await', node)
  }
  new Visitor({
    ImportExpression: ({ source }) => {
      if (source.type === 'Literal') specifiers.push(String(source.value))
    },
    TSImportType: ({ source }) => specifiers.push(source.value),
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
    AwaitExpression: (node) => saw('await', node),
    ForOfStatement: (node) => {
      if (node.await) saw('await', node)
    },
    NewExpression: (node) => {
      if (isNamed(node.callee, 'Date') && node.arguments.length === 0) saw('clock', node)
    },
    CallExpression: (node) => {
      if (isNamed(node.callee, 'Date')) saw('clock', node)
    },
    MemberExpression: (node) => {
      if (isNamed(node.object, 'Date') && isNamed(node.property, 'now')) saw('clock', node)
      if (isNamed(node.object, 'performance')) saw('clock', node)
      if (isNamed(node.object, 'Math') && isNamed(node.property, 'random')) saw('chance', node)
      if (isNamed(node.object, 'console')) saw('console', node)
      if (isNamed(node.object, 'process')) saw('process', node)
      if (isNamed(node.object, 'process') && isNamed(node.property, 'stdout', 'stderr')) saw('console', node)
      if (isNamed(node.object, 'process') && isNamed(node.property, 'exit', 'exitCode', 'abort')) saw('exit', node)
    },
    BinaryExpression: (node) => {
      if (/^[!=]==?$/.test(node.operator) && [node.left, node.right].some(isDialectName)) saw('dialect-name', node)
    },
    SwitchCase: (node) => {
      if (node.test !== null && isDialectName(node.test)) saw('dialect-name', node)
    },
    Program: ({ body }) => {
      for (const statement of body) {
        const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
        if (declaration?.type === 'VariableDeclaration' && declaration.kind !== 'const')
          saw('module-state', declaration)
      }
    },
  }).visit(program)
  return {
    path,
    room: roomOf(path),
    firstLine: text.slice(0, text.indexOf('\n')),
    lines: text.trimEnd().split('\n').length,
    imports: specifiers.map(from),
    needs: needs.filter((name) => name.startsWith('.')).map(from),
    functions,
    deeds,
  }
}

function isNamed(node: SyntaxNode, ...names: readonly string[]): boolean {
  return node.type === 'Identifier' && names.includes(node.name)
}

function isDialectName(node: SyntaxNode): boolean {
  return node.type === 'Literal' && dialectNames.has(node.value)
}
