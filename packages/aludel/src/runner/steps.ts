// One step on a live database: all or nothing where the engine can, journalled statement by statement where it cannot.

import type { Statement } from '../database/types.ts'
import type { AludelError } from '../errors.ts'
import type { Op } from '../ops/operations.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RowChange } from '../revisions/rows.ts'
import { emptySchema } from '../schema/model.ts'
import { type Direction, opsSum, rawSum, textSum } from './body.ts'
import { type HistoryRow, historyStatement, readVersionRows, versionStatements } from './bookkeeping.ts'
import { inlined } from './inline.ts'
import { liveContext } from './live.ts'
import type { Origin } from './origin.ts'
import { readsOf, type Segment, segmentsOf } from './segments.ts'
import { send } from './send.ts'
import type { Session } from './session.ts'

export interface StepContext {
  readonly project: Project
  readonly session: Session
  readonly origin: Origin
  readonly signal: AbortSignal
  readonly log: (message: string) => void
  /** True where one transaction holds every step of the run. */
  readonly whole: boolean
}

export interface PlannedStep {
  readonly script: Script
  readonly direction: Direction
  readonly ops: readonly Op[]
  readonly change: RowChange
  readonly rowsBefore: readonly string[]
  readonly rowsAfter: readonly string[]
}

/** Thrown inside a step's transaction where the version rows are not what the plan expected. */
export class PlanMoved extends Error {
  override readonly name = 'PlanMoved'
}

/** The step in one transaction with its version row and history row. Answers how many statements were sent. */
export async function atomicStep(context: StepContext, step: PlannedStep, startedAt: number): Promise<number> {
  const { db, dialect } = context.session
  const guard = context.whole ? null : dialect.guard(step.ops)
  if (guard !== null) await db.statements(guard.before)
  try {
    return await db.transaction(async () => {
      if (!dialect.features.sessionLock) await requireRows(context, step.rowsBefore)
      const count = await runSegments(context, step, (statements) => send(db, statements))
      if (guard !== null) await guard.verify(db)
      await db.statements(endingOf(context, step, startedAt))
      return count
    })
  } finally {
    if (guard !== null) await db.statements(guard.after)
  }
}

/** The statements of a step that can be sent in one text; null where something must be asked or run in between. */
export function plainStatements(step: PlannedStep, { dialect }: Session): readonly Statement[] | null {
  const statements: Statement[] = []
  for (const segment of segmentsOf(step.ops)) {
    if (segment.kind === 'run' || segment.apart || readsOf(segment.ops, dialect).length > 0) return null
    const ops = segment.ops.map((op) => inlined(op, dialect))
    statements.push(...shifted(dialect.render(ops, emptySchema), segment.offset))
  }
  const plain = statements.every((statement) => statement.transactional && statement.parameters.length === 0)
  return plain ? statements : null
}

/** What ends a step: the version row moves and the history says so. */
export function endingOf(context: StepContext, step: PlannedStep, startedAt: number): readonly string[] {
  const { project, session } = context
  const done = historyRow(context, step, {
    event: 'done',
    duration_ms: Math.max(0, Math.round(performance.now() - startedAt)),
    raw_sha: rawSum(step.script),
    ops_sha: opsSum(step.ops),
    heads: JSON.stringify(step.rowsAfter),
  })
  return [...versionStatements(project, session.dialect, step.change), historyStatement(project, session.dialect, done)]
}

export function historyRow(context: StepContext, step: PlannedStep, row: HistoryRow): HistoryRow {
  const { script, direction } = step
  return { ...context.origin, revision: script.id, direction, phase: script.phase, at: new Date(), ...row }
}

/** One row that says what failed, written after the rollback; a database that cannot take it keeps its first error. */
export async function recordFailure(context: StepContext, step: PlannedStep, error: AludelError): Promise<void> {
  const { project, session } = context
  const row = historyRow(context, step, {
    event: 'failed',
    error: error.message.slice(0, 4000),
    heads: JSON.stringify(step.rowsBefore),
  })
  try {
    await session.db.statements([historyStatement(project, session.dialect, row)])
  } catch {
    context.log('The failure could not be written into the history.')
  }
}

export async function requireRows({ project, session }: StepContext, expected: readonly string[]): Promise<void> {
  const rows = await readVersionRows(project, session)
  if ((rows ?? []).join('\0') !== [...expected].sort().join('\0')) throw new PlanMoved('The version rows have moved.')
}

type Send = (statements: readonly Statement[]) => Promise<void>

async function runSegments(context: StepContext, step: PlannedStep, sendAll: Send): Promise<number> {
  let count = 0
  for (const segment of segmentsOf(step.ops)) {
    if (segment.kind === 'run') await runCode(context, segment.op)
    else {
      const statements = await renderSegment(context.session, segment)
      await sendAll(statements)
      count += statements.length
    }
  }
  return count
}

async function renderSegment(
  { db, dialect }: Session,
  segment: Extract<Segment, { kind: 'ops' }>,
): Promise<readonly Statement[]> {
  const reads = readsOf(segment.ops, dialect)
  const before = reads.length === 0 ? emptySchema : await dialect.introspect(db, { objects: reads })
  const statements = shifted(dialect.render(segment.ops, before), segment.apart ? 0 : segment.offset)
  return segment.apart ? statements.map((one) => ({ ...one, ops: [segment.offset], transactional: false })) : statements
}

function shifted(statements: readonly Statement[], offset: number): readonly Statement[] {
  return offset === 0
    ? statements
    : statements.map((one) => ({ ...one, ops: one.ops.map((position) => position + offset) }))
}

async function runCode({ project, session, signal, log }: StepContext, op: Op<'run'>): Promise<void> {
  const { dialect } = session
  const record = {
    dialect: dialect.name,
    features: dialect.features,
    naming: project.naming,
    arguments: project.arguments,
  }
  await op.run(liveContext({ session, record, signal, log }))
}

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
  const { project, session } = context
  const { db, dialect } = session
  const note = (row: HistoryRow) => historyStatement(project, dialect, historyRow(context, step, row))
  await db.statements([
    note({
      event: 'begin',
      raw_sha: rawSum(step.script),
      ops_sha: opsSum(step.ops),
      heads: JSON.stringify(step.rowsBefore),
    }),
  ])
  const count = await runSegments(context, step, async (statements) => {
    for (const [position, statement] of statements.entries()) {
      const written = note({
        event: 'statement',
        position: progress.done,
        total: statements.length - position + progress.done,
        statement_sha: textSum(statement.sql),
      })
      await sendJournalled(session, statement, written)
      progress.done += 1
    }
  })
  await db.transaction(() => db.statements(endingOf(context, step, startedAt)))
  return count
}

async function sendJournalled({ db, dialect }: Session, statement: Statement, note: string): Promise<void> {
  if (dialect.features.transactionalDdl && statement.transactional) {
    await db.transaction(async () => {
      await send(db, [statement])
      await db.statements([note])
    })
    return
  }
  await send(db, [statement])
  await db.statements([note])
}
