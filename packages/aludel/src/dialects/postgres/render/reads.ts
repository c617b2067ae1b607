// What must be known of the database before an operation can be rendered; nearly always nothing.

import { enumRef, type ObjectRef, tableRef } from '../../../ops/definition.ts'
import { columnOf } from '../../../ops/domains.ts'
import type { ColumnChange, Op } from '../../../ops/operations.ts'
import { enumsIn } from '../../../schema/lookup.ts'
import type { Column, ColumnType } from '../../../schema/model.ts'

export function reads(op: Op): readonly ObjectRef[] {
  switch (op.kind) {
    case 'createTable':
      return enumsIn(op.table.columns).map(enumRef)
    case 'createDomain':
      return enumsIn([columnOf(op.domain)]).map(enumRef)
    case 'addColumn':
      return enumsIn([op.column]).map(enumRef)
    case 'alterColumn':
      return [...(needsColumn(op.set) || op.using !== null ? [tableRef(op.table)] : []), ...enumOf(op.set.type)]
    case 'setEnumValues':
    case 'addEnumValue':
      return [enumRef(op.enumeration), ...op.columns.map(({ table }) => tableRef(table))]
    case 'alterTable':
      return op.set.postgres?.with === undefined && op.set.postgres?.inherits === undefined ? [] : [tableRef(op.table)]
    case 'alterConstraint':
      return op.set.notValid ? [tableRef(op.table)] : []
    case 'bulkInsert':
    case 'insertFile':
      return [tableRef(op.table)]
    case 'dropConstraint':
      return 'name' in op.constraint ? [] : [tableRef(op.table)]
    default:
      return []
  }
}

const restated: readonly (keyof Omit<Column, 'name'>)[] = ['type', 'collation', 'identity', 'generated', 'postgres']

/** A change of the type must set the default again, and a column made anew is restated as a whole. */
function needsColumn(set: ColumnChange): boolean {
  return restated.some((key) => key in set)
}

function enumOf(type: ColumnType | undefined): readonly ObjectRef[] {
  return type?.kind === 'enumeration' ? [enumRef(type)] : []
}
