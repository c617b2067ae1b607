// The names that a text of SQL may mean: every word and every quoted name in it, strings and comments left out.

import type { EngineSql, Sql } from '../schema/sql.ts'

const token = /'(?:[^']|'')*'|"((?:[^"]|"")*)"|`((?:[^`]|``)*)`|--[^\n]*|\/\*[\s\S]*?\*\/|([\p{L}_][\p{L}\p{N}_$]*)/gu

export function wordsIn(...fragments: readonly (Sql | EngineSql | null)[]): ReadonlySet<string> {
  const words = new Set<string>()
  for (const { parts } of fragments.flatMap(textsOf)) {
    for (const part of parts) {
      if (typeof part === 'string') addWords(part, words)
      else if ('name' in part) for (const step of part.name) words.add(step)
    }
  }
  return words
}

function textsOf(fragment: Sql | EngineSql | null): readonly Sql[] {
  if (fragment === null) return []
  if ('parts' in fragment) return [fragment]
  return 'all' in fragment ? [fragment.all] : Object.values(fragment.per)
}

function addWords(text: string, words: Set<string>): void {
  for (const [, double, back, word] of text.matchAll(token)) {
    const quoted = double?.replaceAll('""', '"') ?? back?.replaceAll('``', '`')
    if (quoted !== undefined) words.add(quoted)
    else if (word !== undefined) {
      words.add(word)
      words.add(word.toLowerCase())
    }
  }
}

/** The words of a program: what stands between its dollars or quotes is its body, and counts too. */
export function wordsOfProgram(text: EngineSql): ReadonlySet<string> {
  const words = new Set<string>()
  for (const { parts } of textsOf(text)) {
    for (const part of parts) {
      if (typeof part !== 'string') continue
      for (const [word] of part.matchAll(/[\p{L}_][\p{L}\p{N}_$]*/gu)) words.add(word)
    }
  }
  return words
}
