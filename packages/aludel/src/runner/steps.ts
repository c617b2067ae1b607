// One step on a live database: all or nothing where the engine can, journalled statement by statement where it cannot.

import type { Statement } from '../database/types.ts'
import type { AludelError } from '../errors.ts'
import { executeTexts } from '../ops/execute-sql.ts'
import type { Op } from '../ops/operations.ts'
import { dataFile } from '../project/data/file.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import type { RowChange } from '../revisions/rows.ts'
import { emptySchema } from '../schema/model.ts'
import { readParts } from './archives.ts'
import { type Direction, opsSum, rawSum, recordRequest } from './body.ts'
import { type HistoryRow, historyStatement, stepRow, versionStatements } from './bookkeeping.ts'
import type { BrokenOffs } from './broken-off.ts'
import { insertFile } from './data.ts'
import { type Group, groupsOf, type OpsSegment, shifted } from './groups.ts'
import { inlined } from './inline.ts'
import type { Inverses } from './inverses.ts'
import { liveContext } from './live.ts'
import type { Origin } from './origin.ts'
import { areRows, readVersionRows } from './own-tables.ts'
import { laterThan, readsOf, type Segment, segmentsOf } from './segments.ts'
import { send } from './send.ts'
import type { Session } from './session.ts'
import type { Conduct } from './statements/conduct.ts'
import { readUndo } from './undo.ts'

export interface StepContext {
  readonly project: Project
  readonly graph: RevisionGraph<Script>
  readonly session: Session
  readonly origin: Origin
  readonly signal: AbortSignal
  readonly log: (message: string) => void
  readonly conduct: Conduct
  /** True where one transaction holds every step of the run. */
  readonly whole: boolean
  /** The statement, from 1, that a step goes on with which broke off; null where journal and catalogue tell. */
  readonly resumeFrom: number | null
  /** Throws where the lock of the run is not held any more; null where that cannot be. */
  readonly fence: (() => Promise<void>) | null
  /** The ways down that are inverted, of the steps of the run. */
  readonly inverses: Inverses
  /** What earlier runs have left unfinished, read when the first step asks. */
  broken(): Promise<BrokenOffs>
}

export interface PlannedStep {
  readonly script: Script
  readonly direction: Direction
  readonly ops: readonly Op[]
  readonly change: RowChange
  readonly rowsBefore: readonly string[]
  readonly rowsAfter: readonly string[]
  /** The operations of the steps that follow in the same transaction. */
  beyond(): readonly Op[]
}

/** Steps that one transaction holds: each knows what is still to come in it. */
export function inOneTransaction(steps: readonly PlannedStep[]): readonly PlannedStep[] {
  return steps.map((step, at) => ({ ...step, beyond: () => steps.slice(at + 1).flatMap(({ ops }) => ops) }))
}

/** Thrown inside a step's transaction where the version rows are not what the plan expected. */
export class PlanMoved extends Error {
  override readonly name = 'PlanMoved'
}

/** The step in one transaction with its version row and history row. Answers how many statements were sent. */
export async function atomicStep(context: StepContext, step: PlannedStep, startedAt: number): Promise<number> {
  const { db, dialect } = context.session
  const { limits, watched } = context.conduct
  const guard = context.whole ? null : dialect.guard(step.ops)
  if (guard !== null) await db.statements(guard.before)
  // In one transaction with others, locks may be there from the beginning.
  const held = { locks: context.whole }
  try {
    return await db.transaction(async () => {
      if (!dialect.features.sessionLock) await requireRows(context, step.rowsBefore)
      if (guard !== null) await guard.begin(db)
      const count = await runSegments(
        context,
        { step, segments: segmentsOf(step.ops, dialect), guarded: false },
        {
          code: (work) => {
            held.locks = true
            return watched([], work)
          },
          groups: (groups) => {
            const statements = groups.flat()
            return watched(statements, () => send(db, limits.within(statements, held)))
          },
          file: (op) =>
            watched([], () => insertFile(context.session, op, dataFile(context.project, step.script, op.file.path))),
        },
      )
      if (guard !== null) await guard.verify(db)
      await context.fence?.()
      await db.statements(endingOf(context, step, startedAt, await readUndo(context, step)))
      return count
    })
  } finally {
    if (guard !== null) await db.statements(guard.after)
  }
}

/** True where nothing of the step stays that was rolled back: no code ran, and no text ended the transaction by itself. */
export function isTakenBackWhole({ ops }: PlannedStep, { dialect }: Session): boolean {
  const commits = (op: Op<'execute'>) =>
    (executeTexts(op.sql, dialect.name) ?? []).some(({ parts }) =>
      parts.some(
        (part) => typeof part === 'string' && /(?:^|;)\s*(?:commit|rollback|prepare\s+transaction)\b/i.test(part),
      ),
    )
  return !ops.some((op) => op.kind === 'run' || (op.kind === 'execute' && commits(op)))
}

/** The same, again where it was rolled back and nothing of it stays. */
export async function wholeStep(context: StepContext, step: PlannedStep, startedAt: number): Promise<number> {
  const { limits, retried } = context.conduct
  if (context.whole) return atomicStep(context, step, startedAt)
  await limits.enter('ddl')
  const take = () => atomicStep(context, step, startedAt)
  return isTakenBackWhole(step, context.session) ? retried(take) : take()
}

/** The statements of a step that can be sent in one text; null where something must be asked or run in between. */
export function plainStatements(step: PlannedStep, { dialect }: Session): readonly Statement[] | null {
  const statements: Statement[] = []
  const segments = segmentsOf(step.ops, dialect)
  for (const segment of segments) {
    if (segment.kind !== 'ops' || segment.apart || readsOf(segment.ops, dialect).length > 0) return null
    const ops = segment.ops.map((op) => inlined(op, dialect))
    statements.push(...shifted(dialect.render(ops, emptySchema, laterThan(segments, segment)), segment.offset))
  }
  const plain = statements.every((statement) => statement.transactional && statement.parameters.length === 0)
  return plain ? statements : null
}

/**
 * What ends a step: the version row moves and the history says so, with what would undo it.
 *
 * @param startedAt null where the step has not begun yet: the database tells how long it took
 */
export function endingOf(
  context: StepContext,
  step: PlannedStep,
  startedAt: number | null,
  undo: string | null,
): readonly string[] {
  const { project, session } = context
  const done = historyRow(context, step, {
    event: 'done',
    ...(startedAt === null ? {} : { duration_ms: Math.max(0, Math.round(performance.now() - startedAt)) }),
    raw_sha: rawSum(project, step.script),
    ops_sha: opsSum(step.ops),
    heads: JSON.stringify(step.rowsAfter),
    undo,
  })
  const { dialect } = session
  const told = startedAt === null ? { duration_ms: dialect.script.elapsed } : {}
  return [...versionStatements(project, dialect, step.change), historyStatement(project, dialect, done, told)]
}

export function historyRow(context: StepContext, step: PlannedStep, row: HistoryRow): HistoryRow {
  return stepRow(context.origin, step, { at: new Date(), ...row })
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
  if (!areRows(rows, expected)) throw new PlanMoved('The version rows have moved.')
}

export interface Sender {
  code(work: () => Promise<void>, segment: Pick<Extract<Segment, { kind: 'run' }>, 'apart'>): Promise<void>
  groups(groups: readonly Group[]): Promise<void>
  file(op: Op<'insertFile'>): Promise<void>
}

export interface Sending {
  readonly step: PlannedStep
  readonly segments: readonly Segment[]
  readonly guarded: boolean
}

export async function runSegments(
  context: StepContext,
  { step, segments, guarded }: Sending,
  sender: Sender,
): Promise<number> {
  let count = 0
  for (const segment of segments) {
    const later = [...laterThan(segments, segment), ...step.beyond()]
    if (segment.kind === 'run') await sender.code(() => runCode(context, step.script, segment.op), segment)
    else if (segment.kind === 'file') {
      await sender.file(segment.op)
      count += 1
    } else if (segment.kind === 'archive') {
      const { op, offset, apart } = segment
      const request = { op, revision: step.script.id, log: context.log }
      for (const ops of await readParts(context.session, request)) {
        const groups = await renderSegment(context.session, { kind: 'ops', ops, offset, apart }, { guarded, later })
        await sender.groups(groups.map((group) => group.map((one) => ({ ...one, ops: [offset] }))))
        count += groups.flat().length
      }
    } else {
      const groups = await renderSegment(context.session, segment, { guarded, later })
      await sender.groups(groups)
      count += groups.flat().length
    }
  }
  return count
}

async function renderSegment(
  { db, dialect }: Session,
  segment: OpsSegment,
  { guarded, later }: { readonly guarded: boolean; readonly later: readonly Op[] },
): Promise<readonly Group[]> {
  const reads = readsOf(segment.ops, dialect)
  const before = reads.length === 0 ? emptySchema : await dialect.introspect(db, { objects: reads })
  return groupsOf(dialect.render(segment.ops, before, later), segment, guarded)
}

async function runCode(context: StepContext, script: Script, op: Op<'run'>): Promise<void> {
  const { project, session, signal, log, conduct } = context
  const record = recordRequest(project, script, session.dialect)
  const fileAt = (path: string) => dataFile(project, script, path)
  await op.run(liveContext({ session, record, dataFile: fileAt, signal, log, limits: conduct.limits }))
}
