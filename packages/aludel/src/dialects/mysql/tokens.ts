// MySQL's lexical rules: where strings, names and comments begin and end.

export interface Token {
  readonly kind: 'space' | 'comment' | 'open' | 'close' | 'string' | 'name' | 'word' | 'mark'
  readonly text: string
  readonly start: number
}

/** True where a backslash inside quotes is an escape: everywhere but under the mode NO_BACKSLASH_ESCAPES. */
export type BackslashEscapes = boolean

const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['space', /\s+/y],
  ['word', /[\p{L}\p{N}_$\u{80}-\u{10ffff}]+/uy],
  // A dash comment needs a blank after its dashes: `5--1` is a sum.
  ['comment', /#[^\n]*|--(?=[\s\p{Cc}]|$)[^\n]*/uy],
  // The code inside `/*! ... */` is executed, so it is read on; other comments are skipped whole.
  ['open', /\/\*M?!\d*/y],
  ['close', /\*\//y],
]

/** The token that begins at a position. What never ends reaches to the end of the text. */
export function tokenAt(sql: string, start: number, escapes: BackslashEscapes): Token {
  const first = sql.charAt(start)
  if (first === "'" || first === '"') return cut('string', sql, start, quotedEnd(sql, start, escapes))
  if (first === '`') return cut('name', sql, start, quotedEnd(sql, start, false))
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start
    if (pattern.test(sql)) return cut(kind, sql, start, pattern.lastIndex)
  }
  if (sql.startsWith('/*', start)) return cut('comment', sql, start, after(sql.indexOf('*/', start + 2), 2, sql))
  return cut('mark', sql, start, start + 1)
}

function cut(kind: Token['kind'], sql: string, start: number, end: number): Token {
  return { kind, text: sql.slice(start, end), start }
}

function after(found: number, length: number, sql: string): number {
  return found < 0 ? sql.length : found + length
}

function quotedEnd(sql: string, start: number, escapes: BackslashEscapes): number {
  const mark = sql.charAt(start)
  for (let at = start + 1; at < sql.length; at += 1) {
    if (escapes && sql[at] === '\\') at += 1
    else if (sql[at] === mark) {
      if (sql[at + 1] !== mark) return at + 1
      at += 1
    }
  }
  return sql.length
}

export function* tokenize(sql: string, escapes: BackslashEscapes = true): Generator<Token> {
  for (let at = 0; at < sql.length; ) {
    const token = tokenAt(sql, at, escapes)
    yield token
    at += token.text.length
  }
}

export function isBlank(token: Token): boolean {
  return token.kind === 'space' || token.kind === 'comment'
}
