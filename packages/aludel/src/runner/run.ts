// The one place that changes a user's database: lock, read, plan, step, history, release.

import { AludelError, isAludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import type { Plan } from '../revisions/plan.ts'
import { type Passed, type RevisionStep, rowsAlong } from '../revisions/rows.ts'
import { createBatch } from './batch.ts'
import { lockKey, prepareTables, readVersionRows } from './bookkeeping.ts'
import { type BrokenOffs, readBrokenOffs } from './broken-off.ts'
import { directionOps } from './direction.ts'
import { readyToFold } from './fold.ts'
import { createInverses, type Inverses } from './inverses.ts'
import { journalledStep } from './journal.ts'
import { leftBy } from './leftovers.ts'
import { originOf } from './origin.ts'
import { failed, type Outcome, type ProgressEvent, resultOf, rolledBack, type StepResult } from './outcome.ts'
import { removeContainedRows, rowsToPlanFrom } from './overlap.ts'
import { isUndecided } from './resume.ts'
import { isAllOrNothing } from './segments.ts'
import type { Session } from './session.ts'
import {
  atomicStep,
  inOneTransaction,
  PlanMoved,
  type PlannedStep,
  plainStatements,
  recordFailure,
  type StepContext,
} from './steps.ts'

export interface RunResult {
  readonly current: readonly string[]
  readonly steps: readonly StepResult[]
  readonly heads: readonly string[]
}

export interface RunRequest {
  readonly project: Project
  readonly session: Session
  readonly graph: RevisionGraph<Script>
  /** Plans from the version rows that are there; asked again where they have moved. */
  plan(current: readonly string[]): Plan<RevisionStep<Script>>
  /** Called with what is to be done before anything is locked or sent; throws where it must not be. */
  readonly approve: ((steps: readonly RevisionStep<Script>[]) => Promise<void>) | null
  readonly progress: (event: ProgressEvent) => void
  readonly signal: AbortSignal
  readonly log: (message: string) => void
}

/** Brings the database where the plan leads. Nothing is locked or written where there is nothing to do. */
export async function runPlan(request: RunRequest): Promise<RunResult> {
  const { project, session } = request
  const seen = (await readVersionRows(project, session)) ?? []
  const first = request.plan(await rowsToPlanFrom(request, seen))
  if (first.steps.length === 0) return { current: seen, steps: [], heads: seen }
  await request.approve?.(first.steps)
  const lock = await session.dialect.lock(session.db, { key: lockKey(project), timeout: project.lockTimeout })
  try {
    return await lockedRun(request)
  } finally {
    await lock.release()
  }
}

const mostReplans = 5

async function lockedRun(request: RunRequest): Promise<RunResult> {
  const { project, session } = request
  const results: StepResult[] = []
  let start: readonly string[] | null = null
  let seen = ''
  let attempts = 0
  for (;;) {
    const rows = await readVersionRows(project, session)
    // Whoever else is at work brings the database on: only where it stands still has planning again no end.
    attempts = rows?.join('\0') === seen ? attempts + 1 : 0
    seen = rows?.join('\0') ?? ''
    const current = await rowsToPlanFrom(request, rows ?? [])
    start ??= rows ?? []
    const plan = request.plan(current)
    const ids = plan.steps.map((step) => step.revision.id)
    if (ids.length > 0) await prepareTables(project, session, rows, ids)
    await removeContainedRows(request, rows ?? [], current)
    try {
      await runSteps(request, current, plan.steps, results)
      return { current: start, steps: results, heads: plan.heads }
    } catch (error) {
      if (!(error instanceof PlanMoved) || attempts >= mostReplans) throw error
    }
  }
}

async function runSteps(
  request: RunRequest,
  current: readonly string[],
  steps: readonly RevisionStep<Script>[],
  results: StepResult[],
): Promise<void> {
  const { project, session } = request
  const whole = project.transaction === 'run' && session.dialect.features.transactionalDdl
  let broken: Promise<BrokenOffs> | null = null
  const context: StepContext = {
    project,
    graph: request.graph,
    session,
    origin: originOf(project.directory),
    signal: request.signal,
    log: request.log,
    whole,
    broken: () => {
      // Without a lock of the whole run, others may have left something between two steps.
      if (session.dialect.lockStep !== null) return readBrokenOffs(project, session)
      broken ??= readBrokenOffs(project, session)
      return broken
    },
  }
  const isInverting = steps.some(({ direction, revision }) => direction === 'downgrade' && revision.wayDown === 'other')
  if (isInverting) await readyToFold(request.graph, session.dialect)
  const inverses = createInverses(
    { project, graph: request.graph, dialect: session.dialect },
    steps.map(({ revision }) => revision),
  )
  const prepared = function* (): Generator<PlannedStep> {
    for (const passed of rowsAlong(request.graph, current, steps)) yield prepare(request, passed, inverses)
  }
  const all = whole || isRecordedFirst(request, steps) ? [...prepared()] : prepared()
  if (whole) await wholeRun(context, request, inOneTransaction([...all]), results)
  else await eachByItself(context, request, all, { total: steps.length, results })
}

const mostRecordedFirst = 64

/**
 * True where every step is recorded before the first is sent, so that what one of them cannot be on this engine stops all
 * of them. Where steps are sent in batches, files load while the server works: a long way is not made to wait for that.
 */
function isRecordedFirst({ session }: RunRequest, steps: readonly RevisionStep<Script>[]): boolean {
  const { transactionalDdl, sessionLock } = session.dialect.features
  return !(transactionalDdl && sessionLock) || steps.length <= mostRecordedFirst
}

async function eachByItself(
  context: StepContext,
  request: RunRequest,
  steps: Iterable<PlannedStep>,
  { total, results }: { readonly total: number; readonly results: StepResult[] },
): Promise<void> {
  const batch = createBatch(context, request, total, results)
  let position = 0
  try {
    for (const step of steps) {
      position += 1
      const place = { position, total }
      const sendable = context.session.dialect.features.sessionLock && isAtomicStep(context, step)
      const plain = sendable ? plainStatements(step, context.session) : null
      if (plain !== null) {
        await batch.add(step, plain, place)
        continue
      }
      await batch.flush()
      await takeStep(context, request, step, place, results)
    }
  } finally {
    // Also where a later file cannot be recorded: what came before it is sent, as if it had been sent one by one.
    await batch.flush()
  }
}

/** All steps in one transaction: a failure takes every one of them back. */
async function wholeRun(
  context: StepContext,
  request: RunRequest,
  steps: readonly PlannedStep[],
  results: StepResult[],
): Promise<void> {
  const { db, dialect } = context.session
  const guard = dialect.guard(steps.flatMap((step) => step.ops))
  let taken: PlannedStep | undefined
  if (guard !== null) await db.statements(guard.before)
  try {
    await db.transaction(async () => {
      if (guard !== null) await guard.begin(db)
      for (const [position, step] of steps.entries()) {
        taken = step
        await takeStep(context, request, step, { position: position + 1, total: steps.length }, results)
      }
      if (guard !== null) await guard.verify(db)
    })
  } catch (error) {
    // Written only now: inside the transaction it would have been rolled back with everything else.
    const rowsBefore = steps[0]?.rowsBefore ?? []
    if (taken !== undefined && isAludelError(error)) await recordFailure(context, { ...taken, rowsBefore }, error)
    throw error
  } finally {
    if (guard !== null) await db.statements(guard.after)
  }
}

function prepare(
  { project, graph, session }: RunRequest,
  { step, ...rows }: Passed<RevisionStep<Script>>,
  inverses: Inverses,
): PlannedStep {
  const { revision: script, direction } = step
  return {
    script,
    direction,
    ops: directionOps({ project, graph, script, direction, dialect: session.dialect, inverses }),
    beyond: () => [],
    ...rows,
  }
}

interface Place {
  readonly position: number
  readonly total: number
}

async function takeStep(
  context: StepContext,
  request: RunRequest,
  step: PlannedStep,
  place: Place,
  results: StepResult[],
): Promise<void> {
  const atomic = isAtomicStep(context, step)
  if (context.whole && !atomic) throw outsideTheRun(step)
  const event = { direction: step.direction, revision: step.script.id, message: step.script.message, ...place }
  request.progress({ kind: 'step-started', durationMs: null, ...event })
  const startedAt = performance.now()
  const progress = { done: 0, isAhead: false }
  try {
    const statements = atomic
      ? await atomicStep(context, step, startedAt)
      : await journalledStep(context, step, startedAt, progress)
    const durationMs = Math.round(performance.now() - startedAt)
    results.push(resultOf(step, durationMs, statements))
    request.progress({ kind: 'step-done', durationMs, ...event })
  } catch (error) {
    // Nothing was sent, and what is written down of the earlier failure must stay the last word.
    if (error instanceof PlanMoved || isUndecided(error)) throw error
    throw await failed(
      context,
      step,
      error,
      context.whole ? allRolledBack : atomic ? rolledBack : leftBy(context, step, progress),
    )
  }
}

function isAtomicStep({ project, session }: StepContext, { script, ops }: PlannedStep): boolean {
  return isAllOrNothing(project, session.dialect, script, ops)
}

const allRolledBack: Outcome = {
  outcome: 'The whole run was rolled back; the database stands where it stood before it.',
  mend: null,
  isWritten: false,
}

export function outsideTheRun({ script }: Pick<PlannedStep, 'script'>): AludelError {
  return new AludelError(
    'not-transactional',
    `Revision ${script.id} (${script.path}) has a part that cannot be in a transaction, but the whole run is to be one.`,
    {
      hint: "Set `transaction: 'revision'` in the configuration, or apply this revision in a run of its own.",
      details: { revision: script.id, file: script.path },
    },
  )
}
