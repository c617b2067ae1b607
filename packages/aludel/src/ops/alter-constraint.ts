// alterConstraint: when a foreign key is checked, at the end of each statement or of the transaction.

import { findTable, tableTitle, updateTable } from '../schema/lookup.ts'
import type { ForeignKey, Schema, TableName } from '../schema/model.ts'
import { type OpDefinition, partRef, tableRef, touches } from './definition.ts'

function foreignKeyOf(schema: Schema, at: TableName, name: string): ForeignKey | null {
  return findTable(schema, at)?.foreignKeys.find((key) => key.name === name) ?? null
}

export const alterConstraint: OpDefinition<'alterConstraint'> = {
  apply: (schema, { table: at, constraint, deferrable }) =>
    updateTable(schema, at, (table) => ({
      ...table,
      foreignKeys: table.foreignKeys.map((key) => (key.name === constraint ? { ...key, deferrable } : key)),
    })),
  invert(op, before) {
    const old = foreignKeyOf(before, op.table, op.constraint)
    if (old !== null) return [{ ...op, deferrable: old.deferrable }]
    return {
      irreversible: `When constraint "${op.constraint}" of table ${tableTitle(op.table)} was checked is not known here.`,
    }
  },
  touches: (op) => touches({ requires: [tableRef(op.table), partRef('constraint', op.table, op.constraint)] }),
  describe: (op) => `change when constraint "${op.constraint}" of table ${tableTitle(op.table)} is checked`,
  print: ({ table, constraint, deferrable }, printer) =>
    printer.call('alterConstraint', [
      printer.text(constraint),
      printer.table(table),
      printer.data(deferrable === null ? { deferrable: false } : { deferrable: true, initially: deferrable }),
    ]),
}
