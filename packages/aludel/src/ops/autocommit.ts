// autocommit: operations outside the step's transaction.

import { isIrreversible, type OpDefinition, type Touches, touches } from './definition.ts'
import type { Nested } from './nested.ts'
import type { Op } from './operations.ts'

export const autocommit = (nested: Nested): OpDefinition<'autocommit'> => ({
  apply: (schema, op) => nested.applyAll(schema, op.ops),
  invert(op, before) {
    const ops = nested.invertAll(op.ops, before)
    return isIrreversible(ops) ? ops : [{ kind: 'autocommit', ops }]
  },
  touches(op) {
    const answers = op.ops.map((inner: Op) => nested.touches(inner))
    const known = answers.filter((answer): answer is Touches => answer !== 'unknown')
    if (known.length < answers.length) return 'unknown'
    return touches({
      requires: known.flatMap((answer) => answer.requires),
      provides: known.flatMap((answer) => answer.provides),
      removes: known.flatMap((answer) => answer.removes),
    })
  },
  describe: (op) => `outside the transaction: ${op.ops.map((inner) => nested.describe(inner)).join(', ')}`,
  print: (op, printer) => printer.block('autocommit', op.ops),
})
