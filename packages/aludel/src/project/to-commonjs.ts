// TypeScript to a function body that `vm` can run at once: one way of loading on every Node.

import { createRequire } from 'node:module'
import type MagicString from 'magic-string'
import type { Program } from 'oxc-parser'
import { AludelError } from '../errors.ts'

export interface Transformed {
  readonly code: string
  /** A source map, where one was asked for. */
  readonly map: unknown
}

type Oxc = typeof import('oxc-parser') & typeof import('oxc-transform')

/** Rewrites a module's imports and exports; types are taken away, nothing else changes. */
export function toCommonJs(source: string, file: string, options: { readonly map: boolean }): Transformed {
  const require = createRequire(import.meta.url)
  const { transformSync } = require('oxc-transform') as Oxc
  const output = transformSync(file, source, {
    sourcemap: options.map,
    sourceType: 'module',
    lang: /\.[cm]?js$/.test(file) ? 'js' : 'ts',
    target: 'es2022',
    typescript: { onlyRemoveTypeImports: false },
  })
  const [error] = output.errors
  if (error !== undefined) {
    throw new AludelError('syntax-error', `${file} is not valid TypeScript: ${error.message}.`, {
      hint: error.codeframe?.trim() ?? null,
      details: { file },
    })
  }
  return { code: rewrite(output.code, require), map: output.map ?? null }
}

const key = (name: string) => JSON.stringify(name)

function rewrite(code: string, require: NodeJS.Require): string {
  const { parseSync } = require('oxc-parser') as Oxc
  const magic = require('magic-string') as { readonly default?: typeof MagicString } & typeof MagicString
  const Text = magic.default ?? magic
  const parsed = parseSync('module.js', code, { sourceType: 'module', lang: 'js' })
  const { module } = parsed
  const text = new Text(code)
  const head: string[] = []
  for (const [position, found] of module.staticImports.entries()) {
    const held = `__import${position}`
    const from = `require(${key(found.moduleRequest.value)})`
    head.push(found.entries.length === 0 ? `${from};` : `const ${held}=${from};`)
    const names = found.entries.map((entry) => entry.localName.value)
    const values = found.entries.map((entry) => `${entry.localName.value}=${imported(held, entry.importName)};`)
    if (names.length > 0) head.push(`let ${names.join(',')};__bind(${held},()=>{${values.join('')}});`)
    text.remove(found.start, found.end)
  }
  const getters: string[] = []
  for (const found of module.staticExports) {
    for (const entry of found.entries) getters.push(exported(entry))
    const statement = code.slice(found.start, found.end)
    const keyword = /^export\s+(?:default\s+)?/.exec(statement)?.[0] ?? ''
    if (/^export\s*[{*]/.test(statement)) text.remove(found.start, found.end)
    else if (isImport(statement)) removeExportLists(text, parsed.program)
    else {
      const unnamed = keyword.includes('default') && !found.entries[0]?.localName.name
      text.overwrite(found.start, found.start + keyword.length, unnamed ? 'const __default = ' : ' ')
    }
  }
  for (const found of module.dynamicImports) text.overwrite(found.start, found.start + 'import'.length, '__import')
  for (const found of module.importMetas) text.overwrite(found.start, found.end, '__meta')
  // What is left of a module whose imports were all types.
  const body = text.toString().replace(/(^|[\n;}])\s*export\s*\{\s*\};?\s*$/, '$1')
  return `"use strict";${getters.join('')}${head.join('')}${body}`
}

// For `import { a } from 'b'; export { a }` the parser gives the place of the import, where the name comes from.
function isImport(statement: string): boolean {
  return /^import\b/.test(statement)
}

function removeExportLists(text: MagicString, { body }: Program): void {
  for (const node of body) {
    if (node.type === 'ExportNamedDeclaration' && node.declaration === null) text.remove(node.start, node.end)
  }
}

function imported(held: string, name: { readonly kind: string; readonly name?: string | null }): string {
  if (name.kind === 'NamespaceObject') return held
  return name.kind === 'Default' ? `__default_of(${held})` : `${held}[${key(name.name ?? '')}]`
}

interface ExportEntry {
  readonly moduleRequest?: { readonly value: string } | null
  readonly importName: { readonly kind: string; readonly name?: string | null }
  readonly exportName: { readonly kind: string; readonly name?: string | null }
  readonly localName: { readonly name?: string | null }
}

function exported(entry: ExportEntry): string {
  const name = key(entry.exportName.kind === 'Default' ? 'default' : (entry.exportName.name ?? 'default'))
  if (!entry.moduleRequest) return `__get(exports,${name},()=>${entry.localName.name ?? '__default'});`
  const from = `require(${key(entry.moduleRequest.value)})`
  if (entry.importName.kind === 'AllButDefault') return `__star(exports,${from});`
  return `__get(exports,${name},()=>${from}${entry.importName.name ? `[${key(entry.importName.name)}]` : ''});`
}
