// validateConstraint: the rows that were there before a constraint made with `notValid` are looked at, too.

import { findTable, tableTitle, updateTable } from '../schema/lookup.ts'
import { type OpDefinition, partRef, tableRef, touches } from './definition.ts'
import { findConstraint } from './parts.ts'
import { isNotValid, withValidity } from './validity.ts'

export const validateConstraint: OpDefinition<'validateConstraint'> = {
  apply: (schema, op) => updateTable(schema, op.table, (table) => withValidity(table, op.constraint, false)),
  invert({ table: at, constraint }, before) {
    const table = findTable(before, at)
    const found = table === null ? null : findConstraint(table, { name: constraint }, null)
    if (found === null || !isNotValid(found)) return []
    return [{ kind: 'alterConstraint', table: at, constraint, set: { notValid: true } }]
  },
  touches: (op) => touches({ requires: [tableRef(op.table), partRef('constraint', op.table, op.constraint)] }),
  describe: (op) => `validate constraint "${op.constraint}" of table ${tableTitle(op.table)}`,
  print: (op, printer) => printer.call('validateConstraint', [printer.text(op.constraint), printer.table(op.table)]),
}
