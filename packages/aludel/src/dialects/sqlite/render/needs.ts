// Which operations SQLite's ALTER cannot do, and what must be known of the table to rebuild it.

import { type ObjectRef, objectRef, tableRef } from '../../../ops/definition.ts'
import type { EnumValuesOp } from '../../../ops/enum-values.ts'
import type { Op } from '../../../ops/operations.ts'
import type { Column } from '../../../schema/model.ts'

/** True where the operation is done by making the table anew. */
export function needsRebuild(op: Op): boolean {
  switch (op.kind) {
    case 'addColumn':
      return !canBeAdded(op.column)
    case 'alterColumn':
      return Object.keys(op.set).some((key) => key !== 'comment')
    case 'alterConstraint':
      return op.set.deferrable !== undefined
    case 'alterTable':
      return op.set.sqlite !== undefined
    case 'dropColumn':
    case 'createPrimaryKey':
    case 'createUniqueConstraint':
    case 'createForeignKey':
    case 'createCheckConstraint':
    case 'dropConstraint':
    case 'renameConstraint':
      return true
    case 'setEnumValues':
    case 'addEnumValue':
    case 'renameEnumValue':
      return op.columns.length > 0
    default:
      return false
  }
}

// ADD COLUMN refuses a NOT NULL without a default, a default that is not constant, and stored generated columns.
function canBeAdded(column: Column): boolean {
  if (column.identity !== null) return false
  if (column.generated !== null) return !column.generated.stored
  if (column.default === null) return column.nullable
  return column.default.kind === 'value'
}

/** True of what changes the values of an enumeration, which stand with each of its columns. */
export function isEnumValues(op: Op): op is EnumValuesOp {
  return op.kind === 'setEnumValues' || op.kind === 'addEnumValue' || op.kind === 'renameEnumValue'
}

export function reads(op: Op): readonly ObjectRef[] {
  if (op.kind === 'renameView') return [objectRef('view', op.view)]
  if (isEnumValues(op)) return op.columns.map(({ table }) => tableRef(table))
  if ((op.kind === 'addColumn' && op.ifNotExists) || op.kind === 'renameIndex') return [tableRef(op.table)]
  if (op.kind === 'insertFile') return [tableRef(op.table)]
  return needsRebuild(op) && 'table' in op ? [tableRef(op.table)] : []
}
