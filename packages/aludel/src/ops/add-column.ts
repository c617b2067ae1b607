// addColumn: one more column at the end of a table.

import { enumsIn, findColumn, findEnum, tableTitle, updateTable } from '../schema/lookup.ts'
import { enumRef, type OpDefinition, partRef, tableRef, touches } from './definition.ts'
import type { Op } from './operations.ts'

export const addColumn: OpDefinition<'addColumn'> = {
  apply(schema, op) {
    if (findColumn(schema, op.table, op.column.name) !== null) return schema
    const added = enumsIn([op.column]).filter((type) => findEnum(schema, type) === null)
    return updateTable({ ...schema, enums: [...schema.enums, ...added] }, op.table, (table) => ({
      ...table,
      columns: [...table.columns, op.column],
    }))
  },
  invert(op, before) {
    if (op.ifNotExists && findColumn(before, op.table, op.column.name) !== null) return []
    const added = enumsIn([op.column]).filter((type) => findEnum(before, type) === null)
    return [
      { kind: 'dropColumn', table: op.table, column: op.column.name, ifExists: op.ifNotExists },
      ...added.map((type): Op => ({ kind: 'dropEnum', enumeration: { namespace: type.namespace, name: type.name } })),
    ]
  },
  touches: (op) =>
    touches({
      requires: [tableRef(op.table)],
      provides: [partRef('column', op.table, op.column.name), ...enumsIn([op.column]).map(enumRef)],
    }),
  describe: (op) => `add column "${op.column.name}" to table ${tableTitle(op.table)}`,
  print: (op, printer) =>
    printer.call(
      'addColumn',
      [printer.table(op.table), printer.text(op.column.name), printer.column(op.column)],
      op.ifNotExists ? { ifNotExists: true } : {},
    ),
}
