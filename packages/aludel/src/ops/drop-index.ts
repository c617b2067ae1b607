// dropIndex: an index of a table.

import { tableTitle } from '../schema/lookup.ts'
import { findIndex, updateIndexes } from '../schema/objects.ts'
import { type OpDefinition, partRef, tableRef, touches } from './definition.ts'

export const dropIndex: OpDefinition<'dropIndex'> = {
  apply: (schema, op) =>
    updateIndexes(schema, op.table, (indexes) => indexes.filter((index) => index.name !== op.name)),
  invert(op, before) {
    const index = findIndex(before, op.table, op.name)
    if (index !== null) return [{ kind: 'createIndex', table: op.table, index, ifNotExists: false }]
    if (op.ifExists) return []
    return { irreversible: `What index "${op.name}" of table ${tableTitle(op.table)} was like is not known here.` }
  },
  touches: (op) =>
    touches({
      requires: op.ifExists ? [tableRef(op.table)] : [tableRef(op.table), partRef('index', op.table, op.name)],
      removes: [partRef('index', op.table, op.name)],
    }),
  describe: (op) => `drop index "${op.name}" of table ${tableTitle(op.table)}`,
  print: (op, printer) =>
    printer.call('dropIndex', [printer.text(op.name), printer.table(op.table)], {
      ...(op.ifExists ? { ifExists: true } : {}),
      ...(op.concurrently ? { concurrently: true } : {}),
    }),
}
