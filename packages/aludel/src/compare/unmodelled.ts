// What a database holds that no operation speaks of: where it matters, nothing is guessed about it.

import { sameData } from '../schema/canonical.ts'
import type { UnmodelledObject } from '../schema/catalogue.ts'
import { findTable, tableTitle } from '../schema/lookup.ts'
import type { Schema } from '../schema/model.ts'

/** What the engine's catalogue was seen to hold besides the schema; of a schema that no engine was asked for, nothing. */
export function unmodelledIn({ catalogue }: Schema): readonly UnmodelledObject[] {
  return catalogue?.unmodelled ?? []
}

/** What no operation makes of one schema the other: a table that is there is not partitioned, or otherwise. */
export function unalterableBetween(before: Schema, after: Schema): readonly UnmodelledObject[] {
  return after.tables.flatMap((table) => {
    const old = findTable(before, table)
    const isSame = old === null || sameData(keyOf(old), keyOf(table))
    return isSame ? [] : [{ kind: 'partitioning of a table that is there', name: tableTitle(table) }]
  })
}

function keyOf({ postgres }: Schema['tables'][number]): unknown {
  return postgres?.partitionBy ?? null
}
