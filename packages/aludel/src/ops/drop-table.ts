// dropTable: a table and everything on it.

import { findTable, tableTitle, withoutTable } from '../schema/lookup.ts'
import { sequencesOf, withoutObjects } from '../schema/objects.ts'
import { belongingAgain, belongingsOf } from './belongings.ts'
import { type OpDefinition, tableRef, touches } from './definition.ts'
import { owned, unowned } from './sequences.ts'

export const dropTable: OpDefinition<'dropTable'> = {
  apply: (schema, op) =>
    withoutObjects(withoutTable(schema, op.table), [
      ...belongingsOf(schema, op.table),
      ...sequencesOf(schema, op.table, null),
    ]),
  invert(op, before) {
    const table = findTable(before, op.table)
    if (table !== null) {
      const sequences = sequencesOf(before, op.table, null)
      return [
        ...sequences.map(unowned),
        { kind: 'createTable', table, ifNotExists: false },
        ...sequences.map(owned),
        ...belongingsOf(before, op.table).map(belongingAgain),
      ]
    }
    if (op.ifExists) return []
    return { irreversible: `What table ${tableTitle(op.table)} was made of is not known here.` }
  },
  touches: (op) => touches({ requires: op.ifExists ? [] : [tableRef(op.table)], removes: [tableRef(op.table)] }),
  describe: (op) => `drop table ${tableTitle(op.table)}`,
  print: (op, printer) => printer.call('dropTable', [printer.table(op.table)], op.ifExists ? { ifExists: true } : {}),
}
