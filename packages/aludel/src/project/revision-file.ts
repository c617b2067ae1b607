// A revision file as text, and the name it gets.

import type { Op } from '../ops/operations.ts'
import { createPrinter, printOp } from '../ops/printer.ts'
import { indent, printText } from '../ops/source-text.ts'
import type { NamingConvention } from '../schema/naming.ts'

export interface RevisionDraft {
  readonly id: string
  readonly message: string
  readonly downRevisions: readonly string[]
  readonly dependsOn: readonly string[]
  readonly branchLabels: readonly string[]
  /** ISO 8601, UTC, to the second. */
  readonly createdAt: string
  readonly upgrade: readonly Op[]
  readonly downgrade: readonly Op[]
  /** Why parts of the way down could not be written, one sentence each. */
  readonly remarks: readonly string[]
}

/** The file's text: header, `upgrade` and `downgrade`, as Alembic's reads. */
export function revisionText(draft: RevisionDraft, naming: NamingConvention): string {
  const printer = createPrinter(naming)
  const body = (ops: readonly Op[]) => indent(ops.map((op) => printOp(op, printer)).join('\n'))
  const upgrade = body(draft.upgrade)
  const downgrade = [
    indent(draft.remarks.map((remark) => `// ${remark.replace(/\s+/g, ' ')}`).join('\n')),
    body(draft.downgrade),
  ]
    .filter((text) => text !== '')
    .join('\n')
  const names = [...printer.used].sort()
  const imports = ["import type { Operations } from 'aludel'", ...(names.length === 0 ? [] : [importLine(names)])]
  return `${[
    comment(draft.message),
    ...imports,
    '',
    `export const revision = ${printText(draft.id)}`,
    `export const downRevision = ${value(draft.downRevisions)}`,
    `export const branchLabels = ${value(draft.branchLabels)}`,
    `export const dependsOn = ${value(draft.dependsOn)}`,
    `export const createdAt = ${printText(draft.createdAt)}`,
    '',
    functionText('upgrade', upgrade),
    '',
    functionText('downgrade', downgrade),
  ].join('\n')}\n`
}

const widest = 120

export function importLine(names: readonly string[]): string {
  const line = `import { ${names.join(', ')} } from 'aludel/schema'`
  return line.length <= widest
    ? line
    : `import {\n${names.map((name) => `  ${name},\n`).join('')}} from 'aludel/schema'`
}

function functionText(name: string, body: string): string {
  return body === ''
    ? `export function ${name}(_op: Operations) {}`
    : `export function ${name}(${/\bop\./.test(body) ? 'op' : '_op'}: Operations) {\n${body}\n}`
}

function comment(message: string): string {
  const text = message.replaceAll('*/', '* /').trim()
  if (!text.includes('\n')) return `/** ${text === '' ? 'empty message' : text} */`
  return `/**\n${text
    .split('\n')
    .map((line) => ` * ${line}`.trimEnd())
    .join('\n')}\n */`
}

function value(list: readonly string[]): string {
  const [only] = list
  if (only === undefined) return 'null'
  return list.length === 1 ? printText(only) : `[${list.map(printText).join(', ')}]`
}

const longestSlug = 40

/** The words of a message for a file name: lower case, joined by `_`, cut at a word. */
export function slugOf(message: string): string {
  const words = message.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const slug = words.join('_')
  if (slug.length <= longestSlug) return slug
  const cut = slug.slice(0, longestSlug + 1).lastIndexOf('_')
  return slug.slice(0, cut > 0 ? cut : longestSlug)
}

/** The name of a new file by the configured pattern, without its ending. */
export function fileNameOf(pattern: string, draft: Pick<RevisionDraft, 'id' | 'message' | 'createdAt'>): string {
  const at = new Date(draft.createdAt)
  const two = (number: number) => String(number).padStart(2, '0')
  const tokens: Readonly<Record<string, string>> = {
    revision: draft.id,
    slug: slugOf(draft.message),
    year: String(at.getUTCFullYear()),
    month: two(at.getUTCMonth() + 1),
    day: two(at.getUTCDate()),
    hour: two(at.getUTCHours()),
    minute: two(at.getUTCMinutes()),
  }
  return pattern.replace(/\{(\w+)\}/g, (all, name: string) => tokens[name] ?? all).replace(/_+$/, '')
}
