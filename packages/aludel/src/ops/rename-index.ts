// renameIndex: an index under another name; what it is like stays as it is.

import { tableTitle } from '../schema/lookup.ts'
import { updateIndexes } from '../schema/objects.ts'
import { type OpDefinition, partRef, tableRef, touches } from './definition.ts'

export const renameIndex: OpDefinition<'renameIndex'> = {
  apply: (schema, op) =>
    updateIndexes(schema, op.table, (indexes) =>
      indexes.map((index) => (index.name === op.index ? { ...index, name: op.name } : index)),
    ),
  invert: (op) => [{ kind: 'renameIndex', table: op.table, index: op.name, name: op.index }],
  touches: (op) =>
    touches({
      requires: [tableRef(op.table), partRef('index', op.table, op.index)],
      provides: [partRef('index', op.table, op.name)],
      removes: [partRef('index', op.table, op.index)],
    }),
  describe: (op) => `rename index "${op.index}" of table ${tableTitle(op.table)} to "${op.name}"`,
  print: (op, printer) =>
    printer.call('renameIndex', [printer.text(op.index), printer.table(op.table), printer.text(op.name)]),
}
