// The shared half of the four operations that add a constraint: undoing one and what it touches.

import type { TableName } from '../schema/model.ts'
import { type ObjectRef, partRef, type Touches, tableRef, touches } from './definition.ts'
import type { Op } from './operations.ts'
import { type FoundConstraint, selectorOf } from './parts.ts'

export function dropOf(table: TableName, found: FoundConstraint): readonly Op[] {
  return [{ kind: 'dropConstraint', table, constraint: selectorOf(found), type: found.type, ifExists: false }]
}

export function constraintTouches(
  table: TableName,
  name: string | null,
  columns: readonly string[],
  requires: readonly ObjectRef[] = [],
): Touches {
  return touches({
    requires: [tableRef(table), ...columns.map((column) => partRef('column', table, column)), ...requires],
    provides: name === null ? [] : [partRef('constraint', table, name)],
  })
}
