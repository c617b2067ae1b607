// Which names a piece of SQL uses, and the same SQL with one renamed: by tokens, so that strings and comments stay as they are.

import type { Sql, SqlPart } from './sql.ts'

const token =
  /'(?:[^']|'')*'|"((?:[^"]|"")*)"|`((?:[^`]|``)*)`|\[([^\]]*)\]|--[^\n]*|\/\*[\s\S]*?\*\/|\$\w*\$|([\p{L}_][\p{L}\p{N}_$]*)/gu

/** True where the SQL names the identifier, quoted or not. Unquoted names are compared without regard to case. */
export function namesIdentifier(fragment: Sql, name: string): boolean {
  return fragment.parts.some((part) => {
    if (typeof part !== 'string') return 'name' in part && part.name.at(-1) === name
    return [...part.matchAll(token)].some((match) => isNamed(match, part, name))
  })
}

/** The SQL with every use of one identifier renamed. */
export function renameIdentifier(fragment: Sql, from: string, to: string): Sql {
  const last = (path: readonly string[]) =>
    path.map((step, at) => (at === path.length - 1 && step === from ? to : step))
  return renamed(fragment, to, last, (match, text) => isNamed(match, text, from))
}

/** The SQL with a table's name renamed wherever it stands before a column: `user.age`. */
export function renameQualifier(fragment: Sql, from: string, to: string): Sql {
  const before = (path: readonly string[]) =>
    path.map((step, at) => (at === path.length - 2 && step === from ? to : step))
  return renamed(
    fragment,
    to,
    before,
    (match, text) => isNamed(match, text, from) && /^\s*\./.test(text.slice(match.index + match[0].length)),
  )
}

function renamed(
  fragment: Sql,
  to: string,
  inPath: (path: readonly string[]) => readonly string[],
  isIt: (match: RegExpExecArray, text: string) => boolean,
): Sql {
  return {
    parts: fragment.parts.map((part): SqlPart => {
      if (typeof part === 'string') return renamedText(part, to, (match) => isIt(match, part))
      return 'name' in part ? { name: inPath(part.name) } : part
    }),
  }
}

function renamedText(text: string, to: string, isIt: (match: RegExpExecArray) => boolean): string {
  let written = ''
  let end = 0
  for (const match of text.matchAll(token)) {
    if (!isIt(match)) continue
    written += text.slice(end, match.index) + spelled(to, match)
    end = match.index + match[0].length
  }
  return written + text.slice(end)
}

/** The new name in the quotes of the old one. */
function spelled(name: string, [, double, back, bracket]: readonly (string | undefined)[]): string {
  if (double !== undefined) return `"${name.replaceAll('"', '""')}"`
  if (back !== undefined) return `\`${name.replaceAll('`', '``')}\``
  if (bracket !== undefined) return `[${name}]`
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`
}

function isNamed(match: RegExpExecArray, text: string, name: string): boolean {
  const [all, double, back, bracket, word] = match
  const quoted = double?.replaceAll('""', '"') ?? back?.replaceAll('``', '`') ?? bracket
  if (quoted !== undefined) return quoted === name
  if (word === undefined || word.toLowerCase() !== name.toLowerCase()) return false
  // A word before a parenthesis is a function, and one after `::` a type.
  return !/^\s*\(/.test(text.slice(match.index + all.length)) && !/::\s*$/.test(text.slice(0, match.index))
}
