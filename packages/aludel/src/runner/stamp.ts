// Stamping: the version rows move, nothing else runs, and the history says so.

import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import type { Plan } from '../revisions/plan.ts'
import { rowChanges, type StampStep } from '../revisions/rows.ts'
import { historyStatement, prepareTables, versionStatements } from './bookkeeping.ts'
import { requireStill } from './moved.ts'
import { originOf } from './origin.ts'
import { quoted, readVersionRows, versionTableName } from './own-tables.ts'
import type { Session } from './session.ts'
import { awaitedLock } from './statements/awaited-lock.ts'
import type { ProgressEvent } from './statements/events.ts'

export interface StampRequest {
  readonly project: Project
  readonly session: Session
  readonly graph: RevisionGraph<Script>
  /** Take every row away first, known or not. */
  readonly purge: boolean
  plan(current: readonly string[]): Plan<StampStep>
  readonly progress: (event: ProgressEvent) => void
}

export interface StampResult {
  readonly current: readonly string[]
  readonly steps: readonly StampStep[]
  readonly heads: readonly string[]
}

export async function runStamp(request: StampRequest): Promise<StampResult> {
  const { project, session } = request
  const { db } = session
  const lock = await awaitedLock(request)
  try {
    const rows = await readVersionRows(project, session)
    const found = rows ?? []
    const current = request.purge ? [] : found
    const plan = request.plan(current)
    if (plan.steps.length === 0 && !(request.purge && found.length > 0))
      return { current: found, steps: [], heads: plan.heads }
    await prepareTables(project, session, rows, plan.heads)
    await db.transaction(async () => {
      await lock.fence?.()
      await requireStill(project, session, found)
      await db.statements(stampStatements(request, current, plan))
    })
    return { current: found, steps: plan.steps, heads: plan.heads }
  } finally {
    await lock.release()
  }
}

function stampStatements(
  { project, session, graph, purge }: StampRequest,
  current: readonly string[],
  plan: Plan<StampStep>,
): readonly string[] {
  const { dialect } = session
  const changes = rowChanges(graph, current, plan.steps)
  const row = {
    ...originOf(project.directory),
    event: 'stamp' as const,
    at: new Date(),
    heads: JSON.stringify(plan.heads),
  }
  return [
    ...(purge ? [`DELETE FROM ${quoted(dialect, versionTableName(project))}`] : []),
    ...changes.flatMap((change) => versionStatements(project, dialect, change)),
    historyStatement(project, dialect, row),
  ]
}
