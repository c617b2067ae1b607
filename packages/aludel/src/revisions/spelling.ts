// How a target is written: a branch, a symbol and a number of steps, each of which may be missing.

export interface Move {
  readonly direction: 'up' | 'down'
  readonly count: number
}

export interface Spelling {
  readonly text: string
  /** What stands before `@`: a branch label or a revision on the branch. */
  readonly branch: string | null
  /** An identifier or its beginning, a label, or one of `head`, `heads`, `base` and `current`. */
  readonly symbol: string | null
  readonly move: Move | null
}

export interface SpelledRange {
  readonly start: string | null
  readonly end: string | null
}

/** Takes a target apart. A label such as `release-2` is a name before it is two steps below `release`. */
export function spell(text: string, isName: (symbol: string) => boolean): Spelling {
  const at = text.indexOf('@')
  const branch = at === -1 ? null : text.slice(0, at)
  const rest = text.slice(at + 1)
  const relative = isName(rest) ? null : /^(.*)([+-])(\d+)$/s.exec(rest)
  if (relative === null) return { text, branch, symbol: rest, move: null }
  const [, symbol = '', sign, digits] = relative
  const move: Move = { direction: sign === '+' ? 'up' : 'down', count: Number(digits) }
  return { text, branch, symbol: symbol === '' ? null : symbol, move }
}

/** `a:b`, `a:` and `:b` taken apart; null when the text is not a range. */
export function splitRange(text: string): SpelledRange | null {
  const colon = text.indexOf(':')
  if (colon === -1 || colon !== text.lastIndexOf(':')) return null
  const start = text.slice(0, colon).trim()
  const end = text.slice(colon + 1).trim()
  return { start: start === '' ? null : start, end: end === '' ? null : end }
}
