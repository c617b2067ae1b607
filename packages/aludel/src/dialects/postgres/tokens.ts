// PostgreSQL's lexical rules, as far as it takes to know where a string, a name, a comment or a statement ends.

export type TokenKind = 'space' | 'comment' | 'string' | 'name' | 'word' | 'number' | 'symbol'

export interface Token {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
}

const space = /\s+/y
const word = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y
const number = /\d[\w.]*/y
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y
const continuation = /[ \t\r\f]*\n\s*'/y

/** Every token of a text, spaces and comments included. What is not closed goes to the end. */
export function* tokens(sql: string): Generator<Token> {
  let start = 0
  while (start < sql.length) {
    const { kind, end } = tokenAt(sql, start)
    yield { kind, start, end }
    start = end
  }
}

function tokenAt(sql: string, start: number): { readonly kind: TokenKind; readonly end: number } {
  const end = (pattern: RegExp): number => endOf(pattern, sql, start)
  switch (sql[start]) {
    case "'":
      return { kind: 'string', end: closed(sql, start, "'") }
    case '"':
      return { kind: 'name', end: closed(sql, start, '"') }
    case '$': {
      const tag = end(dollarTag)
      if (tag === -1) return { kind: 'symbol', end: start + 1 }
      return { kind: 'string', end: after(sql, sql.slice(start, tag), tag) }
    }
    case '-':
      if (sql[start + 1] !== '-') return { kind: 'symbol', end: start + 1 }
      return { kind: 'comment', end: after(sql, '\n', start) }
    case '/':
      if (sql[start + 1] !== '*') return { kind: 'symbol', end: start + 1 }
      return { kind: 'comment', end: commentEnd(sql, start) }
  }
  const spaceEnd = end(space)
  if (spaceEnd !== -1) return { kind: 'space', end: spaceEnd }
  const wordEnd = end(word)
  if (wordEnd !== -1) return wordOrEscape(sql, start, wordEnd)
  const numberEnd = end(number)
  return numberEnd === -1 ? { kind: 'symbol', end: start + 1 } : { kind: 'number', end: numberEnd }
}

// E'...' is the one form in which a backslash protects a quote; across lines it goes on in the same form.
function wordOrEscape(sql: string, start: number, end: number): { readonly kind: TokenKind; readonly end: number } {
  if (end - start !== 1 || sql[end] !== "'" || !/[eE]/.test(sql[start] ?? '')) return { kind: 'word', end }
  let stop = escapeEnd(sql, end)
  for (let next = endOf(continuation, sql, stop); next !== -1; next = endOf(continuation, sql, stop)) {
    stop = escapeEnd(sql, next - 1)
  }
  return { kind: 'string', end: stop }
}

function endOf(pattern: RegExp, sql: string, start: number): number {
  // Set before every use, so the place that a sticky pattern remembers is never another caller's.
  pattern.lastIndex = start
  return pattern.test(sql) ? pattern.lastIndex : -1
}

function after(sql: string, text: string, from: number): number {
  const found = sql.indexOf(text, from)
  return found === -1 ? sql.length : found + text.length
}

/** Behind the quote that closes the one at `start`; a doubled one closes nothing. */
function closed(sql: string, start: number, mark: string): number {
  let end = after(sql, mark, start + 1)
  while (sql[end] === mark) end = after(sql, mark, end + 1)
  return end
}

function escapeEnd(sql: string, quoteAt: number): number {
  for (let at = quoteAt + 1; at < sql.length; at += 1) {
    if (sql[at] === '\\') at += 1
    else if (sql[at] === "'" && sql[at + 1] === "'") at += 1
    else if (sql[at] === "'") return at + 1
  }
  return sql.length
}

// Comments nest here, unlike in the SQL standard's other dialects.
function commentEnd(sql: string, start: number): number {
  let depth = 1
  let at = start + 2
  while (depth > 0) {
    const close = sql.indexOf('*/', at)
    if (close === -1) return sql.length
    const open = sql.indexOf('/*', at)
    const opens = open !== -1 && open < close
    depth += opens ? 1 : -1
    at = (opens ? open : close) + 2
  }
  return at
}
