// What runs by itself: triggers, rules, event triggers; and statistics, which are known by their whole text like them.

import type { Connection } from '../../../database/types.ts'
import type { DefinedObject, Trigger } from '../../../schema/object-model.ts'
import { namespacePrefix, printedProgram, printedQuery, withoutPrefix } from './printed.ts'
import { ownObject, userNamespaces } from './scope.ts'

interface OnTableRow {
  readonly namespace: string | null
  readonly table: string
  readonly name: string
  readonly text: string
}

/** Of a table's own triggers; keys have others, and partitions have copies of their parent's. */
export async function readTriggers(db: Connection): Promise<readonly Trigger[]> {
  const { rows } =
    await db.query<OnTableRow>(`SELECT nullif(n.nspname, current_schema()) AS namespace, c.relname AS table,
      t.tgname AS name, pg_get_triggerdef(t.oid, true) AS text
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND ${userNamespaces} AND ${ownObject('pg_class', 'c.oid')}
      AND ${ownObject('pg_trigger', 't.oid')}
    ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", t.tgname COLLATE "C"`)
  return rows.map(({ namespace, table, name, text }) => {
    return { kind: 'trigger', namespace, name, table: { namespace, name: table }, text: printedQuery(text) }
  })
}

export async function readRules(db: Connection): Promise<readonly DefinedObject[]> {
  const { rows } =
    await db.query<OnTableRow>(`SELECT nullif(n.nspname, current_schema()) AS namespace, c.relname AS table,
      r.rulename AS name, pg_get_ruledef(r.oid, true) AS text
    FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE r.oid >= 16384 AND r.rulename <> '_RETURN' AND ${userNamespaces} AND ${ownObject('pg_class', 'c.oid')}
    ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", r.rulename COLLATE "C"`)
  return rows.map(({ namespace, table, name, text }) => {
    const on = { namespace, name: table }
    return { kind: 'defined', type: 'rule', namespace, name, table: on, text: printedQuery(text) }
  })
}

interface TextRow {
  readonly namespace: string | null
  readonly name: string
  readonly text: string
}

export async function readEventTriggers(db: Connection): Promise<readonly DefinedObject[]> {
  const { rows } = await db.query<TextRow>(`SELECT NULL AS namespace, v.evtname AS name,
      format('CREATE EVENT TRIGGER %I ON %s', v.evtname, v.evtevent)
        || coalesce(' WHEN TAG IN (' || (SELECT string_agg(quote_literal(tag), ', ' ORDER BY place)
          FROM unnest(v.evttags) WITH ORDINALITY x (tag, place)) || ')', '')
        || format(' EXECUTE FUNCTION %s()', v.evtfoid::regproc) AS text
    FROM pg_event_trigger v WHERE ${ownObject('pg_event_trigger', 'v.oid')} ORDER BY v.evtname COLLATE "C"`)
  return rows.map(({ name, text }) => definedOf('event trigger', { namespace: null, name, text }))
}

export async function readStatistics(db: Connection): Promise<readonly DefinedObject[]> {
  const { rows } = await db.query<
    TextRow & { readonly prefix: string | null }
  >(`SELECT nullif(n.nspname, current_schema()) AS namespace, s.stxname AS name,
      ${namespacePrefix}, pg_get_statisticsobjdef(s.oid) AS text
    FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
    WHERE ${userNamespaces} AND ${ownObject('pg_statistic_ext', 's.oid')}
    ORDER BY n.nspname COLLATE "C", s.stxname COLLATE "C"`)
  return rows.map((row) => definedOf('statistics', { ...row, text: withoutPrefix(row.text, row.prefix) }))
}

function definedOf(type: string, { namespace, name, text }: TextRow): DefinedObject {
  return { kind: 'defined', type, namespace, name, table: null, text: printedProgram(text) }
}
