// What later revisions ask of the rows of a table: an application has rows that fit, so generated ones must.

import type { Op } from '../../../ops/operations.ts'
import { renameIdentifier } from '../../../schema/identifiers.ts'
import { sameName } from '../../../schema/lookup.ts'
import type { ColumnType, ForeignKey, Table, TableName } from '../../../schema/model.ts'
import type { Sql } from '../../../schema/sql.ts'
import { flatOps } from '../recordings.ts'

export interface Future {
  /** The types that a column gets, in their order, by its name now. */
  readonly types: ReadonlyMap<string, readonly ColumnType[]>
  /** Columns that are made NOT NULL by a revision that fills nothing before. */
  readonly filled: ReadonlySet<string>
  readonly checks: readonly Sql[]
  readonly foreignKeys: readonly FutureKey[]
}

/** A key of later, with the names that its columns have now. */
export type FutureKey = ForeignKey & { readonly isLater: true }

/** What becomes of a table from the revision at a position on. */
export type Outlook = (table: Table, position: number) => Future

/** Follows tables through revisions in their order, and looks only at those that name the table. */
export function createOutlook(revisions: readonly (readonly Op[])[]): Outlook {
  const flat = revisions.map((ops) => flatOps(ops).map(bare))
  const mentions = new Map<string, number[]>()
  for (const [position, ops] of flat.entries()) {
    const named = new Set(ops.flatMap((op) => ('table' in op ? [op.table.name] : [])))
    for (const name of named) mentions.set(name, [...(mentions.get(name) ?? []), position])
  }
  return (table, position) => {
    const future = emptyFuture()
    const trail: Trail = { at: table, names: new Map(table.columns.map(({ name }) => [name, name])) }
    for (let next: number | undefined = position; ; next += 1) {
      const from: number = next
      next = mentions.get(trail.at.name)?.find((one) => one >= from)
      if (next === undefined || isLast(flat[next] ?? [], trail, future)) return future
    }
  }
}

interface Trail {
  at: TableName
  /** The columns' names now, by those that they have there. */
  readonly names: Map<string, string>
}

function emptyFuture(): Growing & Future {
  return { types: new Map(), filled: new Set(), checks: [], foreignKeys: [] }
}

/** Takes down what one revision asks; true where it drops the table. */
function isLast(ops: readonly Op[], trail: Trail, future: Growing): boolean {
  let fills = false
  for (const op of ops) {
    if (op.kind === 'execute' || op.kind === 'run') fills = true
    if (!('table' in op) || !sameName(op.table, trail.at)) continue
    if (op.kind === 'dropTable') return true
    if (op.kind === 'renameTable') trail.at = { namespace: trail.at.namespace, name: op.name }
    else if (op.kind === 'moveTable') trail.at = { namespace: op.namespace, name: trail.at.name }
    else asked(op, trail.names, fills, future)
  }
  return false
}

function bare(op: Op): Op {
  return op.kind === 'setAside' || op.kind === 'putBack' ? op.op : op
}

interface Growing {
  readonly types: Map<string, ColumnType[]>
  readonly filled: Set<string>
  readonly checks: Sql[]
  readonly foreignKeys: FutureKey[]
}

function asked(op: Op, names: Map<string, string>, fills: boolean, future: Growing): void {
  switch (op.kind) {
    case 'dropColumn':
      names.delete(op.column)
      return
    case 'renameColumn': {
      const own = names.get(op.column)
      names.delete(op.column)
      if (own !== undefined) names.set(op.name, own)
      return
    }
    case 'alterColumn': {
      const own = names.get(op.column)
      if (own === undefined) return
      if (op.set.type !== undefined) future.types.set(own, [...(future.types.get(own) ?? []), op.set.type])
      if (op.set.nullable === false && !fills) future.filled.add(own)
      return
    }
    case 'createPrimaryKey':
      for (const name of op.primaryKey.columns) future.filled.add(names.get(name) ?? name)
      return
    case 'createCheckConstraint': {
      let condition = op.check.condition
      for (const [name, own] of names) if (name !== own) condition = renameIdentifier(condition, name, own)
      future.checks.push(condition)
      return
    }
    case 'createForeignKey': {
      const columns = op.foreignKey.columns.flatMap((name) => names.get(name) ?? [])
      if (columns.length === op.foreignKey.columns.length) {
        future.foreignKeys.push({ ...op.foreignKey, columns, isLater: true })
      }
      return
    }
    default:
  }
}
