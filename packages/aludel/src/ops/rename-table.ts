// renameTable: a table under another name; whatever refers to it follows.

import { renameQualifier } from '../schema/identifiers.ts'
import { tableTitle } from '../schema/lookup.ts'
import type { Schema, Table, TableName } from '../schema/model.ts'
import { changeObjects } from '../schema/objects.ts'
import { withTable } from './belongings.ts'
import { type OpDefinition, tableRef, touches } from './definition.ts'
import { withExpressions } from './parts.ts'

export const renameTable: OpDefinition<'renameTable'> = {
  apply: (schema, op) => renamed(schema, op.table, op.name),
  invert: (op) => [
    { kind: 'renameTable', table: { namespace: op.table.namespace, name: op.name }, name: op.table.name },
  ],
  touches: (op) =>
    touches({
      requires: [tableRef(op.table)],
      provides: [tableRef({ namespace: op.table.namespace, name: op.name })],
      removes: [tableRef(op.table)],
    }),
  describe: (op) => `rename table ${tableTitle(op.table)} to "${op.name}"`,
  print: (op, printer) => printer.call('renameTable', [printer.table(op.table), printer.text(op.name)]),
}

function renamed(schema: Schema, from: TableName, to: string): Schema {
  const isIt = (name: TableName) => name.name === from.name && name.namespace === from.namespace
  const follow = (table: Table): Table => ({
    ...(isIt(table) ? withExpressions(table, (expression) => renameQualifier(expression, from.name, to)) : table),
    name: isIt(table) ? to : table.name,
    foreignKeys: table.foreignKeys.map((key) =>
      isIt(key.referent) ? { ...key, referent: { ...key.referent, name: to } } : key,
    ),
  })
  const place = { namespace: from.namespace, name: to }
  return changeObjects({ ...schema, tables: schema.tables.map(follow) }, (object) => {
    if (object.kind !== 'sequence') return withTable(object, from, to)
    if (object.ownedBy === null || !isIt(object.ownedBy.table)) return object
    return { ...object, ownedBy: { ...object.ownedBy, table: place } }
  })
}
