// Where tables and columns have gone, and which of their values the operations promise to keep.

import type { Op } from '../../ops/operations.ts'
import { sameData } from '../../schema/canonical.ts'
import { findTable, sameName } from '../../schema/lookup.ts'
import type { Column, ColumnType, Schema, Table, TableName } from '../../schema/model.ts'
import { flatOps } from './recordings.ts'

export interface FollowedTable {
  readonly before: Table
  /** Null where it is gone. */
  readonly to: TableName | null
  /** True where its rows are there again after the way down. */
  readonly comesBack: boolean
  readonly columns: readonly FollowedColumn[]
}

export interface FollowedColumn {
  readonly from: string
  /** Null where it is gone, or holds other values by now. */
  readonly to: string | null
  /** True where its values are there again after the way down. */
  readonly comesBack: boolean
}

interface Trail {
  name: TableName | null
  isKept: boolean
  readonly columns: Map<string, { name: string | null; isKept: boolean; isChanged: boolean }>
}

/** Each table of `before`, followed through the operations to what the database holds after them. */
export function follow(before: Schema, ops: readonly Op[], after: Schema): readonly FollowedTable[] {
  const trails = before.tables.map((table) => ({ table, trail: trailOf(table) }))
  for (const op of flatOps(ops)) for (const { trail, table } of trails) step(trail, table, op)
  return trails.map(({ table, trail }) => {
    const { name } = trail
    const end = name === null ? null : findTable(after, name)
    return {
      before: table,
      to: end === null ? null : name,
      comesBack: end !== null || trail.isKept,
      columns: table.columns.map((column) => followedColumn(column, trail, end)),
    }
  })
}

function followedColumn(column: Column, { columns, isKept }: Trail, end: Table | null): FollowedColumn {
  const own = columns.get(column.name)
  if (own === undefined) return { from: column.name, to: null, comesBack: false }
  if (end === null) return { from: column.name, to: null, comesBack: isKept }
  const there = end.columns.find(({ name }) => name === own.name)
  if (there === undefined) return { from: column.name, to: null, comesBack: own.isKept }
  const isSame = !own.isChanged && holdsTheSame(column.type, there.type) && sameData(column.generated, there.generated)
  // A value that was replaced by another cannot be told from it on the way back.
  return { from: column.name, to: isSame ? own.name : null, comesBack: isSame || own.isKept }
}

/** True where a value of the first type is the same one in the second. */
function holdsTheSame(one: ColumnType, other: ColumnType): boolean {
  if (one.kind === 'enumeration' && other.kind === 'enumeration') return true
  const isText = (type: ColumnType) => type.kind === 'string' || type.kind === 'text'
  if (isText(one) && isText(other)) return lengthOf(other) >= lengthOf(one)
  return sameData(one, other)
}

function lengthOf(type: ColumnType): number {
  return (type.kind === 'string' ? type.length : null) ?? Number.POSITIVE_INFINITY
}

function trailOf({ namespace, name, columns }: Table): Trail {
  return {
    name: { namespace, name },
    isKept: false,
    columns: new Map(columns.map((column) => [column.name, { name: column.name, isKept: false, isChanged: false }])),
  }
}

function step(trail: Trail, table: Table, op: Op): void {
  const { name } = trail
  if (name === null) return
  if (op.kind === 'setAside') stepAside(trail, table, op)
  else if (op.kind === 'putBack') step(trail, table, op.op)
  else if (op.kind === 'setEnumValues' || op.kind === 'renameEnumValue') stepEnum(trail, op)
  else if ('table' in op && sameName(op.table, name)) stepTable(trail, name, op)
}

function stepTable(trail: Trail, name: TableName, op: Op): void {
  if (op.kind === 'dropTable') trail.name = null
  else if (op.kind === 'renameTable') trail.name = { ...name, name: op.name }
  else if (op.kind === 'moveTable') trail.name = { ...name, namespace: op.namespace }
  else stepColumn(trail, op)
}

function stepColumn({ columns }: Trail, op: Op): void {
  if (op.kind !== 'dropColumn' && op.kind !== 'renameColumn' && op.kind !== 'alterColumn') return
  for (const own of columns.values()) {
    if (own.name !== op.column) continue
    if (op.kind === 'dropColumn') own.name = null
    else if (op.kind === 'renameColumn') own.name = op.name
    else if ('type' in op.set && op.using !== null) own.isChanged = true
  }
}

function stepAside(trail: Trail, table: Table, { op }: Op<'setAside'>): void {
  const { name } = trail
  if (name === null || !sameName(op.table, name)) return
  if (op.kind === 'dropTable') trail.isKept = true
  else for (const own of trail.columns.values()) if (own.name === op.column) own.isKept = true
  step(trail, table, op)
}

function stepEnum({ name, columns }: Trail, op: Op<'setEnumValues' | 'renameEnumValue'>): void {
  const isLoss = op.kind === 'renameEnumValue' || Object.keys(op.replace).length > 0
  for (const { table, column } of op.columns) {
    if (!isLoss || name === null || !sameName(table, name)) continue
    for (const own of columns.values()) if (own.name === column) own.isChanged = true
  }
}
