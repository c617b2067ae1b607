// What a database holds that no operation speaks of: where it matters, nothing is guessed about it.

import type { Schema } from '../schema/model.ts'

export interface Unmodelled {
  /** The engine's own word for it: 'text search configuration', 'event trigger'. */
  readonly kind: string
  readonly name: string
}

/** What the engine's catalogue was seen to hold besides the schema. */
export function unmodelledIn(schema: Schema): readonly Unmodelled[] {
  const { catalogue } = schema as { readonly catalogue?: { readonly unmodelled: readonly Unmodelled[] } | null }
  return catalogue?.unmodelled ?? []
}
