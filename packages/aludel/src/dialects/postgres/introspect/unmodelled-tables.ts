// What tables can have that no word of the model stands for: told by kind, so that it is never passed over in silence.

import type { Connection } from '../../../database/types.ts'
import type { UnmodelledObject } from '../../../schema/catalogue.ts'
import { ownObject, userNamespaces } from './scope.ts'

const title = "n.nspname || '.' || c.relname"
const from = 'FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace'
const own = `${userNamespaces} AND ${ownObject('pg_class', 'c.oid')}`

/** Partitions have columns, keys and indexes from their table; what is their own is not compared. */
const questions: readonly string[] = [
  `SELECT 'typed table' AS kind, ${title} AS name ${from} WHERE c.reloftype <> 0 AND c.relkind IN ('r', 'p') AND ${own}`,
  `SELECT 'tablespace', ${title} ${from} WHERE c.reltablespace <> 0 AND c.relkind IN ('r', 'p', 'i', 'I', 'm') AND ${own}`,
  `SELECT 'clustered index', ${title} ${from} JOIN pg_index i ON i.indexrelid = c.oid WHERE i.indisclustered AND ${own}`,
  `SELECT 'statistics of an index', ${title} ${from} JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind IN ('i', 'I') AND coalesce(a.attstattarget, -1) >= 0 AND ${own}`,
  `SELECT 'index of a partition', ${title} ${from} JOIN pg_index i ON i.indexrelid = c.oid
    JOIN pg_class t ON t.oid = i.indrelid WHERE t.relispartition AND NOT c.relispartition AND ${own}
    AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.conrelid = t.oid)`,
  `SELECT 'constraint of a partition', ${title} || '.' || k.conname ${from} JOIN pg_constraint k ON k.conrelid = c.oid
    WHERE c.relispartition AND k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.conparentid = 0 AND k.coninhcount = 0 AND ${own}`,
  `SELECT CASE WHEN c.relispartition THEN 'column of a partition' ELSE 'inherited column' END, ${title} || '.' || a.attname
    ${from} JOIN pg_inherits i ON i.inhrelid = c.oid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    JOIN pg_attribute b ON b.attrelid = i.inhparent AND b.attname = a.attname AND NOT b.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_attrdef e ON e.adrelid = b.attrelid AND e.adnum = b.attnum
    WHERE c.relkind IN ('r', 'p') AND (c.relispartition OR NOT a.attislocal) AND ${own}
    AND (a.attnotnull <> b.attnotnull
      OR pg_get_expr(d.adbin, d.adrelid) IS DISTINCT FROM pg_get_expr(e.adbin, e.adrelid))`,
]

export async function readUnmodelledOfTables(db: Connection): Promise<readonly UnmodelledObject[]> {
  const { rows } = await db.query<UnmodelledObject>(
    `SELECT kind, name FROM (${questions.join('\nUNION ALL ')}) AS found ORDER BY kind COLLATE "C", name COLLATE "C"`,
  )
  return rows.map(({ kind, name }) => ({ kind, name }))
}
