// plan: the steps that a verb would take, without taking them.

import type { Project } from '../project/project.ts'
import { type FileProblem, loadScripts, requireLegal, type Script } from '../project/scripts.ts'
import { type Step, stepEnds } from '../revisions/rows.ts'
import { planStamp } from '../revisions/stamp.ts'
import { databaseRows } from './database-rows.ts'
import { irreversibleReasons } from './irreversible.ts'
import { planOf } from './upgrade.ts'

export interface PlanOptions {
  readonly verb: 'upgrade' | 'downgrade' | 'stamp'
  readonly target: string
  /** Plan from these revisions, without a database. */
  readonly from?: readonly string[]
}

export interface PlanResult {
  readonly current: readonly string[]
  readonly target: string
  readonly steps: readonly {
    readonly direction: 'upgrade' | 'downgrade' | 'stamp'
    readonly revision: string | null
    readonly message: string
    readonly from: readonly string[]
    readonly to: readonly string[]
    /** Why nothing can take an upgrade back, where that is so. */
    readonly irreversible?: string
  }[]
  readonly heads: readonly string[]
  readonly problems: readonly FileProblem[]
}

export async function plan(project: Project, { verb, target, from }: PlanOptions): Promise<PlanResult> {
  const scripts = loadScripts(project)
  // Without a database the rest of an illegal graph can still be planned on; with one, a wrong plan could be run next.
  const graph = from === undefined ? requireLegal(scripts) : scripts.graph
  const current = from ?? (await databaseRows(project))
  const { steps, heads } =
    verb === 'stamp' ? planStamp(graph, { current, target }) : planOf(graph, verb, current, target)
  const irreversible = await irreversibleReasons(
    project,
    graph,
    (steps as readonly Step<Script>[]).flatMap((step) => (step.direction === 'upgrade' ? [step.revision] : [])),
  )
  const told = (steps as readonly Step[]).map((step) => ({
    direction: step.direction,
    revision: step.direction === 'stamp' ? null : step.revision.id,
    message: step.direction === 'stamp' ? '' : step.revision.message,
    ...stepEnds(step),
    ...(step.direction === 'upgrade' && irreversible.has(step.revision.id)
      ? { irreversible: irreversible.get(step.revision.id) ?? '' }
      : {}),
  }))
  return { current, target, steps: told, heads, problems: scripts.problems }
}
