// SQL as data: texts, quoted names and values kept apart, so that each engine quotes and binds in its own way.

import type { DialectName, Value } from '../database/types.ts'

export interface NamePart {
  readonly name: readonly string[]
}
export interface ValuePart {
  readonly value: Value
}
export type SqlPart = string | NamePart | ValuePart

/** A piece of SQL: plain text is sent as written, names are quoted and values bound (or written as literals). */
export interface Sql {
  readonly parts: readonly SqlPart[]
}

/** One text for every engine, or one for each that needs its own. */
export type EngineSql = { readonly all: Sql } | { readonly per: Readonly<Partial<Record<DialectName, Sql>>> }

/**
 * Marks a name inside {@link sql}, to be quoted as the engine quotes: `name('user')`, `name('app', 'user')`.
 */
export function name(...path: readonly string[]): NamePart {
  return { name: path }
}

/**
 * SQL with values and names kept apart from the text.
 *
 * @example sql`UPDATE ${name('user')} SET status = ${'active'} WHERE is_active = ${true}`
 */
export function sql(texts: TemplateStringsArray, ...values: readonly (Value | NamePart | Sql)[]): Sql {
  const parts: SqlPart[] = []
  texts.forEach((text, index) => {
    if (text !== '') parts.push(text)
    if (index >= values.length) return
    const value = values[index]
    if (isSql(value)) parts.push(...value.parts)
    else if (isName(value)) parts.push(value)
    else parts.push({ value: value ?? null })
  })
  return { parts: joinTexts(parts) }
}

/** SQL exactly as written, from a text known only at run time. */
export function rawSql(text: string): Sql {
  return { parts: text === '' ? [] : [text] }
}

/** SQL, or a text that is taken for SQL as it is written. */
export function asSql(given: Sql | string): Sql {
  return typeof given === 'string' ? { parts: [given] } : given
}

export function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && Array.isArray((value as { parts?: unknown }).parts)
}

export function isName(value: unknown): value is NamePart {
  return typeof value === 'object' && value !== null && Array.isArray((value as { name?: unknown }).name)
}

export interface SqlWriter {
  quote(name: string): string
  literal(value: Value): string
}

/** The text with names quoted and values written as literals. */
export function sqlText(fragment: Sql, writer: SqlWriter): string {
  return fragment.parts
    .map((part) => {
      if (typeof part === 'string') return part
      if ('name' in part) return part.name.map((step) => writer.quote(step)).join('.')
      return writer.literal(part.value)
    })
    .join('')
}

function joinTexts(parts: readonly SqlPart[]): readonly SqlPart[] {
  const joined: SqlPart[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part
    else joined.push(part)
  }
  return joined
}
