// A PostgreSQL database as lines, by its own printing functions: where there is no pg_dump for the server.

import type { Connection } from '../../packages/aludel/src/database/types.ts'

const users = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
const notOf = (catalog: string, oid: string) =>
  `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`

/** Rights that nobody has spoken of are the owner's, and the same as those that were spoken of and put back. */
const rights = (granted: string, letter: string, owner: string) =>
  `(SELECT array_agg(g::text ORDER BY g::text) FROM unnest(coalesce(${granted}, acldefault(${letter}, ${owner}))) g)`

const relations = `SELECT concat_ws(' ', 'relation', c.oid::regclass, c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity,
    c.reloptions, ${rights('c.relacl', `CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END`, 'c.relowner')}, c.relreplident, pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),
    (SELECT array_agg(i.inhparent::regclass ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = c.oid),
    CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
    (SELECT concat_ws(' ', s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmax, s.seqmin, s.seqcache, s.seqcycle) FROM pg_sequence s WHERE s.seqrelid = c.oid)) AS line
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${users} AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ${notOf('pg_class', 'c.oid')}`

const columns = `SELECT concat_ws(' ', 'column', c.oid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
    a.attgenerated, pg_get_expr(d.adbin, d.adrelid), a.attcollation::regcollation, a.attcompression, a.attstorage, a.attstattarget, ${rights('a.attacl', "'c'", 'c.relowner')})
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE ${users} AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f', 'c') AND ${notOf('pg_class', 'c.oid')}`

const constraints = `SELECT concat_ws(' ', 'constraint', o.conrelid::regclass, o.contypid::regtype, o.conname, pg_get_constraintdef(o.oid), o.convalidated)
  FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace WHERE ${users}`

const indexes = `SELECT concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisclustered, i.indisreplident)
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${users}`

const functions = `SELECT concat_ws(' ', 'function', p.oid::regprocedure, ${rights('p.proacl', "'f'", 'p.proowner')}, CASE WHEN p.prokind = 'a'
      THEN (SELECT concat_ws(' ', g.aggtransfn, g.aggfinalfn, g.aggtranstype::regtype, g.agginitval) FROM pg_aggregate g WHERE g.aggfnoid = p.oid)
      ELSE pg_get_functiondef(p.oid) END)
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${users} AND ${notOf('pg_proc', 'p.oid')}`

const triggers = `SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), t.tgenabled) FROM pg_trigger t WHERE NOT t.tgisinternal`

const policies = `SELECT concat_ws(' ', 'policy', p.polrelid::regclass, p.polname, p.polcmd, p.polpermissive,
    (SELECT array_agg(r::regrole ORDER BY r::regrole::text) FROM unnest(p.polroles) r WHERE r <> 0), pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
  FROM pg_policy p`

const types = `SELECT concat_ws(' ', 'type', t.oid::regtype, t.typtype, ${rights('t.typacl', "'T'", 't.typowner')}, t.typnotnull, format_type(t.typbasetype, t.typtypmod), t.typdefault, t.typcollation::regcollation,
    (SELECT array_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid),
    (SELECT concat_ws(' ', r.rngsubtype::regtype, r.rngcollation::regcollation) FROM pg_range r WHERE r.rngtypid = t.oid))
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE ${users} AND t.typtype IN ('e', 'd', 'r', 'c') AND ${notOf('pg_type', 't.oid')}
    AND (t.typrelid = 0 OR EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))`

const others = `SELECT concat_ws(' ', 'namespace', n.nspname, ${rights('n.nspacl', "'n'", 'n.nspowner')}) FROM pg_namespace n WHERE ${users}
  UNION ALL SELECT concat_ws(' ', 'extension', x.extname, x.extnamespace::regnamespace) FROM pg_extension x
  UNION ALL SELECT concat_ws(' ', 'rule', pg_get_ruledef(r.oid)) FROM pg_rewrite r WHERE r.rulename <> '_RETURN' AND r.oid >= 16384
  UNION ALL SELECT concat_ws(' ', 'statistics', pg_get_statisticsobjdef(s.oid)) FROM pg_statistic_ext s
  UNION ALL SELECT concat_ws(' ', 'defaults', d.defaclrole::regrole, d.defaclnamespace::regnamespace, d.defaclobjtype, d.defaclacl) FROM pg_default_acl d
  UNION ALL SELECT concat_ws(' ', 'comment', pg_describe_object(d.classoid, d.objoid, d.objsubid), d.description) FROM pg_description d WHERE d.objoid >= 16384
  UNION ALL SELECT concat_ws(' ', 'owner', d.classid::regclass, pg_describe_object(d.classid, d.objid, d.objsubid), d.refobjid::regrole) FROM pg_shdepend d
    WHERE d.deptype = 'o' AND d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND d.refobjid <> current_user::regrole`

/** The order of columns and of what was made first is not among them. */
export async function describeCatalogue(db: Connection): Promise<readonly string[]> {
  const parts = [relations, columns, constraints, indexes, functions, triggers, policies, types, others]
  const { rows } = await db.query<{ line: string }>(parts.join('\nUNION ALL '))
  return rows.map(({ line }) => line).sort()
}
