// What a version of PostgreSQL does not know yet, refused as it is recorded.

import { requireNames } from '../../../ops/names.ts'
import type { Op } from '../../../ops/operations.ts'
import { type Column, type Index, plainColumn, type TableName, type Unique } from '../../../schema/model.ts'
import type { VersionFeatures } from '../features.ts'
import { nameRules } from '../literal.ts'
import { columnText } from './column.ts'
import { uniqueText } from './constraint.ts'
import { execute } from './execute.ts'
import { indexText } from './index.ts'

/** Its newest version can do everything; only SQL that is given for other engines alone is nothing for it. */
export function refuseWith(can: VersionFeatures): (op: Op) => void {
  const isNewest = Object.values(can).every((one) => one === true)
  return (op) => {
    requireNames(op, nameRules)
    if (op.kind === 'execute') execute(op)
    else if (!isNewest) refuseOlder(op, can)
  }
}

function refuseOlder(op: Op, can: VersionFeatures): void {
  switch (op.kind) {
    case 'createTable': {
      const { columns, uniques, indexes } = op.table
      for (const column of columns) refuseColumn(op.table, column, can)
      for (const unique of uniques) refuseUnique(unique, can)
      for (const index of indexes) refuseIndex(op.table, index, can)
      return
    }
    case 'addColumn':
      refuseColumn(op.table, op.column, can)
      return
    case 'alterColumn':
      refuseColumn(op.table, { ...plainColumn(op.column, { kind: 'text' }), ...op.set }, can)
      return
    case 'createUniqueConstraint':
      refuseUnique(op.unique, can)
      return
    case 'createIndex':
      refuseIndex(op.table, op.index, can)
      return
    default:
  }
}

function refuseColumn(table: TableName, column: Column, can: VersionFeatures): void {
  if (column.generated !== null) columnText(table, column, can)
}

function refuseUnique(unique: Unique, can: VersionFeatures): void {
  if (unique.postgres !== null) uniqueText(unique, can)
}

function refuseIndex(table: TableName, index: Index, can: VersionFeatures): void {
  if (index.postgres !== null) indexText({ table, index, ifNotExists: false, concurrently: false }, can)
}
