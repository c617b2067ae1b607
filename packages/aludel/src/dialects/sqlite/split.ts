// One text to its statements, by SQLite's lexical rules; a trigger's body stays in one piece.

import { tokenize } from './introspect/tokens.ts'

export function split(sql: string): readonly string[] {
  const statements: string[] = []
  let start = 0
  let depth = 0
  let words: string[] = []
  for (const token of tokenize(sql)) {
    const word = token.kind === 'word' ? token.value.toUpperCase() : ''
    if (token.kind === 'mark' && token.value === ';' && depth === 0) {
      push(statements, sql.slice(start, token.start))
      start = token.end
      words = []
      continue
    }
    if (word === '') continue
    if (words.length < 4) words.push(word)
    const inTrigger =
      (words[0] === 'CREATE' && words.slice(1, 3).some((early) => early === 'TRIGGER')) || words[3] === 'TRIGGER'
    // Inside a trigger BEGIN opens its body and CASE an expression; END closes either.
    if (inTrigger && (word === 'BEGIN' || word === 'CASE')) depth += 1
    if (inTrigger && word === 'END') depth -= 1
  }
  push(statements, sql.slice(start))
  return statements
}

function push(statements: string[], text: string): void {
  if (tokenize(text).length > 0) statements.push(text.trim())
}
