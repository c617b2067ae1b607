// autocommit: operations outside the step's transaction.

import { isIrreversible, type OpDefinition } from './definition.ts'
import { type Nested, touchesOf } from './nested.ts'

export const autocommit = (nested: Nested): OpDefinition<'autocommit'> => ({
  holdsOthers: true,
  apply: (schema, op) => nested.applyAll(schema, op.ops),
  invert(op, before) {
    const ops = nested.invertAll(op.ops, before)
    return isIrreversible(ops) ? ops : [{ kind: 'autocommit', ops }]
  },
  touches: (op) => touchesOf(op.ops, nested),
  describe: (op) => `outside the transaction: ${op.ops.map((inner) => nested.describe(inner)).join(', ')}`,
  print: (op, printer) => printer.block('autocommit', op.ops),
})
