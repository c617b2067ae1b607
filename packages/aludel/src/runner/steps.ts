// One step on a live database: all or nothing where the engine can, journalled statement by statement where it cannot.

import type { Statement } from '../database/types.ts'
import type { StepGuard } from '../dialects/dialect.ts'
import type { AludelError } from '../errors.ts'
import type { Op } from '../ops/operations.ts'
import { dataFile, dataSum } from '../project/data/file.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RowChange } from '../revisions/rows.ts'
import { emptySchema } from '../schema/model.ts'
import { type Direction, opsSum, rawSum, textSum } from './body.ts'
import { type HistoryRow, historyStatement, readVersionRows, stepRow, versionStatements } from './bookkeeping.ts'
import { insertFile } from './data.ts'
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
      if (guard !== null) await guard.begin(db)
      const count = await runSegments(context, step, false, {
        groups: (groups) => send(db, groups.flat()),
        file: (op) => insertFile(context.session, op, dataFile(context.project, step.script, op.file.path)),
      })
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
  for (const segment of segmentsOf(step.ops, dialect)) {
    if (segment.kind !== 'ops' || segment.apart || readsOf(segment.ops, dialect).length > 0) return null
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
type Group = readonly Statement[]

interface Sender {
  groups(groups: readonly Group[]): Promise<void>
  file(op: Op<'insertFile'>): Promise<void>
}

async function runSegments(context: StepContext, step: PlannedStep, guarded: boolean, sender: Sender): Promise<number> {
  let count = 0
  for (const segment of segmentsOf(step.ops, context.session.dialect)) {
    if (segment.kind === 'run') await runCode(context, step.script, segment.op)
    else if (segment.kind === 'file') {
      await sender.file(segment.op)
      count += 1
    } else {
      const groups = await renderSegment(context.session, segment, guarded)
      await sender.groups(groups)
      count += groups.flat().length
    }
  }
  return count
}

async function renderSegment(
  { db, dialect }: Session,
  segment: OpsSegment,
  guarded: boolean,
): Promise<readonly Group[]> {
  const reads = readsOf(segment.ops, dialect)
  const before = reads.length === 0 ? emptySchema : await dialect.introspect(db, { objects: reads })
  return groupsOf(dialect.render(segment.ops, before), segment, guarded)
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
    const isText = group.some((one) => one.ops.some((position) => ops[position]?.kind === 'execute'))
    const together = !isText && (guarded || group.length > 1)
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
  const { dialect } = session
  const record = {
    dialect: dialect.name,
    features: dialect.features,
    naming: project.naming,
    arguments: project.arguments,
    dataSum: (path: string) => dataSum(dataFile(project, script, path), path),
  }
  const fileAt = (path: string) => dataFile(project, script, path)
  await op.run(liveContext({ session, record, dataFile: fileAt, signal, log }))
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
  const guard = dialect.guard(step.ops)
  const note = (row: HistoryRow) => historyStatement(project, dialect, historyRow(context, step, row))
  await db.statements([
    note({
      event: 'begin',
      raw_sha: rawSum(project, step.script),
      ops_sha: opsSum(step.ops),
      heads: JSON.stringify(step.rowsBefore),
    }),
    ...(guard?.before ?? []),
  ])
  try {
    const count = await runSegments(context, step, guard !== null, {
      groups: async (groups) => {
        const total = progress.done + groups.flat().length
        for (const group of groups) {
          const notes = group.map((statement, at) =>
            note({ event: 'statement', position: progress.done + at, total, statement_sha: textSum(statement.sql) }),
          )
          await sendJournalled(session, group, notes, guard)
          progress.done += group.length
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
    })
    await db.transaction(() => db.statements(endingOf(context, step, startedAt)))
    return count
  } finally {
    if (guard !== null) await db.statements(guard.after)
  }
}

async function sendJournalled(
  session: Session,
  group: Group,
  notes: readonly string[],
  guard: StepGuard | null,
): Promise<void> {
  const { db, dialect } = session
  const sendAll = async () => {
    for (const [at, statement] of group.entries()) {
      await send(db, [statement])
      await db.statements(notes.slice(at, at + 1))
    }
  }
  if (!dialect.features.transactionalDdl || !group.every((statement) => statement.transactional)) return sendAll()
  await together(session, guard, sendAll)
}

function together({ db }: Session, guard: StepGuard | null, work: () => Promise<void>): Promise<void> {
  return db.transaction(async () => {
    if (guard !== null) await guard.begin(db)
    await work()
    if (guard !== null) await guard.verify(db)
  })
}
