// Another value in a revision file's header, and every other byte as it was.

import { isDeepStrictEqual } from 'node:util'
import { AludelError } from '../errors.ts'
import { type HeaderFields, headerNames, leadingComment, readHeader } from './header.ts'
import { type ParsedHeader, parseHeader } from './parse-header.ts'
import { type HeaderPart, type HeaderSyntax, parseFile, readSyntax } from './syntax/header-syntax.ts'
import { type Replacement, replaceLiteral, type Style, styleOf, valueText } from './syntax/literal-text.ts'

export interface HeaderEdit {
  readonly field: 'revision' | 'downRevision' | 'branchLabels' | 'dependsOn'
  readonly value: string | readonly string[] | null
}

/**
 * The text with these header values, byte for byte the rest: comments, quotes, line ends, byte order mark. Where
 * downRevision changes, a `Revises:` line of the comment that the file opens with follows it. A field that the file does
 * not have becomes a statement below downRevision's.
 *
 * Throws `cannot-mend` where a value is computed or comes from another file, where the file is no UTF-8 (so that its text
 * holds U+FFFD), and where reading the header again would not give what was asked for.
 */
export function mendHeader(file: string, text: string, edits: readonly HeaderEdit[]): string {
  if (isOtherEncoding(text)) throw refusal(file, 'is not written in UTF-8')
  const before = parseHeader(file, text)
  const wanted = new Map(edits.map((edit) => [edit.field, edit]))
  const changes = headerNames
    .flatMap((name) => wanted.get(name as HeaderEdit['field']) ?? [])
    .filter(({ field, value }) => before.numbers.includes(field) || !isDeepStrictEqual(before.fields[field], value))
  if (changes.length === 0) return text
  const mended = applied(text, [...valueReplacements(file, text, changes, before), ...revisesLine(text, changes)])
  verify(file, { text, header: before }, mended, changes)
  return mended
}

// Decoding leaves U+FFFD where bytes are no UTF-8, and half a pair of surrogates cannot be written in it.
function isOtherEncoding(text: string): boolean {
  return /[\uFFFD\uD800-\uDFFF]/u.test(text)
}

function refusal(file: string, why: string): AludelError {
  return new AludelError('cannot-mend', `The header of ${file} cannot be mended: it ${why}.`, {
    hint: 'Change the file by hand.',
    details: { file },
  })
}

function applied(text: string, replacements: readonly Replacement[]): string {
  let mended = text
  // From the end, so that the places before stay true.
  for (const { start, end, by } of replacements.toSorted((one, other) => other.start - one.start))
    mended = mended.slice(0, start) + by + mended.slice(end)
  return mended
}

function valueReplacements(
  file: string,
  text: string,
  changes: readonly HeaderEdit[],
  { computed }: ParsedHeader,
): readonly Replacement[] {
  const syntax = readSyntax(file, text)
  const style = styleOf(syntax, text)
  const present = changes.flatMap(({ field, value }) => {
    if (computed.includes(field)) throw refusal(file, `computes its ${field}, or takes it from another file`)
    const part = syntax.parts.get(field)
    return part?.value ? replaceLiteral(part.value, part.offset, text, value, style) : []
  })
  const absent = changes.filter(({ field }) => !syntax.parts.has(field))
  if (absent.length === 0) return present
  const below = syntax.parts.get('downRevision') ?? syntax.parts.get('revision')
  if (below === undefined) throw refusal(file, 'has none')
  return [...present, insertion(absent, below, { syntax, text, style })]
}

interface Written {
  readonly syntax: HeaderSyntax
  readonly text: string
  readonly style: Style
}

/** The fields as statements, each on a line of its own, below the line of this part. */
function insertion(edits: readonly HeaderEdit[], below: HeaderPart, { syntax, text, style }: Written): Replacement {
  const start = below.statement.start + below.offset
  const end = below.statement.end + below.offset
  const line = text.slice(end, end + (/[\r\n\u2028\u2029]/.exec(text.slice(end))?.index ?? text.length))
  const margin = /(?:^|[\r\n\uFEFF])([ \t]*)$/.exec(text.slice(0, start))?.[1] ?? ''
  const semicolon = text[end - 1] === ';' ? ';' : ''
  const before = syntax.kind === 'module' ? 'export const ' : `${exportsIn(text.slice(start, end))}.`
  const statements = edits.map(
    ({ field, value }) => `${style.lineEnd}${margin}${before}${field} = ${valueText(value, style.quote)}${semicolon}`,
  )
  // A comment behind the statement stays with it; another statement goes to a line of its own.
  const isRest = /^[ \t]*(?:\/\*(?:[^*]|\*(?!\/))*\*\/[ \t]*)?(?:\/\/.*)?$/.test(line)
  return isRest ? at(end + line.length, statements.join('')) : at(end, `${statements.join('')}${style.lineEnd}`)
}

function at(place: number, by: string): Replacement {
  return { start: place, end: place, by }
}

function exportsIn(statement: string): string {
  return /\bmodule\s*\.\s*exports\b/.test(statement) ? 'module.exports' : 'exports'
}

/** What a `Revises:` line of the first comment is to say. */
function revisesLine(text: string, changes: readonly HeaderEdit[]): readonly Replacement[] {
  const change = changes.find(({ field }) => field === 'downRevision')
  const comment = leadingComment(text)
  if (change === undefined || comment === null) return []
  const line =
    /(^|[\r\n])([ \t]*(?:(?:\/\*+|\/\/|\*)[ \t]*)?Revises:)([ \t]*)((?:(?!\*\/)[^\s,])*(?:,[ \t]*(?:(?!\*\/)[^\s,])+)*)/
  const found = line.exec(text.slice(comment.start, comment.end))
  if (found === null) return []
  const [, before = '', label = '', space = '', old = ''] = found
  const ids = [change.value ?? []].flat().join(', ')
  const start = comment.start + found.index + before.length + label.length
  const gap = ids === '' || space !== '' ? space : ' '
  const end = start + space.length + old.length
  const isLast = ids !== '' && text.startsWith('*/', end)
  return [{ start, end, by: `${gap}${ids}${isLast ? ' ' : ''}` }]
}

interface Read {
  readonly text: string
  readonly header: ParsedHeader
}

/** Reads the header again as everybody will: the edits must be there, and nothing else may have changed. */
function verify(file: string, before: Read, mended: string, changes: readonly HeaderEdit[]): void {
  const fields: HeaderFields = { ...before.header.fields }
  for (const { field, value } of changes) fields[field] = value
  const changed = new Set<string>(changes.map(({ field }) => field))
  const expected = { ...before.header, fields, numbers: before.header.numbers.filter((name) => !changed.has(name)) }
  const sure = readHeader(mended)
  const isRead =
    isDeepStrictEqual(parseHeader(file, mended), expected) && (sure === null || isDeepStrictEqual(sure, fields))
  if (!isRead || isOtherEncoding(mended) || errorsOf(file, mended) > errorsOf(file, before.text))
    throw refusal(file, 'does not read as it should when that is changed')
}

function errorsOf(file: string, text: string): number {
  return parseFile(file, text, true).errors.length
}
