// What a database holds that no operation speaks of: where it matters, nothing is guessed about it.

import type { UnmodelledObject } from '../schema/catalogue.ts'
import type { Schema } from '../schema/model.ts'

/** What the engine's catalogue was seen to hold besides the schema; of a schema that no engine was asked for, nothing. */
export function unmodelledIn({ catalogue }: Schema): readonly UnmodelledObject[] {
  return catalogue?.unmodelled ?? []
}
