// What a step that could not be taken back has left: of this run, and of an earlier one that broke off as well.

import { earlierStatements } from './bookkeeping.ts'
import type { Outcome } from './outcome.ts'
import type { PlannedStep, StepContext } from './steps.ts'

/** `done` is how many statements of the step were applied in this run. */
export async function leftBy(context: StepContext, step: PlannedStep, done: number): Promise<Outcome> {
  if (done > 0) return leftovers(context, step, `${counted(done)} of this revision had been applied and stay`)
  const earlier = await earlierStatements(context, step.script.id, step.direction)
  if (earlier > 0) {
    return leftovers(context, step, `An earlier run broke off after ${counted(earlier)} of this revision, which stay`)
  }
  return { outcome: 'Nothing of this revision was applied; the version row stands where it stood.', mend: null }
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'statement' : 'statements'}`
}

function leftovers({ session }: StepContext, { script, direction }: PlannedStep, what: string): Outcome {
  const why = session.dialect.features.transactionalDdl
    ? 'part of this revision runs outside a transaction'
    : 'this engine commits schema changes by itself'
  const end = direction === 'upgrade' ? script.id : (script.downRevisions[0] ?? 'base')
  return {
    outcome: `${what}, because ${why}; the version row stands where it stood.`,
    mend: `Undo by hand what was applied and run \`aludel ${direction}\` again, or finish it by hand and \`aludel stamp ${end}\`.`,
  }
}
