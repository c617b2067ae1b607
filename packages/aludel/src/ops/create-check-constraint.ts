// createCheckConstraint: a condition that every row meets.

import { tableTitle, updateTable } from '../schema/lookup.ts'
import { constraintTouches, dropOf } from './create-constraint.ts'
import type { OpDefinition } from './definition.ts'

export const createCheckConstraint: OpDefinition<'createCheckConstraint'> = {
  apply: (schema, op) => updateTable(schema, op.table, (table) => ({ ...table, checks: [...table.checks, op.check] })),
  invert: (op) => dropOf(op.table, { type: 'check', value: op.check }),
  touches: (op) => constraintTouches(op.table, op.check.name, []),
  describe: (op) =>
    `create check ${op.check.name === null ? '' : `"${op.check.name}" `}on table ${tableTitle(op.table)}`,
  print: (op, printer) =>
    printer.call(
      'createCheckConstraint',
      [printer.maybe(op.check.name), printer.table(op.table), printer.sql(op.check.condition)],
      printer.checkOptions(op.check),
    ),
}
