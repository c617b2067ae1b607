// SQLite's own text of a table, cut into tokens with their places.

export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'mark'
  /** The word in upper case, the name or string unquoted, else as written. */
  readonly value: string
  readonly start: number
  readonly end: number
}

const pattern =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|("(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])|(x?'(?:[^']|'')*')|(\d[\w.]*(?:(?<=[eE])[+-]\d+)?|\.\d+)|([A-Za-z_\u0080-\u{10ffff}][\w$\u0080-\u{10ffff}]*)|(\|\||->>|->|<=|>=|<>|!=|==|<<|>>|[\s\S])/giu

export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = []
  for (const match of sql.matchAll(pattern)) {
    const [text, name, string, number, word, mark] = match
    const place = { start: match.index, end: match.index + text.length }
    if (name !== undefined) tokens.push({ kind: 'name', value: unquoteName(name), ...place })
    else if (string !== undefined) tokens.push({ kind: 'string', value: string, ...place })
    else if (number !== undefined) tokens.push({ kind: 'number', value: number, ...place })
    else if (word !== undefined) tokens.push({ kind: 'word', value: word, ...place })
    else if (mark !== undefined) tokens.push({ kind: 'mark', value: mark, ...place })
  }
  return tokens
}

function unquoteName(text: string): string {
  const inner = text.slice(1, -1)
  if (text.startsWith('"')) return inner.replaceAll('""', '"')
  return text.startsWith('`') ? inner.replaceAll('``', '`') : inner
}

/** The text of a string literal without its quotes. */
export function unquoteString(text: string): string {
  return text.slice(1, -1).replaceAll("''", "'")
}

/** A place in a list of tokens, with the few moves that SQLite's grammar needs. */
export interface Cursor {
  /** The token that comes next; null at the end. */
  token(): Token | null
  /** True where these words come next. */
  is(...words: readonly string[]): boolean
  /** Steps over the words if they come next. */
  take(...words: readonly string[]): boolean
  skip(): void
  /** Where the token that was stepped over last ends. */
  end(): number
  /** A name, quoted in any of SQLite's ways or not at all. */
  name(): string
  /** Steps over a balanced pair of parentheses; answers the text inside. */
  parenthesis(): string
  /** Names between parentheses, without collations and directions. */
  names(): readonly string[]
}

export function cursorOver(sql: string): Cursor {
  const tokens = tokenize(sql)
  let at = 0
  const token = () => tokens[at] ?? null
  const is = (...words: readonly string[]) => words.every((word, offset) => isWord(tokens[at + offset], word))
  const skip = () => {
    at += 1
  }
  const end = () => tokens[at - 1]?.end ?? 0
  const take = (...words: readonly string[]) => {
    if (!is(...words)) return false
    at += words.length
    return true
  }
  const name = () => {
    const next = token()
    skip()
    if (next === null) return ''
    return next.kind === 'string' ? unquoteString(next.value) : next.value
  }
  const parenthesis = () => {
    const open = token()
    let depth = 0
    for (let next = open; next !== null; next = token()) {
      skip()
      if (isWord(next, '(')) depth += 1
      if (isWord(next, ')')) depth -= 1
      if (depth === 0) return sql.slice(open?.end, next.start).trim()
    }
    return sql.slice(open?.end ?? sql.length).trim()
  }
  const names = () => {
    const found: string[] = []
    if (!take('(')) return found
    while (token() !== null && !is(')')) {
      found.push(name())
      while (token() !== null && !is(')') && !is(',')) skip()
      take(',')
    }
    take(')')
    return found
  }
  return { token, is, take, skip, end, name, parenthesis, names }
}

function isWord(token: Token | undefined, word: string): boolean {
  return token !== undefined && (token.kind === 'word' || token.kind === 'mark') && token.value.toUpperCase() === word
}
