// createTableComment: the comment of a table; null takes it away.

import { findTable, tableTitle, updateTable } from '../schema/lookup.ts'
import { type OpDefinition, tableRef, touches } from './definition.ts'

export const createTableComment: OpDefinition<'createTableComment'> = {
  apply: (schema, op) => updateTable(schema, op.table, (table) => ({ ...table, comment: op.comment })),
  invert(op, before) {
    const table = findTable(before, op.table)
    if (table === null) return { irreversible: `The comment that table ${tableTitle(op.table)} had is not known here.` }
    return [{ kind: 'createTableComment', table: op.table, comment: table.comment }]
  },
  touches: (op) => touches({ requires: [tableRef(op.table)] }),
  describe: (op) =>
    op.comment === null
      ? `drop the comment of table ${tableTitle(op.table)}`
      : `comment on table ${tableTitle(op.table)}`,
  print: (op, printer) =>
    op.comment === null
      ? printer.call('dropTableComment', [printer.table(op.table)])
      : printer.call('createTableComment', [printer.table(op.table), printer.text(op.comment)]),
}
