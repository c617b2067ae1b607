// Which names a piece of SQL uses, and the same SQL with one renamed: by tokens, so that strings and comments stay as they are.

import type { Sql, SqlPart } from './sql.ts'

const token =
  /'(?:[^']|'')*'|"((?:[^"]|"")*)"|`((?:[^`]|``)*)`|\[([^\]]*)\]|--[^\n]*|\/\*[\s\S]*?\*\/|\$\w*\$|([\p{L}_][\p{L}\p{N}_$]*)/gu

/** True where the SQL names the identifier, quoted or not. Unquoted names are compared without regard to case. */
export function namesIdentifier(fragment: Sql, name: string): boolean {
  return fragment.parts.some((part) => {
    if (typeof part !== 'string') return 'name' in part && part.name.at(-1) === name
    for (const match of part.matchAll(token)) {
      const isCall = match[4] !== undefined && /^\s*\(/.test(part.slice(match.index + match[0].length))
      if (!isCall && isNamed(match, name)) return true
    }
    return false
  })
}

/** The SQL with every use of one identifier renamed. */
export function renameIdentifier(fragment: Sql, from: string, to: string): Sql {
  return { parts: fragment.parts.map((part) => renamePart(part, from, to)) }
}

function renamePart(part: SqlPart, from: string, to: string): SqlPart {
  if (typeof part !== 'string') {
    return 'name' in part
      ? { name: part.name.map((step, at) => (at === part.name.length - 1 && step === from ? to : step)) }
      : part
  }
  return part.replace(token, (text: string, ...groups: readonly (string | undefined)[]) => {
    if (!isNamed([text, ...groups.slice(0, 4)], from)) return text
    const [double, back, bracket] = groups
    if (double !== undefined) return `"${to.replaceAll('"', '""')}"`
    if (back !== undefined) return `\`${to.replaceAll('`', '``')}\``
    if (bracket !== undefined) return `[${to}]`
    return /^[a-z_][a-z0-9_]*$/.test(to) ? to : `"${to.replaceAll('"', '""')}"`
  })
}

function isNamed(match: readonly (string | undefined)[], name: string): boolean {
  const quoted = match[1]?.replaceAll('""', '"') ?? match[2]?.replaceAll('``', '`') ?? match[3]
  if (quoted !== undefined) return quoted === name
  return match[4] !== undefined && match[4].toLowerCase() === name.toLowerCase()
}
