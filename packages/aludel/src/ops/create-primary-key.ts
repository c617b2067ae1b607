// createPrimaryKey: the primary key of a table that has none; its columns become NOT NULL.

import { findTable, tableTitle, updateTable } from '../schema/lookup.ts'
import { constraintTouches, dropOf } from './create-constraint.ts'
import type { OpDefinition } from './definition.ts'
import type { Op } from './operations.ts'

export const createPrimaryKey: OpDefinition<'createPrimaryKey'> = {
  apply: (schema, op) =>
    updateTable(schema, op.table, (table) => ({
      ...table,
      primaryKey: op.primaryKey,
      columns: table.columns.map((column) =>
        op.primaryKey.columns.includes(column.name) ? { ...column, nullable: false } : column,
      ),
    })),
  // Dropping a primary key leaves its columns NOT NULL on every engine, so those that were nullable are told.
  invert(op, before) {
    const nullable = findTable(before, op.table)?.columns.filter(
      (column) => column.nullable && op.primaryKey.columns.includes(column.name),
    )
    return [
      ...dropOf(op.table, { type: 'primaryKey', value: op.primaryKey }),
      ...(nullable ?? []).map(
        (column): Op => ({
          kind: 'alterColumn',
          table: op.table,
          column: column.name,
          set: { nullable: true },
          using: null,
        }),
      ),
    ]
  },
  touches: (op) => constraintTouches(op.table, op.primaryKey.name, op.primaryKey.columns),
  describe: (op) => `create primary key (${op.primaryKey.columns.join(', ')}) on table ${tableTitle(op.table)}`,
  print: (op, printer) =>
    printer.call(
      'createPrimaryKey',
      [printer.maybe(op.primaryKey.name), printer.table(op.table), printer.list(op.primaryKey.columns)],
      printer.primaryKeyOptions(op.primaryKey),
    ),
}
