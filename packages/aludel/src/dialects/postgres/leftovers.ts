// What a broken-off index build leaves: an index that no query uses, under the name that the next attempt needs.

import type { Connection } from '../../database/types.ts'
import type { Op } from '../../ops/operations.ts'
import { literal, qualified, quote } from './literal.ts'

/** The drop of an invalid index; nothing where there is none, or where one is still being built. */
export async function invalidIndexes(db: Connection, op: Op): Promise<readonly string[]> {
  if (op.kind !== 'createIndex' || op.index.postgres?.concurrently !== true) return []
  const table = literal(qualified(op.table))
  const { rows } = await db.query<{ readonly namespace: string; readonly name: string }>(
    `SELECT n.nspname AS namespace, c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE i.indrelid = to_regclass(${table}) AND c.relname = ${literal(op.index.name)} AND NOT i.indisvalid AND NOT EXISTS (SELECT 1 FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)`,
  )
  return rows.map(({ namespace, name }) => `DROP INDEX CONCURRENTLY ${quote(namespace)}.${quote(name)}`)
}
