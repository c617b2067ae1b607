// Parameters into their places. The text protocol takes no values apart, and prepared statements refuse part of the
// language and send every number as a double; so values go as literals, which `literal` writes safely in every mode.

import type { Value } from '../../../database/types.ts'
import { AludelError } from '../../../errors.ts'
import { literal } from '../literal.ts'
import { type BackslashEscapes, tokenize } from '../tokens.ts'

export function bind(sql: string, parameters: readonly Value[], escapes: BackslashEscapes): string {
  if (parameters.length === 0) return sql
  let bound = ''
  let next = 0
  for (const { kind, text } of tokenize(sql, escapes)) {
    if (kind !== 'mark' || text !== '?') {
      bound += text
      continue
    }
    bound += next < parameters.length ? literal(parameters[next] as Value) : text
    next += 1
  }
  if (next === parameters.length) return bound
  throw new AludelError(
    'parameter-count',
    `The statement has ${next} places for parameters and was given ${parameters.length}.`,
    {
      hint: 'Every ? outside quotes and comments takes one parameter.',
    },
  )
}
