// What an engine tells of a database beside its schema: never compared, only used to decide how to change it.

import type { Sequence } from './object-model.ts'
import type { ObjectRef } from './object-ref.ts'
import type { UnmodelledObject } from './unmodelled.ts'

/** That the engine does not let go of, or change, `on` while `of` is there. */
export interface Dependency {
  readonly of: ObjectRef
  readonly on: ObjectRef
}

export interface Catalogue {
  readonly dependencies: readonly Dependency[]
  /**
   * By the key of a view or a function: what a new text must begin with to take the old one's place. Of a view its columns
   * with their types, in order; of a function one text of its arguments and result.
   */
  readonly shapes: Readonly<Record<string, readonly string[]>>
  readonly unmodelled: readonly UnmodelledObject[]
  /** The sequences that come and go with a column by themselves, and are therefore not among the objects. */
  readonly serials: readonly Sequence[]
  /** Owners other than the role that asked, by the title of what they own. */
  readonly owners: Readonly<Record<string, string>>
}

export const emptyCatalogue: Catalogue = { dependencies: [], shapes: {}, unmodelled: [], serials: [], owners: {} }
