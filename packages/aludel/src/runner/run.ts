// The one place that changes a user's database: lock, read, plan, step, history, release.

import { type AludelError, isAludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import type { Plan } from '../revisions/plan.ts'
import { type RevisionStep, rowChanges, rowsAfter, stepEnds } from '../revisions/rows.ts'
import type { Direction } from './body.ts'
import { prepareTables, readVersionRows } from './bookkeeping.ts'
import { type Batch, createBatch } from './batch.ts'
import { stepFailure } from './failure.ts'
import { directionOps } from './fold.ts'
import { originOf } from './origin.ts'
import { isAtomic } from './segments.ts'
import type { Session } from './session.ts'
import { atomicStep, journalledStep, type PlannedStep, PlanMoved, plainStatements, recordFailure, type StepContext } from './steps.ts'

export interface ProgressEvent {
  readonly kind: 'step-started' | 'step-done'
  readonly direction: Direction
  readonly revision: string
  readonly message: string
  /** From 1. */
  readonly position: number
  readonly total: number
  /** Milliseconds; null before the end. */
  readonly durationMs: number | null
}

export interface StepResult {
  readonly direction: Direction
  readonly revision: string
  readonly message: string
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly durationMs: number
  readonly statements: number
}

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
  readonly progress: (event: ProgressEvent) => void
  readonly signal: AbortSignal
  readonly log: (message: string) => void
}

/** Brings the database where the plan leads. Nothing is locked or written where there is nothing to do. */
export async function runPlan(request: RunRequest): Promise<RunResult> {
  const { project, session } = request
  const seen = (await readVersionRows(project, session)) ?? []
  const first = request.plan(seen)
  if (first.steps.length === 0) return { current: seen, steps: [], heads: seen }
  const lock = await session.dialect.lock(session.db, { key: project.versionTable, timeout: project.lockTimeout })
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
  for (let attempt = 0; ; attempt += 1) {
    const current = (await readVersionRows(project, session)) ?? []
    start ??= current
    const plan = request.plan(current)
    if (plan.steps.length > 0) await prepareTables(project, session, plan.steps.map((step) => step.revision.id))
    try {
      await runSteps(request, current, plan.steps, results)
      return { current: start, steps: results, heads: plan.heads }
    } catch (error) {
      if (!(error instanceof PlanMoved) || attempt >= mostReplans) throw error
    }
  }
}

async function runSteps(request: RunRequest, current: readonly string[], steps: readonly RevisionStep<Script>[], results: StepResult[]): Promise<void> {
  const { project, session } = request
  const context: StepContext = { project, session, origin: originOf(project.directory), signal: request.signal, log: request.log }
  const changes = rowChanges(request.graph, current, steps)
  const batch = createBatch(context, request, steps.length, results)
  let rows = current
  const all = async () => {
    for (const [position, step] of steps.entries()) {
      const change = changes[position]
      if (change === undefined) break
      const after = rowsAfter(rows, change)
      const planned = prepare(request, step, { change, rowsBefore: rows, rowsAfter: after })
      rows = after
      await takeStep(context, request, planned, { position: position + 1, total: steps.length }, batch, results)
    }
    await batch.flush()
  }
  if (project.transaction === 'run' && session.dialect.features.transactionalDdl) await session.db.transaction(all)
  else await all()
}

function prepare(request: RunRequest, step: RevisionStep<Script>, rows: Pick<PlannedStep, 'change' | 'rowsBefore' | 'rowsAfter'>): PlannedStep {
  const { project, graph, session } = request
  const { revision: script, direction } = step
  return { script, direction, ops: directionOps({ project, graph, script, direction, dialect: session.dialect }), ...rows }
}

interface Place {
  readonly position: number
  readonly total: number
}

async function takeStep(context: StepContext, request: RunRequest, step: PlannedStep, place: Place, batch: Batch, results: StepResult[]): Promise<void> {
  const { features } = context.session.dialect
  const mode = step.script.transaction ?? context.project.transaction
  const atomic = features.transactionalDdl && mode !== 'none' && isAtomic(step.ops)
  const plain = atomic && features.sessionLock && context.project.transaction !== 'run' ? plainStatements(step, context.session) : null
  if (plain !== null) {
    await batch.add(step, plain, place)
    return
  }
  await batch.flush()
  const event = { direction: step.direction, revision: step.script.id, message: step.script.message, ...place }
  request.progress({ kind: 'step-started', durationMs: null, ...event })
  const startedAt = performance.now()
  const progress = { done: 0 }
  try {
    const statements = atomic
      ? await atomicStep(context, step, startedAt)
      : await journalledStep(context, step, startedAt, progress)
    const durationMs = Math.round(performance.now() - startedAt)
    results.push(resultOf(step, durationMs, statements))
    request.progress({ kind: 'step-done', durationMs, ...event })
  } catch (error) {
    if (error instanceof PlanMoved) throw error
    throw await failed(context, step, error, atomic ? rolledBack : leftAt(progress.done, features.transactionalDdl))
  }
}

export const rolledBack = 'Everything of this revision was rolled back; the database stands where it stood before it.'

function leftAt(done: number, transactionalDdl: boolean): string {
  const why = transactionalDdl ? 'part of this revision runs outside a transaction' : 'this engine commits schema changes by itself'
  if (done === 0) return `Nothing of this revision was applied; the version row stands where it stood.`
  return `${done} ${done === 1 ? 'statement' : 'statements'} of this revision had been applied and stay, because ${why}; the version row stands where it stood.`
}

export async function failed(context: StepContext, step: PlannedStep, error: unknown, outcome: string): Promise<AludelError> {
  const { script, direction, ops } = step
  const explained = await stepFailure(error, { script, direction, ops, outcome }, context.session)
  if (isAludelError(explained)) await recordFailure(context, step, explained)
  return explained
}

export function resultOf(step: PlannedStep, durationMs: number, statements: number): StepResult {
  const { script, direction } = step
  return { direction, revision: script.id, message: script.message, ...stepEnds({ direction, revision: script }), durationMs, statements }
}
