// What can be wrong with a chain, with the repair that belongs to it: findings as data, and the words they share.

import type { Chain, Change } from './chain.ts'
import type { ChainFacts } from './facts.ts'

export type FaultCode =
  | 'illegal-id'
  | 'duplicate-revision'
  | 'duplicate-file'
  | 'missing-parent'
  | 'misnamed-parent'
  | 'missing-dependency'
  | 'misnamed-dependency'
  | 'self-reference'
  | 'self-dependency'
  | 'cycle'
  | 'dependency-cycle'
  | 'illegal-label'
  | 'label-conflict'
  | 'redundant-parent'
  | 'unmet-need'
  | 'multiple-roots'
  | 'multiple-heads'
  | 'twin-merges'
  | 'renamed-revision'
  | 'removed-revision'
  | 'hides-revisions'

/** `error`: something cannot be planned, or will fail when it runs. `warning`: it works, and will hurt. */
export type Severity = 'error' | 'warning'

export interface Fault {
  readonly code: FaultCode | (string & {})
  readonly severity: Severity
  /** Paths, in load order. */
  readonly files: readonly string[]
  readonly revisions: readonly string[]
  /** The cause, in one sentence. */
  readonly message: string
  /** What would mend it, in one sentence; null where only a person can know. */
  readonly repair: string | null
  /** Whether the repair can be made without asking: no database can tell the difference. */
  readonly safe: boolean
  readonly change: Change | null
}

/** Looks at a chain for one kind of fault, or for a few that belong together. */
export type Inspection = (chain: Chain, facts: ChainFacts, options: InspectionOptions) => readonly Fault[]

export interface InspectionOptions {
  /** Whether published parents may be changed, because somebody said so. */
  readonly reparent: boolean
}

type Told = Pick<Fault, 'code' | 'severity' | 'message' | 'repair'> & Partial<Pick<Fault, 'files' | 'revisions'>>

/** What only a person can mend. */
export function leftToPeople(told: Told): Fault {
  return { files: [], revisions: [], ...told, safe: false, change: null }
}
