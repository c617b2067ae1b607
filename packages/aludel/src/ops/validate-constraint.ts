// validateConstraint: the rows that were there before a constraint made with `notValid` are looked at, too.

import { tableTitle } from '../schema/lookup.ts'
import { type OpDefinition, partRef, tableRef, touches } from './definition.ts'

export const validateConstraint: OpDefinition<'validateConstraint'> = {
  // What a table is like says what its constraints are, not since when.
  apply: (schema) => schema,
  // No row has changed, and a constraint that holds for every row needs not be held for fewer.
  invert: () => [],
  touches: (op) => touches({ requires: [tableRef(op.table), partRef('constraint', op.table, op.constraint)] }),
  describe: (op) => `validate constraint "${op.constraint}" of table ${tableTitle(op.table)}`,
  print: (op, printer) => printer.call('validateConstraint', [printer.text(op.constraint), printer.table(op.table)]),
}
