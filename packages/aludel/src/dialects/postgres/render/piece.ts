// What a renderer gives: a statement in the making, or changes of one table that may share an ALTER TABLE with their neighbours.

import type { Value } from '../../../database/types.ts'
import type { Op } from '../../../ops/operations.ts'
import { sameName } from '../../../schema/lookup.ts'
import type { Schema, TableName } from '../../../schema/model.ts'
import type { VersionFeatures } from '../features.ts'
import { qualified } from '../literal.ts'

export interface StatementPiece {
  readonly kind: 'statement'
  readonly sql: string
  readonly parameters: readonly Value[]
  readonly transactional: boolean
  readonly why: string | null
}

export interface AlterPiece {
  readonly kind: 'alter'
  readonly table: TableName
  readonly actions: readonly string[]
  /** The columns that the actions are about; null where they must stay alone. */
  readonly columns: readonly string[] | null
  readonly why: string | null
}

export type Piece = StatementPiece | AlterPiece

/** What a renderer may look at besides its operation. */
export interface Context {
  readonly before: Schema
  readonly can: VersionFeatures
  /** The operations that follow in the same transaction. */
  readonly later: readonly Op[]
}

export function statement(sql: string, options: Partial<Omit<StatementPiece, 'kind' | 'sql'>> = {}): StatementPiece {
  return { kind: 'statement', sql, parameters: [], transactional: true, why: null, ...options }
}

/** Changes of a table that stay a statement of their own. */
export function alter(table: TableName, ...actions: readonly string[]): AlterPiece {
  return { kind: 'alter', table, actions, columns: null, why: null }
}

/** Changes of one column, which may be joined to those of other columns: the table is then rewritten once. */
export function alterColumns(table: TableName, columns: readonly string[], actions: readonly string[]): AlterPiece {
  return { kind: 'alter', table, actions, columns, why: null }
}

export function alterText({ table, actions }: AlterPiece): string {
  const head = `ALTER TABLE ${qualified(table)}`
  return actions.length === 1 ? `${head} ${actions[0]}` : `${head}\n  ${actions.join(',\n  ')}`
}

/** Both as one; null where they are not of one table, or one needs the other to be done. */
export function joined(first: Piece, second: Piece): AlterPiece | null {
  if (first.kind !== 'alter' || second.kind !== 'alter' || !sameName(first.table, second.table)) return null
  const { columns } = second
  if (first.columns === null || columns === null || first.columns.some((name) => columns.includes(name))) return null
  return {
    ...first,
    actions: [...first.actions, ...second.actions],
    columns: [...first.columns, ...columns],
    why: first.why ?? second.why,
  }
}
