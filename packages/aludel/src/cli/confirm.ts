// Asking before something is lost: a terminal is asked, a script says --yes.

import { AludelError } from '../errors.ts'
import type { VerbContext } from './context.ts'

export interface Question {
  /** What this is about, before the lines. */
  readonly heading: string
  /** What will be lost, a line each. */
  readonly lines: readonly string[]
  /** Asked with yes or no. */
  readonly question: string
  /** Why it is refused where nobody can be asked, and nobody said yes. */
  readonly refusal: {
    readonly code: string
    readonly message: string
    readonly details: Readonly<Record<string, unknown>>
  }
}

/** Returns where the answer is yes; throws where it is not, or where nobody is there to answer. */
export async function confirm(
  context: Pick<VerbContext<{ readonly yes?: boolean }>, 'options' | 'warn' | 'ask'>,
  { heading, lines, question, refusal }: Question,
): Promise<void> {
  if (context.options.yes) return
  if (context.ask === null) {
    throw new AludelError(refusal.code, [refusal.message, ...lines].join('\n'), {
      hint: 'Say --yes if that is what you want.',
      details: refusal.details,
    })
  }
  for (const line of [heading, ...lines]) context.warn(line)
  const answer = await context.ask(`${question} [y/N] `)
  if (/^y(?:es)?$/i.test(answer.trim())) return
  throw new AludelError('not-confirmed', 'Nothing was done.', { details: refusal.details })
}
