// A step that the engine cannot take back: a journal says what was applied, and another run goes on from there.

import type { StepGuard } from '../dialects/dialect.ts'
import type { Op } from '../ops/operations.ts'
import { dataFile } from '../project/data/file.ts'
import { opsSum, rawSum, textSum } from './body.ts'
import { type HistoryRow, historyStatement } from './bookkeeping.ts'
import { insertFile } from './data.ts'
import { executeNow } from './live.ts'
import { type ResumePoint, resumePoint } from './resume.ts'
import { isCodeTogether, segmentsOf } from './segments.ts'
import { send } from './send.ts'
import type { Session } from './session.ts'
import {
  endingOf,
  type Group,
  historyRow,
  type PlannedStep,
  requireRows,
  runSegments,
  type Sender,
  type StepContext,
} from './steps.ts'

/** How far a journalled step came before it failed. */
export interface Progress {
  /** How many of its statements were applied and written down, in this run and in earlier ones. */
  done: number
  /** True where one more was applied that could not be written down. */
  isAhead: boolean
}

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
    await db.transaction(async () => {
      if (dialect.lockStep !== null) await requireRows(context, step.rowsBefore)
      await db.statements(endingOf(context, step, startedAt))
    })
    return count
  } finally {
    if (guard !== null) await db.statements(guard.after)
  }
}

interface Journal {
  readonly context: StepContext
  readonly step: PlannedStep
  readonly guard: StepGuard | null
  readonly progress: Progress
  note(row: HistoryRow): string
}

/** What may be there already, in a form that does no harm then; the journal has it as it was planned. */
async function doAgain({ context, progress, note }: Journal, { skip, again, plan }: ResumePoint): Promise<void> {
  if (again === null || plan === null) return
  const { session } = context
  await executeNow(session, again.ops)
  const done = plan.statements.slice(skip, skip + again.statements)
  const notes = done.map(({ sql }, at) =>
    note({ event: 'statement', position: skip + at, total: skip + done.length, statement_sha: textSum(sql) }),
  )
  await session.db.transaction(() => session.db.statements(notes))
  progress.done += done.length
}

function senderOf(journal: Journal): Sender {
  const { context, step, guard, progress, note } = journal
  const { project, session } = context
  const { db } = session
  return {
    code: async (work, { apart }) => {
      const place = { position: progress.done, total: progress.done + 1 }
      const told = async () => {
        await work()
        progress.isAhead = true
        await db.statements([note({ event: 'statement', ...place })])
        progress.isAhead = false
      }
      if (apart || !isCodeTogether(project, step.script)) await told()
      else {
        // What the code itself commits, DDL where the engine does so, commits this row with it: then it was halfway.
        const begin = note({ event: 'begin', ...place })
        await together(session, guard, () => db.statements([begin]).then(told))
      }
      progress.done += 1
    },
    groups: async (groups) => {
      const total = progress.done + groups.flat().length
      for (const group of groups) {
        const notes = group.map((statement, at) =>
          note({ event: 'statement', position: progress.done + at, total, statement_sha: textSum(statement.sql) }),
        )
        await sendGroup(journal, group, notes)
      }
    },
    file: async (op) => {
      const place = { position: progress.done, total: progress.done + 1 }
      await together(session, guard, async () => {
        await insertFile(session, op, dataFile(project, step.script, op.file.path))
        await db.statements([note({ event: 'statement', ...place, statement_sha: op.file.sha256 })])
      })
      progress.done += 1
    },
  }
}

/** First of all: what is invalid must not be taken for what a statement has made. */
async function removeLeftovers(context: StepContext, ops: readonly Op[]): Promise<void> {
  const { db, dialect } = context.session
  for (const op of ops) {
    if (op.kind === 'autocommit') await removeLeftovers(context, op.ops)
    for (const sql of await dialect.leftovers(db, op)) {
      context.log(`An earlier attempt has left something invalid: ${sql}`)
      await db.statements([sql])
    }
  }
}

function resuming({ script, direction }: PlannedStep, done: number): string {
  return `An earlier ${direction} of revision ${script.id} broke off after ${done} ${done === 1 ? 'statement' : 'statements'}; it goes on from there.`
}

async function sendGroup(
  { context: { session }, guard, progress }: Journal,
  group: Group,
  notes: readonly string[],
): Promise<void> {
  const { db } = session
  // A statement that can be in a transaction shares it with its row of the journal, so that the journal knows of it.
  if (group.every((statement) => statement.transactional)) {
    await together(session, guard, async () => {
      for (const [at, statement] of group.entries()) {
        await send(db, [statement])
        await db.statements(notes.slice(at, at + 1))
      }
    })
    progress.done += group.length
    return
  }
  for (const [at, statement] of group.entries()) {
    await send(db, [statement])
    progress.isAhead = true
    await db.statements(notes.slice(at, at + 1))
    progress.isAhead = false
    progress.done += 1
  }
}

function together({ db }: Session, guard: StepGuard | null, work: () => Promise<void>): Promise<void> {
  return db.transaction(async () => {
    if (guard !== null) await guard.begin(db)
    await work()
    if (guard !== null) await guard.verify(db)
  })
}
