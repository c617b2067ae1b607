// createUniqueConstraint: no two rows alike in these columns.

import { tableTitle, updateTable } from '../schema/lookup.ts'
import { constraintTouches, dropOf } from './create-constraint.ts'
import type { OpDefinition } from './definition.ts'

export const createUniqueConstraint: OpDefinition<'createUniqueConstraint'> = {
  apply: (schema, op) =>
    updateTable(schema, op.table, (table) => ({ ...table, uniques: [...table.uniques, op.unique] })),
  invert: (op) => dropOf(op.table, { type: 'unique', value: op.unique }),
  touches: (op) => constraintTouches(op.table, op.unique.name, op.unique.columns),
  describe: (op) => `create unique constraint (${op.unique.columns.join(', ')}) on table ${tableTitle(op.table)}`,
  print: (op, printer) =>
    printer.call(
      'createUniqueConstraint',
      [printer.maybe(op.unique.name), printer.table(op.table), printer.list(op.unique.columns)],
      printer.uniqueOptions(op.unique),
    ),
}
