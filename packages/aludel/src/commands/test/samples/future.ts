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

/** What becomes of a table, followed through the revisions from the one that is tested. */
export function futureOf(table: Table, revisions: readonly (readonly Op[])[]): Future {
  const future = {
    types: new Map<string, ColumnType[]>(),
    filled: new Set<string>(),
    checks: [] as Sql[],
    foreignKeys: [] as FutureKey[],
  }
  const names = new Map(table.columns.map(({ name }) => [name, name]))
  let at: TableName = { namespace: table.namespace, name: table.name }
  for (const ops of revisions) {
    let fills = false
    for (const op of flatOps(ops).map(bare)) {
      if (op.kind === 'execute' || op.kind === 'run') fills = true
      if (!('table' in op) || !sameName(op.table, at)) continue
      if (op.kind === 'dropTable') return future
      if (op.kind === 'renameTable') at = { ...at, name: op.name }
      else if (op.kind === 'moveTable') at = { ...at, namespace: op.namespace }
      else asked(op, names, fills, future)
    }
  }
  return future
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
