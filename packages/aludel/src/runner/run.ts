// The one place that changes a user's database: lock, read, plan, step, history, release.

import type { Lock } from '../dialects/dialect.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import type { Plan } from '../revisions/plan.ts'
import type { RevisionStep } from '../revisions/rows.ts'
import { prepareTables, readVersionRows } from './bookkeeping.ts'
import { throwUnready } from './failure.ts'
import { meetDeviations } from './meet-deviations.ts'
import type { ProgressEvent, StepResult } from './outcome.ts'
import { removeContainedRows, rowsToPlanFrom } from './overlap.ts'
import type { Session } from './session.ts'
import { beginConduct, type Conduct } from './statements/conduct.ts'
import { lockOfRun } from './statements/run-lock.ts'
import { createStop } from './statements/stop.ts'
import { PlanMoved } from './steps.ts'
import { runSteps } from './take-steps.ts'

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
  // Only now: most deployments find nothing to do.
  await project.loader.ready()
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
