// What needs nothing to be known before it is rendered is refused by rendering it, before anything is sent.

import type { Op } from '../ops/operations.ts'
import { emptySchema } from '../schema/model.ts'
import type { Dialect } from './dialect.ts'

/** Rows are left out: no engine refuses them, and there may be many. */
export function refuseByRendering({ reads, render }: Pick<Dialect, 'reads' | 'render'>): (op: Op) => void {
  return (op) => {
    if (op.kind !== 'bulkInsert' && op.kind !== 'insertFile' && reads(op).length === 0) render([op], emptySchema)
  }
}
