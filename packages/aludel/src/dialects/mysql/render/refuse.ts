// What MySQL and MariaDB cannot do whatever the tables are like, refused as it is recorded.

import { requireNames } from '../../../ops/names.ts'
import type { Op } from '../../../ops/operations.ts'
import type { Dialect } from '../../dialect.ts'
import { refuseByRendering } from '../../refuse.ts'
import type { Abilities } from '../features.ts'
import { nameRules } from '../literal.ts'

export function refuseWith(rendering: Pick<Dialect, 'reads' | 'render'>, { product }: Abilities): (op: Op) => void {
  const rules = { ...nameRules, engine: product }
  const refuse = refuseByRendering(rendering)
  return (op) => {
    requireNames(op, rules)
    refuse(op)
  }
}
