// renameTable: a table under another name; whatever refers to it follows.

import { renameQualifier } from '../schema/identifiers.ts'
import { tableTitle } from '../schema/lookup.ts'
import type { Schema, Table, TableName } from '../schema/model.ts'
import { changeObjects } from '../schema/objects.ts'
import { withTable } from './belongings.ts'
import { type OpDefinition, tableRef, touches } from './definition.ts'
import { withExpressions } from './parts.ts'

export const renameTable: OpDefinition<'renameTable'> = {
  apply: (schema, op) => moved(schema, op.table, { namespace: op.table.namespace, name: op.name }),
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

/** The schema with a table in another place, and whatever refers to it. */
export function moved(schema: Schema, from: TableName, to: TableName): Schema {
  const isIt = (name: TableName) => name.name === from.name && name.namespace === from.namespace
  const follow = (table: Table): Table => ({
    ...(isIt(table)
      ? { ...withExpressions(table, (expression) => renameQualifier(expression, from.name, to.name)), ...to }
      : table),
    foreignKeys: table.foreignKeys.map((key) => (isIt(key.referent) ? { ...key, referent: to } : key)),
  })
  const along = (namespace: string | null) => (namespace === from.namespace ? to.namespace : namespace)
  return changeObjects({ ...schema, tables: schema.tables.map(follow) }, (object) => {
    if (object.kind !== 'sequence') return withTable(object, from, to)
    if (object.ownedBy === null || !isIt(object.ownedBy.table)) return object
    return { ...object, namespace: along(object.namespace), ownedBy: { ...object.ownedBy, table: to } }
  })
}
