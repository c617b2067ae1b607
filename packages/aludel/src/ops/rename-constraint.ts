// renameConstraint: a key or check under another name; what it says stays as it is.

import { findTable, tableTitle, updateTable } from '../schema/lookup.ts'
import type { Table } from '../schema/model.ts'
import { type OpDefinition, partRef, tableRef, touches } from './definition.ts'
import { type FoundConstraint, findConstraint, withConstraints } from './parts.ts'

export const renameConstraint: OpDefinition<'renameConstraint'> = {
  apply: (schema, op) =>
    updateTable(schema, op.table, (table) => {
      const found = findConstraint(table, { name: op.constraint }, op.type)
      return found === null ? table : renamed(table, found, op.name)
    }),
  // Which type it is of is told where it is known: some engines keep no name by which a primary key could be found.
  invert(op, before) {
    const table = findTable(before, op.table)
    const found = table === null ? null : findConstraint(table, { name: op.constraint }, op.type)
    return [{ ...op, constraint: op.name, name: op.constraint, type: found?.type ?? op.type }]
  },
  touches: (op) =>
    touches({
      requires: [tableRef(op.table), partRef('constraint', op.table, op.constraint)],
      provides: [partRef('constraint', op.table, op.name)],
      removes: [partRef('constraint', op.table, op.constraint)],
    }),
  describe: (op) => `rename constraint "${op.constraint}" of table ${tableTitle(op.table)} to "${op.name}"`,
  print: (op, printer) =>
    printer.call(
      'renameConstraint',
      [printer.text(op.constraint), printer.table(op.table), printer.text(op.name)],
      op.type === null ? {} : { type: op.type },
    ),
}

/** A primary key without a name stays without: the engine that reported it keeps none. */
function renamed(table: Table, found: FoundConstraint, name: string): Table {
  if (found.value.name === null) return table
  return withConstraints(table, (one) => (one === found.value ? { ...one, name } : one))
}
