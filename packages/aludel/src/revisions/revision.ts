// One revision as data: its identifier, what it follows, what it needs and what its header says about it.

/** Which part of a zero-downtime change a revision belongs to. */
export type Phase = 'expand' | 'migrate' | 'contract'

export interface Revision {
  readonly id: string
  /** The revisions it follows: none for a base, several for a merge. */
  readonly downRevisions: readonly string[]
  /** Identifiers or branch labels of revisions that must be applied first without being followed. */
  readonly dependsOn: readonly string[]
  readonly branchLabels: readonly string[]
  readonly phase: Phase | null
  readonly message: string
  readonly createdAt: string | null
}

/** What a graph is built from: the edges are required, the rest is filled in. Extra fields are kept. */
export interface RevisionInput {
  readonly id: string
  readonly downRevisions: readonly string[]
  readonly dependsOn: readonly string[]
  readonly branchLabels: readonly string[]
  readonly phase?: Phase | null
  readonly message?: string
  readonly createdAt?: string | null
}

/** A revision with every field there; the caller's own object when nothing had to be filled in. */
export function completed<R extends RevisionInput>(input: R): R & Revision {
  return isComplete(input) ? input : { phase: null, message: '', createdAt: null, ...input }
}

function isComplete<R extends RevisionInput>(input: R): input is R & Revision {
  return input.phase !== undefined && input.message !== undefined && input.createdAt !== undefined
}
