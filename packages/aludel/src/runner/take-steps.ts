// The steps of a run, one after the other: recorded, sent in batches where they can be, told about and written down.

import type { Lock } from '../dialects/dialect.ts'
import { AludelError, isAludelError } from '../errors.ts'
import type { Script } from '../project/scripts.ts'
import { type Passed, type RevisionStep, rowsAlong } from '../revisions/rows.ts'
import type { RunRequest } from './approved-run.ts'
import { createBatch, type Sendable } from './batch.ts'
import type { Direction } from './body.ts'
import { type BrokenOffs, readBrokenOffs } from './broken-off.ts'
import { directionOps } from './direction.ts'
import { nothing, readyToFold } from './fold.ts'
import type { Inverses } from './inverses.ts'
import { journalledStep } from './journal.ts'
import { leftBy } from './leftovers.ts'
import { originOf } from './origin.ts'
import { allRolledBack, failed, resultOf, rolledBack, type StepResult } from './outcome.ts'
import { isUndecided } from './resume.ts'
import { isAllOrNothing } from './segments.ts'
import type { Conduct } from './statements/conduct.ts'
import { interruptedStep, stoppedBetween } from './statements/interruption.ts'
import { isStopped } from './statements/stop.ts'
import {
  inOneTransaction,
  PlanMoved,
  type PlannedStep,
  plainStatements,
  recordFailure,
  type StepContext,
  wholeStep,
} from './steps.ts'
import { keepsUndo, undoOf } from './undo.ts'

export interface Steps {
  readonly lock: Lock
  readonly current: readonly string[]
  readonly steps: readonly RevisionStep<Script>[]
  readonly inverses: Inverses
  readonly results: StepResult[]
}

/** Takes the steps, each by itself or all in one transaction. */
export async function runSteps(
  request: RunRequest,
  conduct: Conduct,
  { lock, current, steps, inverses, results }: Steps,
): Promise<void> {
  const { project, session } = request
  const whole = project.transaction === 'run' && session.dialect.features.transactionalDdl
  let broken: Promise<BrokenOffs> | null = null
  // Also the way up has a way down: what would undo it is written into the history.
  const isInverted = ({ direction, revision }: RevisionStep<Script>) =>
    revision.wayDown === 'other' && (direction === 'downgrade' || keepsUndo(project))
  if (steps.some(isInverted)) await readyToFold(request.graph, session.dialect)
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
      // Without a lock of the whole run, others may have left something between two steps.
      if (session.dialect.lockStep !== null) return readBrokenOffs(project, session)
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
  const progress = { done: 0, isAhead: false }
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
      context.whole ? allRolledBack : atomic ? rolledBack : leftBy(context, step, progress),
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
