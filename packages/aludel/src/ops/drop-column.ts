// dropColumn: a column with the keys, checks and indexes that use it.

import { findColumn, findTable, tableTitle, updateTable } from '../schema/lookup.ts'
import { sequencesOf, withoutObjects } from '../schema/objects.ts'
import { type OpDefinition, partRef, tableRef, touches } from './definition.ts'
import { recreations, withoutColumn } from './parts.ts'
import { owned, unowned } from './sequences.ts'

export const dropColumn: OpDefinition<'dropColumn'> = {
  apply: (schema, op) =>
    withoutObjects(
      updateTable(schema, op.table, (table) => withoutColumn(table, op.column)),
      sequencesOf(schema, op.table, op.column),
    ),
  invert(op, before) {
    const table = findTable(before, op.table)
    const column = findColumn(before, op.table, op.column)
    if (table === null || column === null) {
      if (op.ifExists) return []
      return { irreversible: `What column "${op.column}" of table ${tableTitle(op.table)} was like is not known here.` }
    }
    const sequences = sequencesOf(before, op.table, op.column)
    return [
      ...sequences.map(unowned),
      { kind: 'addColumn', table: op.table, column, ifNotExists: false },
      ...recreations(table, withoutColumn(table, op.column)),
      ...sequences.map(owned),
    ]
  },
  touches: (op) =>
    touches({
      requires: op.ifExists ? [tableRef(op.table)] : [tableRef(op.table), partRef('column', op.table, op.column)],
      removes: [partRef('column', op.table, op.column)],
    }),
  describe: (op) => `drop column "${op.column}" of table ${tableTitle(op.table)}`,
  print: (op, printer) =>
    printer.call(
      'dropColumn',
      [printer.table(op.table), printer.text(op.column)],
      op.ifExists ? { ifExists: true } : {},
    ),
}
