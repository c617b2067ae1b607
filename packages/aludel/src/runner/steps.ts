// One step on a live database: all or nothing where the engine can, journalled statement by statement where it cannot.

import type { Statement } from '../database/types.ts'
import type { AludelError } from '../errors.ts'
import { isData } from '../ops/execute.ts'
import type { Op } from '../ops/operations.ts'
import { dataFile } from '../project/data/file.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import type { RowChange } from '../revisions/rows.ts'
import { emptySchema } from '../schema/model.ts'
import { readParts } from './archives.ts'
import { type Direction, opsSum, rawSum, recordRequest } from './body.ts'
import { type HistoryRow, historyStatement, readVersionRows, stepRow, versionStatements } from './bookkeeping.ts'
import type { BrokenOffs } from './broken-off.ts'
import { insertFile } from './data.ts'
import { inlined } from './inline.ts'
import { liveContext } from './live.ts'
import type { Origin } from './origin.ts'
import { laterThan, readsOf, type Segment, segmentsOf } from './segments.ts'
import { send } from './send.ts'
import type { Session } from './session.ts'

export interface StepContext {
  readonly project: Project
  readonly graph: RevisionGraph<Script>
  readonly session: Session
  readonly origin: Origin
  readonly signal: AbortSignal
  readonly log: (message: string) => void
  /** True where one transaction holds every step of the run. */
  readonly whole: boolean
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
  const guard = context.whole ? null : dialect.guard(step.ops)
  if (guard !== null) await db.statements(guard.before)
  try {
    return await db.transaction(async () => {
      if (!dialect.features.sessionLock) await requireRows(context, step.rowsBefore)
      if (guard !== null) await guard.begin(db)
      const count = await runSegments(
        context,
        { step, segments: segmentsOf(step.ops, dialect), guarded: false },
        {
          code: (work) => work(),
          groups: (groups) => send(db, groups.flat()),
          file: (op) => insertFile(context.session, op, dataFile(context.project, step.script, op.file.path)),
        },
      )
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
  const segments = segmentsOf(step.ops, dialect)
  for (const segment of segments) {
    if (segment.kind !== 'ops' || segment.apart || readsOf(segment.ops, dialect).length > 0) return null
    const ops = segment.ops.map((op) => inlined(op, dialect))
    statements.push(...shifted(dialect.render(ops, emptySchema, laterThan(segments, segment)), segment.offset))
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
    raw_sha: rawSum(project, step.script),
    ops_sha: opsSum(step.ops),
    heads: JSON.stringify(step.rowsAfter),
  })
  return [...versionStatements(project, session.dialect, step.change), historyStatement(project, session.dialect, done)]
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
  if ((rows ?? []).join('\0') !== [...expected].sort().join('\0')) throw new PlanMoved('The version rows have moved.')
}

/** Statements that serve the same operations: what makes a table anew must not be torn apart. */
export type Group = readonly Statement[]

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

type OpsSegment = Extract<Segment, { kind: 'ops' }>

/** The statements of a segment as they belong together. */
export function groupsOf(
  statements: readonly Statement[],
  { ops, offset, apart }: OpsSegment,
  guarded: boolean,
): readonly Group[] {
  if (!apart) return grouped(shifted(statements, offset))
  // Outside the step's transaction each text is by itself; an operation of several statements gets a transaction of its own.
  return grouped(statements).map((group) => {
    const texts = group
      .flatMap((one) => one.ops.map((position) => ops[position]))
      .filter((op) => op?.kind === 'execute')
    // A change of rows shares a transaction with its row of the journal: nobody could see whether it was made.
    const together = texts.length === 0 ? guarded || group.length > 1 : texts.every(isData)
    return group.map((one) => ({ ...one, ops: [offset], transactional: one.transactional && together }))
  })
}

function grouped(statements: readonly Statement[]): readonly Group[] {
  const groups: Statement[][] = []
  for (const statement of statements) {
    const last = groups.at(-1)
    if (last?.[0]?.ops.join() === statement.ops.join()) last.push(statement)
    else groups.push([statement])
  }
  return groups
}

function shifted(statements: readonly Statement[], offset: number): readonly Statement[] {
  return offset === 0
    ? statements
    : statements.map((one) => ({ ...one, ops: one.ops.map((position) => position + offset) }))
}

async function runCode({ project, session, signal, log }: StepContext, script: Script, op: Op<'run'>): Promise<void> {
  const record = recordRequest(project, script, session.dialect)
  const fileAt = (path: string) => dataFile(project, script, path)
  await op.run(liveContext({ session, record, dataFile: fileAt, signal, log }))
}
