// The scratch database with the revisions that are applied to it, and steps taken through the runner itself.

import type { Project } from '../../project/project.ts'
import type { Script } from '../../project/scripts.ts'
import type { RevisionGraph } from '../../revisions/graph.ts'
import type { Direction } from '../../runner/body.ts'
import type { Folded } from '../../runner/fold.ts'
import { runPlan } from '../../runner/run.ts'
import type { Session } from '../../runner/session.ts'
import type { Schema } from '../../schema/model.ts'
import type { Recording } from './recordings.ts'

export interface Bench {
  readonly project: Project
  readonly graph: RevisionGraph<Script>
  readonly session: Session
  readonly signal: AbortSignal
  readonly log: (message: string) => void
}

/** Where a chain has come to: what the database holds by what the operations say, and by its own word. */
export interface Standing {
  /** What the operations say is there. */
  readonly folded: Folded
  /** What is there, as it was read last. */
  readonly schema: Schema
}

/** Nobody else is in a scratch database, and nobody steps back from it later. */
function alone(project: Project): Project {
  return { ...project, configuration: { ...project.configuration, lock: 'session', history: { undo: false } } }
}

/** Takes steps as `upgrade` and `downgrade` do: transaction, version row and history included. */
export async function move(
  { project, graph, session, signal, log }: Bench,
  direction: Direction,
  recordings: readonly Recording[],
): Promise<void> {
  const steps = recordings.map(({ script: revision }) => ({ direction, revision }))
  const plan = () => ({ steps, heads: [] })
  await runPlan({
    ...{ project: alone(project), session, graph, plan, log },
    approve: null,
    edited: 'ignore',
    progress: () => undefined,
    started: () => ({ signal, cancel: signal }),
    random: Math.random,
  })
}
