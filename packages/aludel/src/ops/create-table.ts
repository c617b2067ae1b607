// createTable: a table with its columns, keys, checks and indexes.

import { enumsIn, findEnum, findTable, putTable, tableTitle } from '../schema/lookup.ts'
import { enumRef, type ObjectRef, type OpDefinition, partRef, tableRef, touches } from './definition.ts'
import type { Op } from './operations.ts'
import { printTable } from './print-table.ts'

export const createTable: OpDefinition<'createTable'> = {
  apply(schema, op) {
    if (op.ifNotExists && findTable(schema, op.table) !== null) return schema
    const added = enumsIn(op.table.columns).filter((type) => findEnum(schema, type) === null)
    return putTable({ ...schema, enums: [...schema.enums, ...added] }, op.table)
  },
  invert(op, before) {
    if (op.ifNotExists && findTable(before, op.table) !== null) return []
    const at = { namespace: op.table.namespace, name: op.table.name }
    const added = enumsIn(op.table.columns).filter((type) => findEnum(before, type) === null)
    return [
      { kind: 'dropTable', table: at, ifExists: op.ifNotExists },
      ...added.map((type): Op => ({ kind: 'dropEnum', enumeration: { namespace: type.namespace, name: type.name } })),
    ]
  },
  touches(op) {
    const { table } = op
    const self = tableRef(table)
    const requires: readonly ObjectRef[] = table.foreignKeys
      .map((key) => tableRef(key.referent))
      .filter((ref) => ref.name !== self.name || ref.namespace !== self.namespace)
    return touches({
      requires,
      provides: [
        self,
        ...table.columns.map((column) => partRef('column', table, column.name)),
        ...table.indexes.map((index) => partRef('index', table, index.name)),
        ...enumsIn(table.columns).map(enumRef),
      ],
    })
  },
  describe: (op) => `create table ${tableTitle(op.table)}`,
  print: (op, printer) => printTable(op.table, { ifNotExists: op.ifNotExists, restore: false }, printer),
}
