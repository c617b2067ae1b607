// The one place that changes a user's database: ask, lock, read again, plan again, step, history, release.

import type { Lock } from '../dialects/dialect.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionStep } from '../revisions/rows.ts'
import { prepareTables } from './bookkeeping.ts'
import { removeContainedRows } from './contained-rows.ts'
import { throwUnready } from './failure.ts'
import { createInverses, type Inverses } from './inverses.ts'
import type { StepResult } from './outcome.ts'
import { rowsToPlanFrom } from './overlap.ts'
import { readVersionRows } from './own-tables.ts'
import type { PlanRequest, RunResult } from './run.ts'
import type { Session } from './session.ts'
import { awaitedLock } from './statements/awaited-lock.ts'
import { beginConduct, type Conduct } from './statements/conduct.ts'
import { createStop } from './statements/stop.ts'
import { PlanMoved } from './steps.ts'
import { runSteps } from './take-steps.ts'

export interface RunRequest extends PlanRequest {
  readonly session: Session
}

/** Takes the steps, once whoever is to be asked has agreed. `accepted` are statements that come before the first. */
export async function runApproved(
  request: RunRequest,
  steps: readonly RevisionStep<Script>[],
  accepted: readonly string[],
): Promise<RunResult> {
  const { project, graph, session } = request
  const scripts = steps.map(({ revision }) => revision)
  // One walk through the chain for the question, for what would be lost and for what undoes the steps.
  const inverses = createInverses({ project, graph, dialect: session.dialect }, scripts)
  await request.approve?.({ session, steps, inverses })
  const { signal, cancel } = request.started(session.dialect.features)
  const stop = createStop(signal, cancel)
  const lock = await awaitedLock({ ...request, signal: stop.signal })
  try {
    if (accepted.length > 0) await session.db.transaction(() => session.db.statements(accepted))
    const conduct = await beginConduct({ ...request, stop, cancel, tell: request.progress })
    return await lockedRun({ ...request, inverses }, lock, conduct).finally(() => conduct.end())
  } finally {
    await lock.release()
  }
}

interface InvertingRequest extends RunRequest {
  readonly inverses: Inverses
}

const mostReplans = 5

async function lockedRun(request: InvertingRequest, lock: Lock, conduct: Conduct): Promise<RunResult> {
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
      await runSteps(request, conduct, { lock, current, steps: plan.steps, inverses: request.inverses, results })
      return { current: start, steps: results, heads: plan.heads }
    } catch (error) {
      if (!(error instanceof PlanMoved) || attempts >= mostReplans) throw error
    }
  }
}
