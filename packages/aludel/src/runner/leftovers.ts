// What a step that could not be taken back has left.

import type { Outcome } from './outcome.ts'
import type { PlannedStep, StepContext } from './steps.ts'

/** `done` is how many statements of the step were applied, in this run and in earlier ones. */
export function leftBy(context: StepContext, step: PlannedStep, done: number): Outcome {
  if (done > 0) return leftovers(context, step, `${counted(done)} of this revision had been applied and stay`)
  return { outcome: 'Nothing of this revision was applied; the version row stands where it stood.', mend: null }
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'statement' : 'statements'}`
}

function leftovers({ session }: StepContext, { script, direction }: PlannedStep, what: string): Outcome {
  const why = session.dialect.features.transactionalDdl
    ? 'part of this revision runs outside a transaction'
    : 'this engine commits schema changes by itself'
  return {
    outcome: `${what}, because ${why}; the version row stands where it stood.`,
    mend: `Mend the cause and run \`aludel ${direction}\` again: it goes on after what was applied. Or finish it by hand and \`aludel resolve --${direction === 'upgrade' ? 'applied' : 'undone'} ${script.id}\`.`,
  }
}
