// What a step that could not be taken back has left.

import type { Progress } from './journal-send.ts'
import type { Outcome } from './outcome.ts'
import type { PlannedStep, StepContext } from './steps.ts'

export function leftBy(context: StepContext, step: PlannedStep, { done, isAhead }: Progress): Outcome {
  const isWritten = !isAhead
  const applied = isAhead ? done + 1 : done
  if (applied > 0) {
    return { ...leftovers(context, step, `${counted(applied)} of this revision had been applied and stay`), isWritten }
  }
  const outcome = 'Nothing of this revision was applied; the version row stands where it stood.'
  return { outcome, mend: null, isWritten }
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'statement' : 'statements'}`
}

function leftovers(
  { session }: StepContext,
  { script, direction }: PlannedStep,
  what: string,
): Omit<Outcome, 'isWritten'> {
  const why = session.dialect.features.transactionalDdl
    ? 'part of this revision runs outside a transaction'
    : 'this engine commits schema changes by itself'
  return {
    outcome: `${what}, because ${why}; the version row stands where it stood.`,
    mend: `Mend the cause and run \`aludel ${direction}\` again: it goes on after what was applied. Or finish it by hand and \`aludel resolve --${direction === 'upgrade' ? 'applied' : 'undone'} ${script.id}\`.`,
  }
}
