// Columns whose names differ in case alone: one name to an engine that folds case, so they are the same under another spelling.

import type { Features } from '../database/types.ts'
import type { Op } from '../ops/operations.ts'
import { findTable } from '../schema/lookup.ts'
import type { Schema, Table } from '../schema/model.ts'

/** What spells the columns of the first as the second does; nothing where the engine tells the two names apart. */
export function caseRenames(before: Schema, after: Schema, { foldsColumnNames }: Features): readonly Op[] {
  if (!foldsColumnNames) return []
  return before.tables.flatMap((table) => {
    const own = findTable(after, table)
    return own === null ? [] : renamesIn(table, own)
  })
}

function renamesIn({ namespace, name: title, columns }: Table, after: Table): readonly Op[] {
  return columns.flatMap(({ name: column }): readonly Op[] => {
    const double = after.columns.find(({ name }) => name.toLowerCase() === column.toLowerCase())
    if (double === undefined || double.name === column) return []
    return [{ kind: 'renameColumn', table: { namespace, name: title }, column, name: double.name }]
  })
}
