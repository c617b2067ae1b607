// A revision's header without executing its file: a tokenizer that is sure, or says that it is not.

export interface Header {
  readonly revision: string
  readonly downRevision: string | readonly string[] | null
  readonly branchLabels: string | readonly string[] | null
  readonly dependsOn: string | readonly string[] | null
  readonly createdAt: string | null
  readonly phase: string | null
  readonly transaction: string | null
}

export type HeaderValue = string | readonly string[] | null
export type HeaderFields = Partial<Record<keyof Header, HeaderValue>>

/** A value as the list that it stands for: none, one or several. */
export function listOf(value: HeaderValue | undefined): readonly string[] {
  if (value === null || value === undefined) return []
  return typeof value === 'string' ? [value] : value
}

export const headerNames: readonly (keyof Header)[] = [
  'revision',
  'downRevision',
  'branchLabels',
  'dependsOn',
  'createdAt',
  'phase',
  'transaction',
]

// Sticky patterns, each anchored where the scan stands. What may follow a repetition is never a part of it, so that no
// file, however long or strange, takes more than one way through it.
const lineComment = /[^\r\n\u2028\u2029]*/y
const importLine = /import(?![\w$])[ \t]*(?:[\w$*{][\w$*{},\r\n\t ]*)?(?:'[^'\\\r\n]*'|"[^"\\\r\n]*")/y
const constant =
  /export[ \t]+const[ \t]+([A-Za-z]+)[ \t]*(?::(?:[\w \t|<>[\],]|'[^'\\\r\n]*'|"[^"\\\r\n]*")*)?=(?![=>])/y
const stringLiteral = /'([^'\\\r\n]*)'|"([^"\\\r\n]*)"|`([^`\\$\r]*)`/y
const asConst = /[ \t]*as[ \t]+const\b/y
// A name may be written with escapes, and an exported one also as a text in quotes.
const escapedName = /\\u|\bas\s*['"/]/
const theRest = /export[ \t]+(?:(?:async[ \t]+)?function\b|\{)/y

interface Scan {
  readonly text: string
  at: number
}

// A file as `revision` and `migrate` write it, up to the end of its header, in one pattern: nearly every file is that.
const written = new RegExp(
  [
    String.raw`\/\*\* (?:[^*\n]|\*(?!\/))* \*\/\n(?:import (?:type )?\{[\w,\s]+\} from '[\w./-]+'\n)*\n?`,
    String.raw`export const revision = '([\w.]+)'\n`,
    String.raw`export const downRevision = (null|'[\w.]+'|\['[\w.]+'(?:, '[\w.]+')*\])\n`,
    String.raw`export const branchLabels = (null|'[\w.]+'|\['[\w.]+'(?:, '[\w.]+')*\])\n`,
    String.raw`export const dependsOn = (null|'[\w.]+'|\['[\w.]+'(?:, '[\w.]+')*\])\n`,
    String.raw`export const createdAt = '([\w:.-]+)'\n\nexport function `,
  ].join(''),
  'y',
)

/** The header's fields, or null where only a real parser can tell. */
export function readHeader(text: string): HeaderFields | null {
  written.lastIndex = 0
  const known = written.exec(text)
  if (known !== null) return asWritten(known, text, written.lastIndex)
  return scanHeader(text)
}

function asWritten(match: RegExpExecArray, text: string, from: number): HeaderFields | null {
  const [, revision = '', down = '', labels = '', depends = '', createdAt = ''] = match
  const fields = {
    revision,
    downRevision: listed(down),
    branchLabels: listed(labels),
    dependsOn: listed(depends),
    createdAt,
  }
  return isSure(text, from, fields) ? fields : null
}

function listed(source: string): HeaderValue {
  if (source === 'null') return null
  return source.startsWith('[') ? source.slice(2, -2).split("', '") : source.slice(1, -1)
}

function scanHeader(text: string): HeaderFields | null {
  const scan: Scan = { text, at: 0 }
  const fields: HeaderFields = {}
  skipTrivia(scan)
  for (;;) {
    const end = statement(scan, fields)
    if (end === 'none') break
    if (end === null || !endsHere(scan, end)) return null
  }
  if (scan.at < text.length && matchAt(theRest, scan) === null) return null
  return isSure(text, scan.at, fields) ? fields : null
}

/** One import or header constant; the place where it ended, 'none' where something else begins, null in doubt. */
function statement(scan: Scan, fields: HeaderFields): number | 'none' | null {
  const declared = matchAt(constant, scan)
  if (declared === null) {
    if (matchAt(importLine, scan) === null) return 'none'
    scan.at = importLine.lastIndex
    return scan.at
  }
  const name = headerNames.find((known) => known === declared[1])
  if (name === undefined || name in fields) return null
  scan.at = constant.lastIndex
  skipTrivia(scan)
  const value = literal(scan)
  if (value === undefined) return null
  fields[name] = value
  if (matchAt(asConst, scan) !== null) scan.at = asConst.lastIndex
  return scan.at
}

// A statement ends at `;`, at the end of the file, or before a line that cannot go on with it.
function endsHere(scan: Scan, end: number): boolean {
  skipTrivia(scan)
  const { text } = scan
  if (text[scan.at] === ';') {
    scan.at += 1
    skipTrivia(scan)
    return true
  }
  if (scan.at >= text.length) return true
  return (
    /[\r\n]/.test(text.slice(end, scan.at)) &&
    (text.startsWith('export', scan.at) || text.startsWith('import', scan.at))
  )
}

function literal(scan: Scan): HeaderValue | undefined {
  const found = matchAt(stringLiteral, scan)
  if (found !== null) {
    scan.at = stringLiteral.lastIndex
    return found[1] ?? found[2] ?? found[3] ?? ''
  }
  if (scan.text.startsWith('null', scan.at) && !/[\w$]/.test(scan.text[scan.at + 4] ?? '')) {
    scan.at += 4
    return null
  }
  return scan.text[scan.at] === '[' ? listLiteral(scan) : undefined
}

function listLiteral(scan: Scan): readonly string[] | undefined {
  const list: string[] = []
  scan.at += 1
  skipTrivia(scan)
  while (scan.text[scan.at] !== ']') {
    const found = matchAt(stringLiteral, scan)
    if (found === null) return undefined
    list.push(found[1] ?? found[2] ?? found[3] ?? '')
    scan.at = stringLiteral.lastIndex
    skipTrivia(scan)
    if (scan.text[scan.at] === ',') {
      scan.at += 1
      skipTrivia(scan)
    } else if (scan.text[scan.at] !== ']') return undefined
  }
  scan.at += 1
  return list
}

// A name that is missing here but written further down may be declared there: that is for the parser.
function isSure(text: string, from: number, fields: HeaderFields): boolean {
  if (typeof fields.revision !== 'string' || fields.revision === '' || fields.downRevision === undefined) return false
  if (text.includes('\\', from) && escapedName.test(text.slice(from))) return false
  return headerNames.every((name) => name in fields || !text.includes(name, from))
}

function matchAt(pattern: RegExp, scan: Scan): RegExpExecArray | null {
  pattern.lastIndex = scan.at
  return pattern.exec(scan.text)
}

/** Past white space and whole comments. */
function skipTrivia(scan: Scan): void {
  const { text } = scan
  for (;;) {
    const code = text.charCodeAt(scan.at)
    if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0xfeff) scan.at += 1
    else if (text.startsWith('//', scan.at)) {
      lineComment.lastIndex = scan.at
      lineComment.exec(text)
      scan.at = lineComment.lastIndex
    } else if (text.startsWith('/*', scan.at)) {
      const end = text.indexOf('*/', scan.at + 2)
      if (end === -1) return
      scan.at = end + 2
    } else return
  }
}

/** The first paragraph of the comment that a file opens with, on one line; '' where it opens with none. */
export function readMessage(text: string): string {
  // Nearly every file opens with a comment of one line at its very start.
  if (text.startsWith('/** ')) {
    const end = text.indexOf('*/')
    const inner = text.slice(4, end === -1 ? undefined : end)
    if (!inner.includes('\n')) return inner.trim()
  }
  const place = leadingComment(text)
  if (place === null) return ''
  const comment = text.slice(place.start, place.end)
  if (comment.startsWith('//')) return firstParagraph(comment.split('\n').map((line) => line.slice(2).trim()))
  const inner = comment.slice(2, comment.endsWith('*/') && comment.length > 3 ? -2 : undefined).replace(/^\*/, '')
  const [first = '', ...rest] = inner.split('\n')
  return firstParagraph([first.trim(), ...rest.map((line) => line.replace(/^\s*\* ?/, '').trim())])
}

/** Where the comment stands that a file opens with: one in stars, or all the lines of one in slashes; null without one. */
export function leadingComment(text: string): { readonly start: number; readonly end: number } | null {
  // Compiled output begins with a directive.
  const start = /^\uFEFF?(?:#![^\n]*\n)?\s*(?:(?:"use strict"|'use strict');?\s*)?/.exec(text)?.[0].length ?? 0
  if (text.startsWith('/*', start)) {
    const close = text.indexOf('*/', start + 2)
    return { start, end: close === -1 ? text.length : close + 2 }
  }
  if (!text.startsWith('//', start)) return null
  let end = start
  for (let at = start; text.startsWith('//', at); at = end + 1) {
    const next = text.indexOf('\n', at)
    end = next === -1 ? text.length : next
  }
  return { start, end }
}

function firstParagraph(lines: readonly string[]): string {
  const from = lines.findIndex((line) => line !== '')
  if (from === -1) return ''
  const to = lines.findIndex((line, position) => position > from && line === '')
  return lines.slice(from, to === -1 ? undefined : to).join(' ')
}
