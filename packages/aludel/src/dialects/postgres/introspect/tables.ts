// The tables of a database, and its namespaces: one query each.

import type { Connection } from '../../../database/types.ts'
import type { Scope } from '../../dialect.ts'
import { ownObject, userNamespaces, wantedTables } from './scope.ts'

export interface TableRow {
  readonly oid: number
  /** Null for the namespace that a name without one is looked for in. */
  readonly namespace: string | null
  readonly name: string
  readonly unlogged: boolean
  /** Of a partitioned table what tells its partitions apart: `RANGE (at)`. */
  readonly partitionKey: string | null
  /** JSON lists: `["fillfactor=70"]`. */
  readonly settings: string | null
  readonly toastSettings: string | null
  readonly accessMethod: string | null
  readonly replicaIdentity: string
}

export async function readTables(db: Connection, scope: Scope): Promise<readonly TableRow[]> {
  const { rows } =
    await db.query<TableRow>(`SELECT c.oid, nullif(n.nspname, current_schema()) AS namespace, c.relname AS name,
      c.relpersistence = 'u' AS unlogged, CASE c.relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END AS "partitionKey",
      to_json(c.reloptions)::text AS settings, to_json(toast.reloptions)::text AS "toastSettings",
      nullif(am.amname, 'heap') AS "accessMethod", c.relreplident AS "replicaIdentity"
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_am am ON am.oid = c.relam
    LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid
    WHERE ${wantedTables(scope)}
    ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`)
  return rows
}

/** The user's namespaces besides the default one. */
export async function readNamespaces(db: Connection, scope: Scope): Promise<readonly string[]> {
  if (scope !== 'all') return []
  const { rows } = await db.query<{ name: string }>(`SELECT n.nspname AS name FROM pg_namespace n
    WHERE ${userNamespaces} AND n.nspname IS DISTINCT FROM current_schema() AND ${ownObject('pg_namespace', 'n.oid')}
    ORDER BY n.nspname COLLATE "C"`)
  return rows.map(({ name }) => name)
}

export interface CommentRow {
  readonly table: number
  /** The column's number; 0 for the table itself. */
  readonly number: number
  readonly comment: string
}

export async function readComments(db: Connection, isWanted: string): Promise<readonly CommentRow[]> {
  const { rows } = await db.query<CommentRow>(`SELECT d.objoid AS table, d.objsubid AS number, d.description AS comment
    FROM pg_description d JOIN pg_class c ON c.oid = d.objoid
    WHERE d.classoid = 'pg_class'::regclass AND c.relkind IN ('r', 'p') AND ${isWanted}`)
  return rows
}
