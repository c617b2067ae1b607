// SQLite's text of an index to the model.

import type { Index, IndexPart } from '../../../schema/model.ts'
import { rawSql } from '../../../schema/sql.ts'
import { cursorOver, type Token, tokenize } from './tokens.ts'

export function parseIndex(sql: string, name: string): Index {
  const cursor = cursorOver(sql)
  cursor.take('CREATE')
  const unique = cursor.take('UNIQUE')
  while (cursor.token() !== null && !cursor.is('(')) cursor.skip()
  const inside = cursor.parenthesis()
  const where = cursor.is('WHERE') ? rawSql(sql.slice(cursor.token()?.end).trim()) : null
  return { name, parts: splitParts(inside).map(parsePart), unique, where, postgres: null, mysql: null }
}

function splitParts(text: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (const token of tokenize(text)) {
    if (token.kind !== 'mark') continue
    if (token.value === '(') depth += 1
    if (token.value === ')') depth -= 1
    if (token.value !== ',' || depth > 0) continue
    parts.push(text.slice(start, token.start).trim())
    start = token.end
  }
  return [...parts, text.slice(start).trim()]
}

function parsePart(text: string): IndexPart {
  const tokens = tokenize(text)
  const last = tokens.at(-1)
  const direction = last !== undefined && last.kind === 'word' && /^(asc|desc)$/i.test(last.value) ? last : null
  const own = direction === null ? tokens : tokens.slice(0, -1)
  const descending = direction?.value.toUpperCase() === 'DESC'
  const [only] = own
  if (own.length === 1 && only !== undefined && isName(only))
    return { of: { column: only.value }, descending, nulls: null }
  const body = text.slice(0, direction?.start ?? text.length).trim()
  return { of: { expression: rawSql(withoutParentheses(body)) }, descending, nulls: null }
}

function isName(token: Token): boolean {
  return token.kind === 'name' || token.kind === 'word'
}

/** The text inside a pair of parentheses that spans all of it. */
export function withoutParentheses(text: string): string {
  const cursor = cursorOver(text)
  if (!cursor.is('(')) return text
  const inside = cursor.parenthesis()
  return cursor.token() === null ? inside : text
}
