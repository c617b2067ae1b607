// The one place that changes a user's database: lock, read, plan, step, history, release.

import type { Lock } from '../dialects/dialect.ts'
import { AludelError, isAludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import type { Plan } from '../revisions/plan.ts'
import { type Passed, type RevisionStep, rowsAlong } from '../revisions/rows.ts'
import { createBatch, type Sendable } from './batch.ts'
import type { Direction } from './body.ts'
import { prepareTables, readVersionRows } from './bookkeeping.ts'
import { type BrokenOffs, readBrokenOffs } from './broken-off.ts'
import { directionOps } from './direction.ts'
import { throwUnready } from './failure.ts'
import { nothing, readyToFold } from './fold.ts'
import { createInverses, type Inverses } from './inverses.ts'
import { journalledStep } from './journal.ts'
import { leftBy } from './leftovers.ts'
import { meetDeviations } from './meet-deviations.ts'
import { originOf } from './origin.ts'
import { allRolledBack, failed, type ProgressEvent, resultOf, rolledBack, type StepResult } from './outcome.ts'
import { removeContainedRows, rowsToPlanFrom } from './overlap.ts'
import { isUndecided } from './resume.ts'
import { isAllOrNothing } from './segments.ts'
import type { Session } from './session.ts'
import { beginConduct, type Conduct } from './statements/conduct.ts'
import { interruptedStep, stoppedBetween } from './statements/interruption.ts'
import { lockOfRun } from './statements/run-lock.ts'
import { createStop, isStopped } from './statements/stop.ts'
import {
  inOneTransaction,
  PlanMoved,
  type PlannedStep,
  plainStatements,
  recordFailure,
  type StepContext,
  wholeStep,
} from './steps.ts'
import { undoOf } from './undo.ts'

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
  /** What to do about files that were changed after they ran: refuse, accept and write that down, or pass over. */
  readonly edited: 'refuse' | 'accept' | 'ignore'
  /** The statement, from 1, that a step goes on with which broke off; left out or null where journal and catalogue tell. */
  readonly resumeFrom?: number | null
  readonly progress: (event: ProgressEvent) => void
  /** Called before the first thing is done that must not be broken off in the middle. */
  readonly started: () => void
  /** Ends the run at the next safe point; `cancel` also the statement under way. */
  readonly signal: AbortSignal
  readonly cancel: AbortSignal
  readonly log: (message: string) => void
  /** From 0 to 1: how long to wait before something is tried again. */
  readonly random: () => number
}

/** Brings the database where the plan leads. Nothing is locked or written where there is nothing to do. */
export async function runPlan(request: RunRequest): Promise<RunResult> {
  const { project, session } = request
  const seen = (await readVersionRows(project, session)) ?? []
  const accepted = await meetDeviations(request, seen)
  const first = request.plan(await rowsToPlanFrom(request, seen))
  if (first.steps.length + accepted.length === 0) return { current: seen, steps: [], heads: seen }
  await request.approve?.(first.steps)
  request.started()
  const stop = createStop(request.signal, request.cancel)
  const lock = await lockOfRun(request, stop)
  try {
    if (accepted.length > 0) await session.db.transaction(() => session.db.statements(accepted))
    const conduct = await beginConduct({ ...request, stop, tell: request.progress })
    return await lockedRun(request, lock, conduct).finally(() => conduct.end())
  } finally {
    await lock.release()
  }
}

const mostReplans = 5

async function lockedRun(request: RunRequest, lock: Lock, conduct: Conduct): Promise<RunResult> {
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
    const prepare = () => prepareTables(project, session, rows, ids)
    if (ids.length > 0) await conduct.retried(prepare).catch((error) => throwUnready(error, session))
    await removeContainedRows(request, rows ?? [], current)
    try {
      await runSteps(request, conduct, { lock, current, steps: plan.steps, results })
      return { current: start, steps: results, heads: plan.heads }
    } catch (error) {
      if (!(error instanceof PlanMoved) || attempts >= mostReplans) throw error
    }
  }
}

interface Steps {
  readonly lock: Lock
  readonly current: readonly string[]
  readonly steps: readonly RevisionStep<Script>[]
  readonly results: StepResult[]
}

async function runSteps(
  request: RunRequest,
  conduct: Conduct,
  { lock, current, steps, results }: Steps,
): Promise<void> {
  const { project, session } = request
  const whole = project.transaction === 'run' && session.dialect.features.transactionalDdl
  let broken: Promise<BrokenOffs> | null = null
  // Also the way up has a way down: what would undo it is written into the history.
  if (steps.some(({ revision }) => revision.wayDown === 'other')) await readyToFold(request.graph, session.dialect)
  const inverses = createInverses(
    { project, graph: request.graph, dialect: session.dialect },
    steps.map(({ revision }) => revision),
  )
  const context: StepContext = {
    project,
    graph: request.graph,
    session,
    origin: originOf(project.directory),
    signal: conduct.stop.signal,
    log: request.log,
    conduct,
    whole,
    resumeFrom: request.resumeFrom ?? null,
    inverses,
    fence: lock.fence,
    broken: () => {
      broken ??= readBrokenOffs(project, session)
      return broken
    },
  }
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
  const { features } = context.session.dialect
  const batch = createBatch(context, request, total, results)
  const { stop } = context.conduct
  const doneBefore = results.length
  let position = 0
  let direction: Direction | null = null
  try {
    for (const step of steps) {
      direction = step.direction
      if (stop.isAsked) break
      position += 1
      const place = { position, total }
      const sendable = features.sessionLock && context.fence === null && isAtomicStep(context, step)
      const plain = sendable ? sendableOf(context, step) : null
      if (plain !== null) {
        await batch.add(step, plain, place)
        continue
      }
      await batch.flush()
      if (stop.isAsked) break
      await takeStep(context, request, step, place, results)
    }
  } finally {
    // Also where a later file cannot be recorded: what came before it is sent, as if it had been sent one by one.
    await batch.flush()
  }
  const done = results.slice(doneBefore)
  if (done.length < total) throw await stoppedBetween(context, { direction: direction ?? 'upgrade', done, total })
}

/** Null where something must be asked of the database, or run, before all of the step is known. */
function sendableOf(context: StepContext, step: PlannedStep): Sendable | null {
  const statements = plainStatements(step, context.session)
  if (statements === null) return null
  const { reads, text } = undoOf({ ...context, dialect: context.session.dialect }, step)
  return reads.length > 0 ? null : { statements, undo: text(nothing) }
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
        context.conduct.stop.check()
        await takeStep(context, request, step, { position: position + 1, total: steps.length }, results)
      }
      if (guard !== null) await guard.verify(db)
    })
  } catch (error) {
    // Written only now: inside the transaction it would have been rolled back with everything else.
    const rowsBefore = steps[0]?.rowsBefore ?? []
    const told = isStopped(error) && taken !== undefined ? interruptedStep(taken, allRolledBack.outcome, null) : error
    if (taken !== undefined && isAludelError(told)) await recordFailure(context, { ...taken, rowsBefore }, told)
    throw told
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
  run: StepContext,
  request: RunRequest,
  step: PlannedStep,
  place: Place,
  results: StepResult[],
): Promise<void> {
  const atomic = isAtomicStep(run, step)
  if (run.whole && !atomic) throw outsideTheRun(step)
  const event = { direction: step.direction, revision: step.script.id, message: step.script.message, ...place }
  const context = { ...run, conduct: run.conduct.at([event]) }
  request.progress({ kind: 'step-started', durationMs: null, ...event })
  const startedAt = performance.now()
  const progress = { done: 0 }
  try {
    const statements = atomic
      ? await wholeStep(context, step, startedAt)
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
      context.whole ? allRolledBack : atomic ? rolledBack : leftBy(context, step, progress.done),
    )
  }
}

function isAtomicStep({ project, session }: StepContext, { script, ops }: PlannedStep): boolean {
  return isAllOrNothing(project, session.dialect, script, ops)
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
