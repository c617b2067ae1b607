// What a database holds that no operation speaks of: where it matters, nothing is guessed about it.

import { sameData } from '../schema/canonical.ts'
import { findTable, tableTitle } from '../schema/lookup.ts'
import type { Schema } from '../schema/model.ts'

export interface Unmodelled {
  /** The engine's own word for it: 'text search configuration', 'event trigger'. */
  readonly kind: string
  readonly name: string
}

/** What the engine's catalogue was seen to hold besides the schema. */
export function unmodelledIn(schema: Schema): readonly Unmodelled[] {
  return schema.catalogue?.unmodelled ?? []
}

/** What no operation makes of one schema the other: a table that is there is not partitioned, or otherwise. */
export function unalterableBetween(before: Schema, after: Schema): readonly Unmodelled[] {
  return after.tables.flatMap((table) => {
    const old = findTable(before, table)
    const isSame = old === null || sameData(keyOf(old), keyOf(table))
    return isSame ? [] : [{ kind: 'partitioning of a table that is there', name: tableTitle(table) }]
  })
}

function keyOf({ postgres }: Schema['tables'][number]): unknown {
  return postgres?.partitionBy ?? null
}
