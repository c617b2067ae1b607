// createForeignKey: rows of one table that must have their row in another.

import { tableTitle, updateTable } from '../schema/lookup.ts'
import { constraintTouches, dropOf } from './create-constraint.ts'
import { type OpDefinition, tableRef } from './definition.ts'

export const createForeignKey: OpDefinition<'createForeignKey'> = {
  apply: (schema, op) =>
    updateTable(schema, op.table, (table) => ({ ...table, foreignKeys: [...table.foreignKeys, op.foreignKey] })),
  invert: (op) => dropOf(op.table, { type: 'foreignKey', value: op.foreignKey }),
  touches: (op) =>
    constraintTouches(op.table, op.foreignKey.name, op.foreignKey.columns, [tableRef(op.foreignKey.referent)]),
  describe: (op) =>
    `create foreign key (${op.foreignKey.columns.join(', ')}) of table ${tableTitle(op.table)} to ${tableTitle(op.foreignKey.referent)}`,
  print: (op, printer) =>
    printer.call(
      'createForeignKey',
      [
        printer.maybe(op.foreignKey.name),
        printer.table(op.table),
        printer.table(op.foreignKey.referent),
        printer.list(op.foreignKey.columns),
        printer.list(op.foreignKey.referentColumns),
      ],
      printer.foreignKeyOptions(op.foreignKey),
    ),
}
