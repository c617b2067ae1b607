// What tables can have that no word of the model stands for: told by kind, so that it is never passed over in silence.

import type { Connection } from '../../../database/types.ts'
import type { UnmodelledKind, UnmodelledObject } from '../../../schema/unmodelled.ts'
import { ownObject, userNamespaces } from './scope.ts'

// Asked once: without a table that has anything from another, half of the questions need no answer.
const someInherit = '(SELECT EXISTS (SELECT FROM pg_inherits))'

interface Question {
  /** The number of a relation, what of it, and all that is to be said of it. */
  readonly select: string
  readonly from: string
}

/** Columns that differ from those of the table that they come from. */
const differing = (whose: string): Question => ({
  select: `c.oid, a.attname, concat_ws(' ', a.attnotnull, pg_get_expr(d.adbin, d.adrelid))`,
  from: `pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    JOIN pg_attribute b ON b.attrelid = i.inhparent AND b.attname = a.attname AND NOT b.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_attrdef e ON e.adrelid = b.attrelid AND e.adnum = b.attnum
    WHERE ${someInherit} AND c.relkind IN ('r', 'p') AND ${whose}
    AND (a.attnotnull <> b.attnotnull
      OR pg_get_expr(d.adbin, d.adrelid) IS DISTINCT FROM pg_get_expr(e.adbin, e.adrelid))`,
})

/** Partitions have columns, keys and indexes from their table; what is their own is not compared. */
const questions: Partial<Record<UnmodelledKind, Question>> = {
  'typed table': {
    select: 'c.oid, NULL::name, c.reloftype::regtype::text',
    from: "pg_class c WHERE c.reloftype <> 0 AND c.relkind IN ('r', 'p')",
  },
  tablespace: {
    select: 'c.oid, NULL, s.spcname',
    from: "pg_class c JOIN pg_tablespace s ON s.oid = c.reltablespace WHERE c.relkind IN ('r', 'p', 'i', 'I', 'm')",
  },
  'clustered index': {
    select: 'i.indexrelid, NULL, pg_get_indexdef(i.indexrelid)',
    from: 'pg_index i WHERE i.indisclustered',
  },
  'statistics of an index': {
    select: 'a.attrelid, a.attname, a.attstattarget::text',
    from: "pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE a.attstattarget >= 0 AND c.relkind IN ('i', 'I')",
  },
  'index of a partition': {
    select: 'c.oid, NULL, pg_get_indexdef(c.oid)',
    from: `pg_class c JOIN pg_index i ON i.indexrelid = c.oid
    JOIN pg_class t ON t.oid = i.indrelid WHERE ${someInherit} AND t.relispartition AND NOT c.relispartition
    AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.conrelid = t.oid)`,
  },
  'constraint of a partition': {
    select: `c.oid, k.conname, pg_get_constraintdef(k.oid)`,
    from: `pg_class c JOIN pg_constraint k ON k.conrelid = c.oid
    WHERE ${someInherit} AND c.relispartition AND k.contype IN ('p', 'u', 'f', 'c', 'x')
    AND k.conparentid = 0 AND k.coninhcount = 0`,
  },
  'column of a partition': differing('c.relispartition'),
  'inherited column': differing('NOT c.relispartition AND NOT a.attislocal'),
}

export async function readUnmodelledOfTables(db: Connection): Promise<readonly UnmodelledObject[]> {
  const found = Object.entries(questions).map(
    ([kind, { select, from }]) =>
      `SELECT '${kind}' AS kind, f.* FROM (SELECT ${select} FROM ${from}) f (oid, part, says)`,
  )
  const { rows } = await db.query<UnmodelledObject>(
    `SELECT f.kind, concat_ws('.', n.nspname, c.relname, f.part) AS name, f.says
    FROM (${found.join('\nUNION ALL ')}) AS f JOIN pg_class c ON c.oid = f.oid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${userNamespaces} AND ${ownObject('pg_class', 'c.oid')} ORDER BY f.kind COLLATE "C", n.nspname COLLATE "C", c.relname COLLATE "C", f.part COLLATE "C"`,
  )
  return rows.map(({ kind, name, says }) => ({ kind, name, says }))
}
