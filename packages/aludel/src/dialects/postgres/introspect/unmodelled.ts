// What is in a database and no operation makes: named, so that nobody takes it for nothing.

import type { Connection } from '../../../database/types.ts'
import type { UnmodelledObject } from '../../../schema/catalogue.ts'
import { ownObject, userNamespaces } from './scope.ts'

interface Kind {
  readonly kind: string
  readonly catalog: string
  readonly name: string
  /** The column of its namespace, where it stands in one. */
  readonly namespace: string | null
  readonly where: string | null
}

const inNamespace = (kind: string, catalog: string, prefix: string): Kind => {
  return { kind, catalog, name: `o.${prefix}name`, namespace: `o.${prefix}namespace`, where: null }
}
const alone = (kind: string, catalog: string, name: string, where: string | null = null): Kind => {
  return { kind, catalog, name, namespace: null, where }
}

const kinds: readonly Kind[] = [
  inNamespace('collation', 'pg_collation', 'coll'),
  inNamespace('conversion', 'pg_conversion', 'con'),
  inNamespace('operator', 'pg_operator', 'opr'),
  inNamespace('operator class', 'pg_opclass', 'opc'),
  inNamespace('operator family', 'pg_opfamily', 'opf'),
  inNamespace('text search configuration', 'pg_ts_config', 'cfg'),
  inNamespace('text search dictionary', 'pg_ts_dict', 'dict'),
  inNamespace('text search parser', 'pg_ts_parser', 'prs'),
  inNamespace('text search template', 'pg_ts_template', 'tmpl'),
  {
    ...inNamespace('base type', 'pg_type', 'typ'),
    where: "o.typtype = 'b' AND o.typsubscript <> 'array_subscript_handler'::regproc",
  },
  { ...inNamespace('foreign table', 'pg_class', 'rel'), where: "o.relkind = 'f'" },
  alone('access method', 'pg_am', 'o.amname'),
  alone('cast', 'pg_cast', "format_type(o.castsource, NULL) || ' AS ' || format_type(o.casttarget, NULL)"),
  alone('foreign data wrapper', 'pg_foreign_data_wrapper', 'o.fdwname'),
  alone('foreign server', 'pg_foreign_server', 'o.srvname'),
  alone('language', 'pg_language', 'o.lanname'),
  alone('publication', 'pg_publication', 'o.pubname'),
  alone(
    'subscription',
    'pg_subscription',
    'o.subname',
    'o.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())',
  ),
  alone('transform', 'pg_transform', 'format_type(o.trftype, NULL)'),
]

function question({ kind, catalog, name, namespace, where }: Kind): string {
  const place = namespace === null ? '' : ` JOIN pg_namespace n ON n.oid = ${namespace}`
  const conditions = [
    'o.oid >= 16384',
    ...(namespace === null ? [] : [userNamespaces]),
    ...(where === null ? [] : [where]),
    ownObject(catalog, 'o.oid'),
  ]
  return `SELECT '${kind}' AS kind, (${name})::text AS name FROM ${catalog} o${place} WHERE ${conditions.join(' AND ')}`
}

/** States of what is modelled that the model has no word for. */
const states = [
  `SELECT 'view column default', c.relname || '.' || a.attname FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid
    JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE c.relkind = 'v' AND d.oid >= 16384`,
  `SELECT 'default privileges', pg_get_userbyid(d.defaclrole) || ' ' || d.defaclobjtype::text FROM pg_default_acl d`,
  `SELECT 'trigger that is not enabled', t.tgname::text FROM pg_trigger t WHERE t.tgenabled <> 'O' AND NOT t.tgisinternal`,
  `SELECT 'rule that is not enabled', r.rulename FROM pg_rewrite r WHERE r.oid >= 16384 AND r.ev_enabled <> 'O'`,
  `SELECT 'event trigger that is not enabled', e.evtname FROM pg_event_trigger e WHERE e.evtenabled <> 'O'`,
]

export async function readUnmodelled(db: Connection): Promise<readonly UnmodelledObject[]> {
  const { rows } = await db.query<UnmodelledObject>(
    `SELECT x.kind, x.name FROM (${[...kinds.map(question), ...states].join('\nUNION ALL ')}) x ORDER BY x.kind COLLATE "C", x.name COLLATE "C"`,
  )
  return rows
}
