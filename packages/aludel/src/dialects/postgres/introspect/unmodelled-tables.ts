// What tables can have that no word of the model stands for: told by kind, so that it is never passed over in silence.

import type { Connection } from '../../../database/types.ts'
import type { UnmodelledObject } from '../../../schema/catalogue.ts'
import { ownObject, userNamespaces } from './scope.ts'

// Asked once: without a table that has anything from another, half of the questions need no answer.
const someInherit = '(SELECT EXISTS (SELECT FROM pg_inherits))'

/** Partitions have columns, keys and indexes from their table; what is their own is not compared. */
const questions: readonly string[] = [
  `SELECT 'typed table' AS kind, c.oid, NULL::name AS part FROM pg_class c WHERE c.reloftype <> 0 AND c.relkind IN ('r', 'p')`,
  `SELECT 'tablespace', c.oid, NULL FROM pg_class c WHERE c.reltablespace <> 0 AND c.relkind IN ('r', 'p', 'i', 'I', 'm')`,
  `SELECT 'clustered index', i.indexrelid, NULL FROM pg_index i WHERE i.indisclustered`,
  `SELECT 'statistics of an index', a.attrelid, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE a.attstattarget >= 0 AND c.relkind IN ('i', 'I')`,
  `SELECT 'index of a partition', c.oid, NULL FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
    JOIN pg_class t ON t.oid = i.indrelid WHERE ${someInherit} AND t.relispartition AND NOT c.relispartition
    AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.conrelid = t.oid)`,
  `SELECT 'constraint of a partition', c.oid, k.conname FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid
    WHERE ${someInherit} AND c.relispartition AND k.contype IN ('p', 'u', 'f', 'c', 'x')
    AND k.conparentid = 0 AND k.coninhcount = 0`,
  `SELECT CASE WHEN c.relispartition THEN 'column of a partition' ELSE 'inherited column' END, c.oid, a.attname
    FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    JOIN pg_attribute b ON b.attrelid = i.inhparent AND b.attname = a.attname AND NOT b.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_attrdef e ON e.adrelid = b.attrelid AND e.adnum = b.attnum
    WHERE ${someInherit} AND c.relkind IN ('r', 'p') AND (c.relispartition OR NOT a.attislocal)
    AND (a.attnotnull <> b.attnotnull
      OR pg_get_expr(d.adbin, d.adrelid) IS DISTINCT FROM pg_get_expr(e.adbin, e.adrelid))`,
]

export async function readUnmodelledOfTables(db: Connection): Promise<readonly UnmodelledObject[]> {
  const { rows } = await db.query<UnmodelledObject>(
    `SELECT f.kind, concat_ws('.', n.nspname, c.relname, f.part) AS name
    FROM (${questions.join('\nUNION ALL ')}) AS f JOIN pg_class c ON c.oid = f.oid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${userNamespaces} AND ${ownObject('pg_class', 'c.oid')} ORDER BY f.kind COLLATE "C", n.nspname COLLATE "C", c.relname COLLATE "C", f.part COLLATE "C"`,
  )
  return rows.map(({ kind, name }) => ({ kind, name }))
}
