// Texts of the catalogue without the name of the connection's own database, which may have another one elsewhere.

import { quote } from './literal.ts'
import { isBlank, type Token, tokenize } from './tokens.ts'

/** The text with the names of its own database gone from before the names of what is in it. */
export function withoutDatabase(text: string, database: string): string {
  if (!text.includes(database)) return text
  const own = quote(database)
  const tokens = [...tokenize(text)].filter((token) => !isBlank(token))
  const isOwn = (token: Token | undefined) => token?.kind === 'name' && token.text === own
  // Where something is called as the database is, a name before a dot may mean that.
  const isTaken = tokens.some(
    (token, at) => isOwn(token) && tokens[at + 1]?.text !== '.' && tokens[at - 1]?.text !== '.',
  )
  const cuts = tokens.flatMap((token, at) => {
    const [dot, name, next] = tokens.slice(at + 1, at + 4)
    if (!isOwn(token) || dot?.text !== '.' || name?.kind !== 'name' || tokens[at - 1]?.text === '.') return []
    const isSure = next?.text === '.' || next?.text === '('
    return isSure || !isTaken ? [{ start: token.start, end: name.start }] : []
  })
  let [bare, at] = ['', 0]
  for (const { start, end } of cuts) {
    bare += text.slice(at, start)
    at = end
  }
  return bare + text.slice(at)
}
