// createIndex: an index on a table.

import { tableTitle } from '../schema/lookup.ts'
import { findIndex, updateIndexes } from '../schema/objects.ts'
import { type OpDefinition, partRef, tableRef, touches } from './definition.ts'

export const createIndex: OpDefinition<'createIndex'> = {
  apply: (schema, op) =>
    updateIndexes(schema, op.table, (indexes) =>
      indexes.some(({ name }) => name === op.index.name) ? indexes : [...indexes, op.index],
    ),
  invert(op, before) {
    const there = findIndex(before, op.table, op.index.name) !== null
    if (op.ifNotExists && there) return []
    const concurrently = op.index.postgres?.concurrently ?? false
    return [{ kind: 'dropIndex', table: op.table, name: op.index.name, ifExists: op.ifNotExists, concurrently }]
  },
  touches: (op) =>
    touches({
      requires: [
        tableRef(op.table),
        ...op.index.parts.flatMap((part) => ('column' in part.of ? [partRef('column', op.table, part.of.column)] : [])),
      ],
      provides: [partRef('index', op.table, op.index.name)],
    }),
  describe: (op) =>
    `create ${op.index.unique ? 'unique ' : ''}index "${op.index.name}" on table ${tableTitle(op.table)}`,
  print: (op, printer) => printer.indexCall(op.table, op.index, op.ifNotExists),
}
