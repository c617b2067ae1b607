// Questions about what would be lost, as far as the database holds anything that could be.

import type { Connection } from '../database/types.ts'
import type { Dialect } from '../dialects/dialect.ts'
import type { PossibleLoss } from '../diff/losses.ts'
import type { Answers, LossQuestion } from '../diff/questions.ts'
import { AludelError } from '../errors.ts'
import type { Dialogue } from './dialogue.ts'
import { whatIsHeld } from './held.ts'

/** The questions that stay open. A no ends it all: what was asked cannot be done without. */
export async function openLosses(
  db: Connection,
  dialect: Dialect,
  possible: readonly PossibleLoss[],
  dialogue: Dialogue,
): Promise<readonly LossQuestion[]> {
  if (dialogue.answers().losses) return []
  const held = await whatIsHeld(
    db,
    dialect,
    possible.flatMap((loss) => loss.held ?? []),
  )
  const answers = held.values()
  const real = possible.filter((loss) => loss.held === null || answers.next().value !== false)
  const { questions } = await dialogue.about((given) => ({ questions: stillOpen(real, given) }))
  return questions
}

function stillOpen(real: readonly PossibleLoss[], { byId }: Answers): readonly LossQuestion[] {
  const refused = real.find(({ question }) => byId[question.id] === 'no')
  if (refused !== undefined) {
    throw new AludelError('not-confirmed', `Nothing was written. ${refused.question.text} The answer was no.`, {
      hint: 'Change the models so that it stays, or write the revision by hand: `aludel revision`.',
      details: { question: refused.question },
    })
  }
  return real.flatMap(({ question }) => (byId[question.id] === undefined ? [question] : []))
}
