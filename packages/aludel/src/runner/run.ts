// The one way to a database that is changed: read, compare, plan. What changes it is loaded where there is something to do.

import type { Features } from '../database/types.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import type { Plan } from '../revisions/plan.ts'
import type { RevisionStep } from '../revisions/rows.ts'
import type { Contact } from './contact.ts'
import type { Inverses } from './inverses.ts'
import { meetDeviations } from './meet-deviations.ts'
import type { ProgressEvent, StepResult } from './outcome.ts'
import { rowsToPlanFrom } from './overlap.ts'
import { readVersionRows } from './own-tables.ts'
import type { Session } from './session.ts'

export interface Signals {
  /** Ends the run at the next safe point. */
  readonly signal: AbortSignal
  /** Ends also the statement under way. */
  readonly cancel: AbortSignal
}

/** What of these there is; nothing else ends the run. */
export function signalsOf(...given: readonly (Partial<Signals> | undefined)[]): Signals {
  const found: Partial<Signals> = Object.assign({}, ...given)
  return {
    signal: found.signal ?? new AbortController().signal,
    cancel: found.cancel ?? new AbortController().signal,
  }
}

export interface RunResult {
  readonly current: readonly string[]
  readonly steps: readonly StepResult[]
  readonly heads: readonly string[]
}

/** What is wanted of a database of which nothing is known yet. */
export interface PlanRequest {
  readonly project: Project
  readonly session: Contact
  readonly graph: RevisionGraph<Script>
  /** Plans from the version rows that are there; asked again where they have moved. */
  plan(current: readonly string[]): Plan<RevisionStep<Script>>
  /** Called with what is to be done before anything is locked or sent; throws where it must not be. */
  readonly approve: ((prospect: Prospect) => Promise<void>) | null
  /** What to do about files that were changed after they ran: refuse, accept and write that down, or pass over. */
  readonly edited: 'refuse' | 'accept' | 'ignore'
  /** The statement, from 1, that a step goes on with which broke off; left out or null where journal and catalogue tell. */
  readonly resumeFrom?: number | null
  readonly progress: (event: ProgressEvent) => void
  /** Called before the first thing is done that must not be broken off in the middle: answers with what ends the run. */
  readonly started: (features: Features) => Signals
  readonly log: (message: string) => void
  /** From 0 to 1: how long to wait before something is tried again. */
  readonly random: () => number
}

/** What a run is about to do. */
export interface Prospect {
  readonly session: Session
  readonly steps: readonly RevisionStep<Script>[]
  /** Of the revisions of these steps. */
  readonly inverses: Inverses
}

/** Brings the database where the plan leads. Nothing is locked or written where there is nothing to do. */
export async function runPlan(request: PlanRequest): Promise<RunResult> {
  const { project, session: contact } = request
  const seen = (await readVersionRows(project, contact)) ?? []
  const accepted = await meetDeviations(request, seen)
  const { steps } = request.plan(await rowsToPlanFrom(request, seen))
  if (steps.length + accepted.length === 0) return { current: seen, steps: [], heads: seen }
  // Only now: most deployments find nothing to do.
  const [{ runApproved }, session] = await Promise.all([
    import('./approved-run.ts'),
    contact.session(),
    project.loader.ready(),
  ])
  return runApproved({ ...request, session }, steps, accepted)
}
