// A run that was stopped, told to people: what is done, where the database stands and how to go on.

import type { Dialect } from '../../dialects/dialect.ts'
import { AludelError, isAludelError } from '../../errors.ts'
import type { Direction } from '../body.ts'
import type { StepResult } from '../outcome.ts'
import { readVersionRows } from '../own-tables.ts'
import { isSendFailure } from '../send.ts'
import type { PlannedStep, StepContext } from '../steps.ts'
import { isStopped, type Stop } from './stop.ts'

/** True for what came of somebody's wish to stop: it ended at a safe point, or its statement was cancelled. */
export function isInterruption(error: unknown, stop: Stop, { explain }: Dialect): boolean {
  if (isStopped(error)) return true
  if (!stop.isCancelled || isAludelError(error)) return false
  // A statement that somebody ended has no kind of its own, or the same as one that took too long.
  return ['other', 'statement-timeout'].includes(explain(isSendFailure(error) ? error.cause : error).kind)
}

/** A step that did not come to its end. `outcome` says what stands of it, `rows` where the database stands; null where that is said. */
export function interruptedStep(
  { script, direction }: PlannedStep,
  outcome: string,
  rows: readonly string[] | null,
): AludelError {
  const place = rows === null ? '' : ` The database is at ${placeText(rows)}.`
  return new AludelError('interrupted', `Revision ${script.id} (${script.path}) was interrupted. ${outcome}${place}`, {
    hint: `Run \`aludel ${direction}\` again: it goes on from there.`,
    details: { revision: script.id, file: script.path, direction, ...(rows === null ? {} : { current: rows }) },
  })
}

function placeText(rows: readonly string[]): string {
  return rows.length === 0 ? '<base>' : rows.join(', ')
}

interface Standing {
  readonly direction: Direction
  readonly done: readonly StepResult[]
  readonly total: number
}

/** Between two steps. */
export async function stoppedBetween(
  { project, session }: StepContext,
  { direction, done: steps, total }: Standing,
): Promise<AludelError> {
  const rows = (await readVersionRows(project, session)) ?? []
  const done = steps.map(({ revision }) => revision)
  return new AludelError(
    'interrupted',
    `The ${direction} was interrupted after ${done.length} of ${total} ${total === 1 ? 'revision' : 'revisions'}; the database is at ${placeText(rows)}.`,
    { hint: `Run \`aludel ${direction}\` again: it goes on from there.`, details: { done, total, current: rows } },
  )
}

/** Before anything was done. */
export function interruptedWaiting(): AludelError {
  return new AludelError('interrupted', 'It was interrupted while another run held the lock; nothing was done.', {
    hint: 'Run it again when the other run has ended.',
  })
}
