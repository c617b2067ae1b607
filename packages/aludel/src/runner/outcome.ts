// What a run tells: progress as it goes, a result for each step, and a failure explained and written down.

import type { AludelError } from '../errors.ts'
import { stepEnds } from '../revisions/rows.ts'
import type { Direction } from './body.ts'
import { stepFailure } from './failure.ts'
import { interruptedStep, isInterruption } from './statements/interruption.ts'
import { type PlannedStep, recordFailure, type StepContext } from './steps.ts'

export type { ProgressEvent } from './statements/events.ts'

export interface StepResult {
  readonly direction: Direction
  readonly revision: string
  readonly message: string
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly durationMs: number
  readonly statements: number
}

/** What stands after a failure, and what to do about it where something stands that should not. */
export interface Outcome {
  readonly outcome: string
  readonly mend: string | null
  /** False where the journal must not say that nothing was under way. */
  readonly isWritten: boolean
}

export const rolledBack: Outcome = {
  outcome: 'Everything of this revision was rolled back; the database stands where it stood before it.',
  mend: null,
  isWritten: true,
}

export const allRolledBack: Outcome = {
  outcome: 'The whole run was rolled back; the database stands where it stood before it.',
  mend: null,
  isWritten: false,
}

export async function failed(
  context: StepContext,
  step: PlannedStep,
  error: unknown,
  { outcome, mend, isWritten }: Outcome,
): Promise<AludelError> {
  const { script, direction, ops } = step
  const explained = isInterruption(error, context.conduct.stop, context.session.dialect)
    ? interruptedStep(step, outcome, context.whole ? null : step.rowsBefore)
    : await stepFailure(error, { script, direction, ops, outcome, mend }, context.session)
  if (!context.whole && isWritten && explained.code !== 'unreachable') await recordFailure(context, step, explained)
  return explained
}

export function resultOf(step: PlannedStep, durationMs: number, statements: number): StepResult {
  const { script, direction } = step
  return {
    direction,
    revision: script.id,
    message: script.message,
    ...stepEnds({ direction, revision: script }),
    durationMs,
    statements,
  }
}
