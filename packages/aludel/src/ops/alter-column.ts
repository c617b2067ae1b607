// alterColumn: only what is given changes; everything else of the column stays.

import { findColumn, findEnum, tableTitle, updateTable } from '../schema/lookup.ts'
import type { Column, EnumType, Schema } from '../schema/model.ts'
import { type OpDefinition, partRef, tableRef, touches } from './definition.ts'
import type { ColumnChange, Op } from './operations.ts'

export const alterColumn: OpDefinition<'alterColumn'> = {
  apply(schema, op) {
    const enums = [...schema.enums, ...addedEnums(schema, op.set)]
    return updateTable({ ...schema, enums }, op.table, (table) => ({
      ...table,
      columns: table.columns.map((column) => (column.name === op.column ? { ...column, ...op.set } : column)),
    }))
  },
  invert(op, before) {
    const column = findColumn(before, op.table, op.column)
    if (column === null) {
      return {
        irreversible: `What column "${op.column}" of table ${tableTitle(op.table)} was like before is not known here.`,
      }
    }
    return [
      { kind: 'alterColumn', table: op.table, column: op.column, set: pick(column, op.set), using: null },
      ...addedEnums(before, op.set).map(
        ({ namespace, name }): Op => ({ kind: 'dropEnum', enumeration: { namespace, name } }),
      ),
    ]
  },
  touches: (op) => touches({ requires: [tableRef(op.table), partRef('column', op.table, op.column)] }),
  describe: (op) => `alter column "${op.column}" of table ${tableTitle(op.table)}: ${Object.keys(op.set).join(', ')}`,
  print: (op, printer) =>
    printer.call('alterColumn', [printer.table(op.table), printer.text(op.column), printer.change(op.set, op.using)]),
}

/** The column's own values under the keys that a change names. */
function pick(column: Column, change: ColumnChange): ColumnChange {
  return Object.fromEntries(Object.keys(change).map((key) => [key, column[key as keyof ColumnChange]]))
}

/** The enumeration that the new type needs and nothing has made yet. */
function addedEnums(schema: Schema, { type }: ColumnChange): readonly EnumType[] {
  if (type?.kind !== 'enumeration' || findEnum(schema, type) !== null) return []
  return [{ namespace: type.namespace, name: type.name, values: type.values }]
}
