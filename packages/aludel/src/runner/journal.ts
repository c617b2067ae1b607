// A step that the engine cannot take back: a journal says what was applied, and another run goes on from there.

import type { Statement } from '../database/types.ts'
import type { Dialect, StepGuard } from '../dialects/dialect.ts'
import type { Op } from '../ops/operations.ts'
import { isNotAgain, redoOf } from '../ops/redo.ts'
import { dataFile } from '../project/data/file.ts'
import { opsSum, rawSum, textSum } from './body.ts'
import { type HistoryRow, historyStatement } from './bookkeeping.ts'
import { insertFile } from './data.ts'
import type { Group } from './groups.ts'
import { type ResumePoint, resumePoint } from './resume.ts'
import { type Segment, segmentsOf } from './segments.ts'
import { send } from './send.ts'
import type { Session } from './session.ts'
import { endingOf, historyRow, type PlannedStep, runSegments, type StepContext } from './steps.ts'
import { readUndo } from './undo.ts'

/** How far a journalled step came before it failed. */
export interface Progress {
  done: number
}

/**
 * The step where the engine commits DDL by itself, or where parts stay outside a transaction: the journal says `begin`
 * before the first statement and `statement` after each.
 */
export async function journalledStep(
  context: StepContext,
  step: PlannedStep,
  startedAt: number,
  progress: Progress,
): Promise<number> {
  const { project, session, conduct } = context
  const { db, dialect } = session
  await conduct.limits.enter('ddl')
  await removeLeftovers(context, step.ops)
  const point = await resumePoint(context, step)
  progress.done = point.skip
  if (point.skip > 0) context.log(resuming(step, point.skip))
  const guard = dialect.guard(step.ops)
  const note = (row: HistoryRow) => historyStatement(project, dialect, historyRow(context, step, row))
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
    const sending = { step, segments: segmentsFrom(step, point, dialect), guarded: guard !== null }
    const count = await runSegments(context, sending, {
      code: async (work) => {
        conduct.stop.check()
        await conduct.limits.enter('ddl')
        await conduct.watched([], work)
        const place = { position: progress.done, total: progress.done + 1 }
        await db.statements([note({ event: 'statement', ...place })])
        progress.done += 1
      },
      groups: async (groups) => {
        const total = progress.done + groups.flat().length
        for (const group of groups) {
          await context.fence?.()
          const notes = group.map((statement, at) =>
            note({ event: 'statement', position: progress.done + at, total, statement_sha: textSum(statement.sql) }),
          )
          conduct.stop.check()
          await sendJournalled(context, step, group, notes, guard)
          progress.done += group.length
        }
      },
      file: async (op) => {
        const place = { position: progress.done, total: progress.done + 1 }
        const sent = note({ event: 'statement', ...place, statement_sha: op.file.sha256 })
        await sendFile(context, step, { op, sent, guard })
        progress.done += 1
      },
    })
    const undo = await readUndo(context, step)
    const end = async () => {
      await context.fence?.()
      await db.statements(endingOf(context, step, startedAt, undo))
    }
    await conduct.retried(() => db.transaction(end))
    return count
  } finally {
    if (guard !== null) await db.statements(guard.after)
  }
}

/** First of all: what is invalid must not be taken for what a statement has made. */
async function removeLeftovers(context: StepContext, ops: readonly Op[]): Promise<void> {
  const { db, dialect } = context.session
  for (const op of ops) {
    if (op.kind === 'autocommit') await removeLeftovers(context, op.ops)
    for (const sql of await dialect.leftovers(db, op)) {
      context.log(`An earlier attempt has left something invalid: ${sql}`)
      await context.conduct.limits.enter('index')
      await db.statements([sql])
    }
  }
}

function resuming({ script, direction }: PlannedStep, done: number): string {
  return `An earlier ${direction} of revision ${script.id} broke off after ${done} ${done === 1 ? 'statement' : 'statements'}; it goes on from there.`
}

/** What is left of the step; where its next operation may be there already, in a form that does no harm then. */
function segmentsFrom({ ops }: PlannedStep, { plan, skip, again }: ResumePoint, dialect: Dialect): readonly Segment[] {
  if (plan === null) return segmentsOf(ops, dialect)
  const [first, ...others] = plan.after(skip)
  if (!again || first?.kind !== 'ops') return first === undefined ? [] : [first, ...others]
  const [op, ...later] = first.ops
  const redone = op === undefined ? [] : redoOf(op)
  return isNotAgain(redone) ? [first, ...others] : [{ ...first, ops: [...redone, ...later] }, ...others]
}

interface FileSending {
  readonly op: Op<'insertFile'>
  /** The row of the journal. */
  readonly sent: string
  readonly guard: StepGuard | null
}

async function sendFile({ project, session, conduct }: StepContext, { script }: PlannedStep, file: FileSending) {
  const { op, sent, guard } = file
  const rows = async () => {
    await insertFile(session, op, dataFile(project, script, op.file.path))
    await session.db.statements([sent])
  }
  conduct.stop.check()
  await conduct.limits.enter('data')
  await conduct.retried(() => conduct.watched([], () => together(session, guard, rows)))
}

async function sendJournalled(
  context: StepContext,
  step: PlannedStep,
  group: Group,
  notes: readonly string[],
  guard: StepGuard | null,
): Promise<void> {
  const { session, conduct } = context
  const { db, dialect } = session
  const sendOne = (statement: Statement) => conduct.watched([statement], () => send(db, [statement]))
  // A statement that can be in a transaction shares it with its row of the journal, so that the journal knows of it.
  if (group.every((statement) => statement.transactional)) {
    const sendAll = async () => {
      for (const [at, statement] of group.entries()) {
        await sendOne(statement)
        await db.statements(notes.slice(at, at + 1))
      }
    }
    await conduct.limits.enter(conduct.limits.kindOf(group))
    return conduct.retried(() => together(session, guard, sendAll))
  }
  for (const [at, statement] of group.entries()) {
    await conduct.limits.enter(conduct.limits.kindOf([statement]))
    const isAgain = dialect.limiting?.leavesNothing(statement.sql) === true
    const clear = () => removeLeftovers(context, step.ops)
    await (isAgain ? conduct.retried(() => sendOne(statement), { clear }) : sendOne(statement))
    await db.statements(notes.slice(at, at + 1))
  }
}

function together({ db }: Session, guard: StepGuard | null, work: () => Promise<void>): Promise<void> {
  return db.transaction(async () => {
    if (guard !== null) await guard.begin(db)
    await work()
    if (guard !== null) await guard.verify(db)
  })
}
