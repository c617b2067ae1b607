// A guess at whether two expressions are the same text: for the cases where the server cannot be asked.

import { withoutParentheses } from './literal.ts'
import { tokens } from './tokens.ts'

// What the server adds when it prints: 'x'::text, (name)::text
const constantCast = /('(?:[^']|'')*')::[a-z_ ]+(?:\(\d+\))?(?:\[\])?/g
const nameCast = /\((\w+|"(?:[^"]|"")+")\)::[a-z_ ]+(?:\[\])?/g

/** The expression without spaces, needless quotes and casts that the server adds, in small letters. */
export function roughly(expression: string): string {
  const uncast = withoutParentheses(expression).replace(constantCast, '$1').replace(nameCast, '$1 ')
  let rough = ''
  for (const { kind, start, end } of tokens(uncast)) {
    const piece = uncast.slice(start, end)
    if (kind === 'space' || kind === 'comment') continue
    const plain = kind === 'name' && /^"[a-z_][a-z0-9_]*"$/.test(piece) ? piece.slice(1, -1) : piece
    const isWord = /[\w$]$/.test(rough) && kind !== 'string' && /^[\w$]/.test(plain)
    rough += (isWord ? ' ' : '') + (kind === 'string' || kind === 'name' ? plain : plain.toLowerCase())
  }
  return rough
}
