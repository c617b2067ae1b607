// bulkInsert: rows as data. Undone by deleting them by their primary key.

import { findTable, tableTitle } from '../schema/lookup.ts'
import type { TableName } from '../schema/model.ts'
import { name, type Sql, sql } from '../schema/sql.ts'
import { type OpDefinition, tableRef, touches } from './definition.ts'
import type { Op, Row } from './operations.ts'

export const bulkInsert: OpDefinition<'bulkInsert'> = {
  apply: (schema) => schema,
  invert(op, before) {
    const key = findTable(before, op.table)?.primaryKey?.columns ?? []
    if (key.length === 0) return { irreversible: `The primary key of table ${tableTitle(op.table)} is not known here.` }
    const missing = key.find((column) => op.rows.some((row) => row[column] === undefined))
    if (missing !== undefined) {
      return {
        irreversible: `The rows for table ${tableTitle(op.table)} do not give "${missing}", so they cannot be told apart from others.`,
      }
    }
    return op.rows.map((row): Op => deletion(op.table, key, row))
  },
  touches: (op) => touches({ requires: [tableRef(op.table)] }),
  describe: (op) =>
    `insert ${op.rows.length} ${op.rows.length === 1 ? 'row' : 'rows'} into table ${tableTitle(op.table)}`,
  print: (op, printer) => printer.call('bulkInsert', [printer.table(op.table), printer.rows(op.rows)]),
}

function deletion(table: TableName, key: readonly string[], row: Row): Op {
  const path = table.namespace === null ? [table.name] : [table.namespace, table.name]
  const conditions = key.map((column, position): Sql => {
    const condition = sql`${name(column)} = ${row[column] ?? null}`
    return position === 0 ? condition : sql` AND ${condition}`
  })
  const where: Sql = { parts: conditions.flatMap((condition) => condition.parts) }
  return {
    kind: 'execute',
    sql: { all: [sql`DELETE FROM ${name(...path)} WHERE ${where}`] },
    effects: null,
    touches: null,
    undo: null,
    transactional: true,
  }
}
