// What is in a database and no operation makes: named, so that nobody takes it for nothing.

import type { Connection } from '../../../database/types.ts'
import type { UnmodelledKind, UnmodelledObject } from '../../../schema/unmodelled.ts'
import { ownObject, userNamespaces } from './scope.ts'

interface Kind {
  readonly kind: UnmodelledKind
  readonly catalog: string
  readonly name: string
  /** The column of its namespace, where it stands in one. */
  readonly namespace: string | null
  readonly where: string | null
  /** Everything that it is, as one text; null where that is spread too wide. */
  readonly says: string | null
}

const inNamespace = (kind: UnmodelledKind, catalog: string, prefix: string, says: string | null = null): Kind => {
  return { kind, catalog, name: `o.${prefix}name`, namespace: `o.${prefix}namespace`, where: null, says }
}
const alone = (kind: UnmodelledKind, catalog: string, name: string, says: string | null = null): Kind => {
  return { kind, catalog, name, namespace: null, where: null, says }
}
/** What the row itself says, without what is another's in each database. */
const row = (...without: readonly string[]) => `(to_jsonb(o) - '{oid,${without.join(',')}}'::text[])::text`
const words = (...parts: readonly string[]) => `concat_ws(' ', ${parts.join(', ')})`
const listed = (what: string, from: string) => `(SELECT string_agg(${what}, ', ' ORDER BY ${what}) FROM ${from})`

const published = [
  row('pubowner'),
  listed(
    `${words('r.prrelid::regclass', "(to_jsonb(r) - '{oid,prpubid,prrelid}'::text[])")}`,
    'pg_publication_rel r WHERE r.prpubid = o.oid',
  ),
]

const kinds: readonly Kind[] = [
  inNamespace('collation', 'pg_collation', 'coll', row('collnamespace', 'collowner', 'collversion')),
  inNamespace('conversion', 'pg_conversion', 'con'),
  inNamespace(
    'operator',
    'pg_operator',
    'opr',
    words(
      'o.oprleft::regtype',
      'o.oprright::regtype',
      'o.oprcode::regprocedure',
      'o.oprcom::regoperator',
      'o.oprnegate::regoperator',
      'o.oprrest',
      'o.oprjoin',
      'o.oprcanmerge',
      'o.oprcanhash',
    ),
  ),
  inNamespace('operator class', 'pg_opclass', 'opc'),
  inNamespace('operator family', 'pg_opfamily', 'opf'),
  inNamespace(
    'text search configuration',
    'pg_ts_config',
    'cfg',
    words(
      '(SELECT p.prsname FROM pg_ts_parser p WHERE p.oid = o.cfgparser)',
      listed(
        words('m.maptokentype', 'm.mapseqno', 'm.mapdict::regdictionary'),
        'pg_ts_config_map m WHERE m.mapcfg = o.oid',
      ),
    ),
  ),
  inNamespace(
    'text search dictionary',
    'pg_ts_dict',
    'dict',
    words('(SELECT t.tmplname FROM pg_ts_template t WHERE t.oid = o.dicttemplate)', 'o.dictinitoption'),
  ),
  inNamespace('text search parser', 'pg_ts_parser', 'prs'),
  inNamespace('text search template', 'pg_ts_template', 'tmpl'),
  {
    ...inNamespace('base type', 'pg_type', 'typ'),
    where: "o.typtype = 'b' AND o.typsubscript <> 'array_subscript_handler'::regproc",
  },
  {
    ...inNamespace('foreign table', 'pg_class', 'rel'),
    where: "o.relkind = 'f'",
    says: words(
      `(SELECT ${words('s.srvname', 'f.ftoptions')} FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = o.oid)`,
      listed(
        words(
          'lpad(a.attnum::text, 5)',
          'a.attname',
          'format_type(a.atttypid, a.atttypmod)',
          'a.attnotnull',
          'a.attcollation::regcollation',
          'a.attgenerated',
          'a.attfdwoptions',
          'pg_get_expr(d.adbin, d.adrelid)',
        ),
        `pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped`,
      ),
      listed(words('k.conname', 'pg_get_constraintdef(k.oid)'), 'pg_constraint k WHERE k.conrelid = o.oid'),
    ),
  },
  alone('access method', 'pg_am', 'o.amname'),
  alone(
    'cast',
    'pg_cast',
    "format_type(o.castsource, NULL) || ' AS ' || format_type(o.casttarget, NULL)",
    words('o.castfunc::regprocedure', 'o.castcontext', 'o.castmethod'),
  ),
  alone(
    'foreign data wrapper',
    'pg_foreign_data_wrapper',
    'o.fdwname',
    words('o.fdwhandler::regproc', 'o.fdwvalidator::regproc', 'o.fdwoptions'),
  ),
  alone(
    'foreign server',
    'pg_foreign_server',
    'o.srvname',
    words(
      '(SELECT w.fdwname FROM pg_foreign_data_wrapper w WHERE w.oid = o.srvfdw)',
      'o.srvtype',
      'o.srvversion',
      'o.srvoptions',
    ),
  ),
  alone('language', 'pg_language', 'o.lanname'),
  alone('publication', 'pg_publication', 'o.pubname', words(...published)),
  {
    ...alone('subscription', 'pg_subscription', 'o.subname'),
    where: 'o.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())',
  },
  alone('transform', 'pg_transform', 'format_type(o.trftype, NULL)'),
]

function question({ kind, catalog, name, namespace, where, says }: Kind): string {
  const place = namespace === null ? '' : ` JOIN pg_namespace n ON n.oid = ${namespace}`
  const conditions = [
    'o.oid >= 16384',
    ...(namespace === null ? [] : [userNamespaces]),
    ...(where === null ? [] : [where]),
    ownObject(catalog, 'o.oid'),
  ]
  const text = says === null ? 'NULL' : namespace === null ? says : words('n.nspname', says)
  return `SELECT '${kind}' AS kind, (${name})::text AS name, ${text} AS says FROM ${catalog} o${place} WHERE ${conditions.join(' AND ')}`
}

/** States of what is modelled that the model has no word for. */
const states: Partial<Record<UnmodelledKind, string>> = {
  'view column default': `c.relname || '.' || a.attname, ${words('c.oid::regclass', 'pg_get_expr(d.adbin, d.adrelid)')}
    FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid
    JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE c.relkind = 'v' AND d.oid >= 16384`,
  'default privileges': `pg_get_userbyid(d.defaclrole) || ' ' || d.defaclobjtype::text,
    ${words('d.defaclnamespace::regnamespace', listed('g::text', 'unnest(d.defaclacl) g'))} FROM pg_default_acl d`,
  'trigger that is not enabled': `t.tgname::text, ${words('t.tgenabled', 'pg_get_triggerdef(t.oid)')}
    FROM pg_trigger t WHERE t.tgenabled <> 'O' AND NOT t.tgisinternal`,
  'rule that is not enabled': `r.rulename::text, ${words('r.ev_enabled', 'pg_get_ruledef(r.oid)')}
    FROM pg_rewrite r WHERE r.oid >= 16384 AND r.ev_enabled <> 'O'`,
  'event trigger that is not enabled': `e.evtname::text, ${words('e.evtenabled', 'e.evtevent', 'e.evtfoid::regproc', 'e.evttags')}
    FROM pg_event_trigger e WHERE e.evtenabled <> 'O'`,
}

export async function readUnmodelled(db: Connection): Promise<readonly UnmodelledObject[]> {
  const ofStates = Object.entries(states).map(([kind, rest]) => `SELECT '${kind}', ${rest}`)
  const { rows } = await db.query<UnmodelledObject>(
    `SELECT x.kind, x.name, x.says FROM (${[...kinds.map(question), ...ofStates].join('\nUNION ALL ')}) x
    ORDER BY x.kind COLLATE "C", x.name COLLATE "C", x.says COLLATE "C"`,
  )
  return rows
}
