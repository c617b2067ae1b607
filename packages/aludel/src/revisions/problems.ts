// What can be wrong with a chain of revisions, said as data: a code, a sentence, and whom it concerns.

export type ChainProblemCode =
  | 'illegal-id'
  | 'duplicate-revision'
  | 'illegal-label'
  | 'label-conflict'
  | 'missing-parent'
  | 'missing-dependency'
  | 'self-reference'
  | 'self-dependency'
  | 'cycle'
  | 'dependency-cycle'

export interface ChainProblem {
  readonly code: ChainProblemCode
  readonly message: string
  /** Identifiers of the revisions concerned, in load order. */
  readonly revisions: readonly string[]
  /** Where those revisions stand in the list the graph was built from, so that a loader can name their files. */
  readonly positions: readonly number[]
  /** What the problem is about when that is not a revision at hand: the missing identifier, the label. */
  readonly subject: string | null
}

/** Words of the target grammar, which therefore cannot name a revision or a branch. */
export const reservedNames: ReadonlySet<string> = new Set(['head', 'heads', 'base', 'current'])

// Without a count: a pattern of up to 255 repetitions takes longer to compile than a thousand identifiers to match.
const legalId = /^[A-Za-z0-9_.]+$/

/** How many characters the version table holds as Alembic makes it; it is widened when a longer identifier comes. */
export const versionWidth = 32

/** Why an identifier cannot be used, as the end of a sentence that begins with it; null when it can. */
export function illegalIdReason(id: string): string | null {
  if (id === '') return 'is empty'
  if (id.length > 255) return 'is longer than 255 characters'
  if (!legalId.test(id)) {
    const characters = [...new Set(id.match(/[^A-Za-z0-9_.]/g) ?? [])].map((character) => `"${character}"`)
    return `contains ${characters.join(' and ')}; letters, digits, "_" and "." are allowed`
  }
  return reservedNames.has(id) ? 'is a word with a meaning of its own in targets' : null
}

/** Why a branch label cannot be used; null when it can. */
export function illegalLabelReason(label: string): string | null {
  if (label === '') return 'is empty'
  if (/[@:]/.test(label)) return 'contains "@" or ":", which separate the parts of a target'
  return reservedNames.has(label) ? 'is a word with a meaning of its own in targets' : null
}
