// What a run would take away for ever: tables and columns that hold something, and that nothing keeps.

import type { Dialect } from '../dialects/dialect.ts'
import type { Op } from '../ops/operations.ts'
import type { TableName } from '../schema/model.ts'
import { quoted } from './own-tables.ts'
import type { Session } from './session.ts'

/** A table, or a column of one, that is dropped with what is in it. */
export interface Loss {
  readonly revision: string
  readonly table: TableName
  /** Null where the whole table goes. */
  readonly column: string | null
}

/** The drops of one step that would lose something; a table that is not there yet has nothing to lose. */
export async function lossesOf(session: Session, revision: string, ops: readonly Op[]): Promise<readonly Loss[]> {
  const losses: Loss[] = []
  for (const op of ops) {
    if (op.kind === 'autocommit') losses.push(...(await lossesOf(session, revision, op.ops)))
    if (op.kind !== 'dropTable' && op.kind !== 'dropColumn') continue
    const column = op.kind === 'dropColumn' ? op.column : null
    if (await holdsSomething(session, op.table, column)) losses.push({ revision, table: op.table, column })
  }
  return losses
}

async function holdsSomething({ db, dialect }: Session, table: TableName, column: string | null): Promise<boolean> {
  try {
    const { rows } = await db.query(sampleText(dialect, table, column))
    return rows.length > 0
  } catch (error) {
    if (dialect.explain(error).kind === 'does-not-exist') return false
    throw error
  }
}

function sampleText(dialect: Dialect, table: TableName, column: string | null): string {
  const filled = column === null ? '' : ` WHERE ${dialect.quote(column)} IS NOT NULL`
  return `SELECT 1 FROM ${quoted(dialect, table)}${filled} LIMIT 1`
}
