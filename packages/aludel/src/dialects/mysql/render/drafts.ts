// Statements in the making.

import type { Statement } from '../../../database/types.ts'
import type { TableName } from '../../../schema/model.ts'
import type { Abilities } from '../features.ts'
import { tableText } from './refusals.ts'

export type Draft = Omit<Statement, 'ops'>

// DDL commits by itself: it has no part in a transaction.
export function plain(sql: string): Draft {
  return { sql, parameters: [], transactional: false, why: null }
}

export function alterDrafts(table: TableName, clauses: readonly string[], abilities: Abilities): readonly Draft[] {
  if (clauses.length === 0) return []
  const separator = clauses.length === 1 ? ' ' : '\n  '
  return [plain(`ALTER TABLE ${tableText(table, abilities)}${separator}${clauses.join(`,${separator}`)}`)]
}
