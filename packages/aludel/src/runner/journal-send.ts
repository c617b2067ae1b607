// The statements of a journalled step on their way, each with its row of the journal.

import type { Statement } from '../database/types.ts'
import type { StepGuard } from '../dialects/dialect.ts'
import type { Op } from '../ops/operations.ts'
import { dataFile } from '../project/data/file.ts'
import type { HistoryRow } from './bookkeeping.ts'
import { insertFile } from './data.ts'
import type { Group } from './groups.ts'
import { isCodeTogether } from './segments.ts'
import { send } from './send.ts'
import type { Session } from './session.ts'
import type { PlannedStep, Sender, StepContext } from './steps.ts'
import { textSum } from './sums.ts'

/** How far a journalled step came before it failed. */
export interface Progress {
  /** How many of its statements were applied and written down, in this run and in earlier ones. */
  done: number
  /** True where one more was applied that could not be written down. */
  isAhead: boolean
}

export interface Journal {
  readonly context: StepContext
  readonly step: PlannedStep
  readonly guard: StepGuard | null
  readonly progress: Progress
  note(row: HistoryRow): string
}

/** How the parts of a journalled step are sent, each with its row of the journal. */
export function senderOf(journal: Journal): Sender {
  const { context } = journal
  const { conduct, fence } = context
  const next = async () => {
    conduct.stop.check()
    await fence?.()
  }
  return {
    code: async (work, { apart }) => {
      await next()
      await sendCode(journal, work, apart)
    },
    groups: async (groups) => {
      const { progress, note } = journal
      const total = progress.done + groups.flat().length
      for (const group of groups) {
        const notes = group.map((statement, at) =>
          note({ event: 'statement', position: progress.done + at, total, statement_sha: textSum(statement.sql) }),
        )
        await next()
        await sendGroup(journal, group, notes)
      }
    },
    file: async (op) => {
      await next()
      await sendFile(journal, op)
    },
  }
}

/** What code is sent by, nobody knows: it is never tried again. */
async function sendCode(
  { context, step, guard, progress, note }: Journal,
  work: () => Promise<void>,
  apart: boolean,
): Promise<void> {
  const { project, session, conduct } = context
  const { db } = session
  const place = { position: progress.done, total: progress.done + 1 }
  const told = async () => {
    await conduct.watched([], work)
    progress.isAhead = true
    await db.statements([note({ event: 'statement', ...place })])
    progress.isAhead = false
  }
  await conduct.limits.enter('ddl')
  if (apart || !isCodeTogether(project, step.script)) await told()
  else {
    // What the code itself commits, DDL where the engine does so, commits this row with it: then it was halfway.
    const begin = note({ event: 'begin', ...place })
    await together(session, guard, () => db.statements([begin]).then(told))
  }
  progress.done += 1
}

async function sendFile({ context, step, guard, progress, note }: Journal, op: Op<'insertFile'>): Promise<void> {
  const { project, session, conduct } = context
  const place = { position: progress.done, total: progress.done + 1 }
  const sent = note({ event: 'statement', ...place, statement_sha: op.file.sha256 })
  const rows = async () => {
    await insertFile(session, op, dataFile(project, step.script, op.file.path))
    await session.db.statements([sent])
  }
  await conduct.limits.enter('data')
  await conduct.retried(() => conduct.watched([], () => together(session, guard, rows)))
  progress.done += 1
}

async function sendGroup(
  { context, step, guard, progress }: Journal,
  group: Group,
  notes: readonly string[],
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
    await conduct.retried(() => together(session, guard, sendAll))
    progress.done += group.length
    return
  }
  for (const [at, statement] of group.entries()) {
    await conduct.limits.enter(conduct.limits.kindOf([statement]))
    const isAgain = dialect.limiting?.leavesNothing(statement.sql) === true
    const clear = () => removeLeftovers(context, step.ops)
    await (isAgain ? conduct.retried(() => sendOne(statement), { clear }) : sendOne(statement))
    progress.isAhead = true
    await db.statements(notes.slice(at, at + 1))
    progress.isAhead = false
    progress.done += 1
  }
}

/** First of all: what is invalid must not be taken for what a statement has made. */
export async function removeLeftovers(context: StepContext, ops: readonly Op[]): Promise<void> {
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

function together({ db }: Session, guard: StepGuard | null, work: () => Promise<void>): Promise<void> {
  return db.transaction(async () => {
    if (guard !== null) await guard.begin(db)
    await work()
    if (guard !== null) await guard.verify(db)
  })
}
