// A step that the engine cannot take back: a journal says what was applied, and another run goes on from there.

import { opsSum, rawSum } from './body.ts'
import { type HistoryRow, historyStatement } from './bookkeeping.ts'
import { type Journal, type Progress, removeLeftovers, senderOf } from './journal-send.ts'
import { executeNow } from './live.ts'
import { type ResumePoint, resumePoint } from './resume.ts'
import { segmentsOf } from './segments.ts'
import { endingOf, historyRow, type PlannedStep, requireRows, runSegments, type StepContext } from './steps.ts'
import { textSum } from './sums.ts'
import { readUndo } from './undo.ts'

/** A journalled step that no other run takes at the same time. */
export async function journalledStep(
  context: StepContext,
  step: PlannedStep,
  startedAt: number,
  progress: Progress,
): Promise<number> {
  const { project, session } = context
  const { lockStep } = session.dialect
  if (lockStep === null) return sendStep(context, step, startedAt, progress)
  const lock = await lockStep(session.db, { timeout: project.lockTimeout })
  try {
    await requireRows(context, step.rowsBefore)
    return await sendStep(context, step, startedAt, progress)
  } finally {
    await lock.release()
  }
}

/**
 * The step where the engine commits DDL by itself, or where parts stay outside a transaction: the journal says `begin`
 * before the first statement and `statement` after each.
 */
async function sendStep(
  context: StepContext,
  step: PlannedStep,
  startedAt: number,
  progress: Progress,
): Promise<number> {
  const { project, session } = context
  const { db, dialect } = session
  await removeLeftovers(context, step.ops)
  const point = await resumePoint(context, step)
  progress.done = point.skip
  if (point.skip > 0) context.log(resuming(step, point.skip))
  const guard = dialect.guard(step.ops)
  const note = (row: HistoryRow) => historyStatement(project, dialect, historyRow(context, step, row))
  const journal: Journal = { context, step, guard, progress, note }
  await db.statements([
    note({
      event: 'begin',
      ...(point.skip === 0 ? {} : { position: point.skip }),
      raw_sha: rawSum(project, step.script),
      ops_sha: opsSum(step.ops),
      heads: JSON.stringify(step.rowsBefore),
    }),
    ...(guard?.before ?? []),
  ])
  try {
    await doAgain(journal, point)
    const segments = point.plan === null ? segmentsOf(step.ops, dialect) : point.plan.after(progress.done)
    const sending = { step, segments, guarded: guard !== null }
    const count = await runSegments(context, sending, senderOf(journal))
    const undo = await readUndo(context, step)
    const end = async () => {
      await context.fence?.()
      if (dialect.lockStep !== null) await requireRows(context, step.rowsBefore)
      await db.statements(endingOf(context, step, startedAt, undo))
    }
    await context.conduct.retried(() => db.transaction(end))
    return count
  } finally {
    if (guard !== null) await db.statements(guard.after)
  }
}

/** What may be there already, in a form that does no harm then; the journal has it as it was planned. */
async function doAgain({ context, progress, note }: Journal, { skip, again, plan }: ResumePoint): Promise<void> {
  if (again === null || plan === null) return
  const { session } = context
  await executeNow({ session, limits: context.conduct.limits }, again.ops)
  const done = plan.statements.slice(skip, skip + again.statements)
  const notes = done.map(({ sql }, at) =>
    note({ event: 'statement', position: skip + at, total: skip + done.length, statement_sha: textSum(sql) }),
  )
  await session.db.transaction(() => session.db.statements(notes))
  progress.done += done.length
}

function resuming({ script, direction }: PlannedStep, done: number): string {
  return `An earlier ${direction} of revision ${script.id} broke off after ${done} ${done === 1 ? 'statement' : 'statements'}; it goes on from there.`
}
