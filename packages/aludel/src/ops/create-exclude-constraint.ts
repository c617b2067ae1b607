// createExcludeConstraint: no two rows for which all of these comparisons hold.

import { tableTitle, updateTable } from '../schema/lookup.ts'
import { constraintTouches, dropOf } from './create-constraint.ts'
import type { OpDefinition } from './definition.ts'
import { exclusionsOf, withExclusions } from './exclusions.ts'
import { exclusionElements, exclusionOptions } from './print-exclusion.ts'

export const createExcludeConstraint: OpDefinition<'createExcludeConstraint'> = {
  apply: (schema, op) =>
    updateTable(schema, op.table, (table) => withExclusions(table, [...exclusionsOf(table), op.exclusion])),
  invert: (op) => dropOf(op.table, { type: 'exclude', value: op.exclusion }),
  touches: (op) =>
    constraintTouches(
      op.table,
      op.exclusion.name,
      op.exclusion.elements.flatMap(({ of }) => ('column' in of ? [of.column] : [])),
    ),
  describe: (op) => `create exclude constraint "${op.exclusion.name}" on table ${tableTitle(op.table)}`,
  print: (op, printer) =>
    printer.call(
      'createExcludeConstraint',
      [
        printer.text(op.exclusion.name),
        printer.table(op.table),
        exclusionElements(op.exclusion, printer.text, printer),
      ],
      exclusionOptions(op.exclusion, printer),
    ),
}
