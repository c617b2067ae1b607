// dropTable: a table and everything on it.

import { findTable, tableTitle, withoutTable } from '../schema/lookup.ts'
import { type OpDefinition, tableRef, touches } from './definition.ts'

export const dropTable: OpDefinition<'dropTable'> = {
  apply: (schema, op) => withoutTable(schema, op.table),
  invert(op, before) {
    const table = findTable(before, op.table)
    if (table !== null) return [{ kind: 'createTable', table, ifNotExists: false }]
    if (op.ifExists) return []
    return { irreversible: `What table ${tableTitle(op.table)} was made of is not known here.` }
  },
  touches: (op) => touches({ requires: op.ifExists ? [] : [tableRef(op.table)], removes: [tableRef(op.table)] }),
  describe: (op) => `drop table ${tableTitle(op.table)}`,
  print: (op, printer) => printer.call('dropTable', [printer.table(op.table)], op.ifExists ? { ifExists: true } : {}),
}
