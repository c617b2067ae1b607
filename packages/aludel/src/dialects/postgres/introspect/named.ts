// What the catalog calls by a class and a number, under its name.

import type { ObjectRef } from '../../../schema/object-ref.ts'
import { argumentTypes } from './routines.ts'

export interface NamedObject {
  /** Null for what the model has no name for. */
  readonly kind: string | null
  readonly namespace: string | null
  readonly name: string | null
  readonly part: string | null
}

/** A query of no or one row; the three are expressions of its surroundings. */
export function namesOf(classId: string, objectId: string, part: string): string {
  const row = (kind: string, name: string, own: string) =>
    `SELECT ${kind} AS kind, nullif(n.nspname, current_schema()) AS namespace, ${name} AS name, ${own} AS part`
  const at = (catalog: string, oid: string) => `${classId} = '${catalog}'::regclass AND ${oid} = ${objectId}`
  const relation = (oid: string) => `JOIN pg_class c ON c.oid = ${oid} JOIN pg_namespace n ON n.oid = c.relnamespace`
  const column = `(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = ${part})`
  return [
    // A relation, or a column of one.
    `${row(`CASE WHEN ${part} > 0 THEN 'column' ELSE ${relationKind} END`, 'c.relname', `CASE WHEN ${part} > 0 THEN ${column} END`)}
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind NOT IN ('i', 'I') AND ${at('pg_class', 'c.oid')}`,
    `${row("'index'", 'c.relname', 'x.relname')} FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid ${relation('i.indrelid')} WHERE ${at('pg_class', 'i.indexrelid')}`,
    `${row("'function'", 'p.proname', argumentTypes)} FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${at('pg_proc', 'p.oid')}`,
    `${row("'constraint'", 'c.relname', 'k.conname')} FROM pg_constraint k ${relation('k.conrelid')} WHERE ${at('pg_constraint', 'k.oid')}`,
    `${row("'constraint'", 't.typname', 'k.conname')} FROM pg_constraint k JOIN pg_type t ON t.oid = k.contypid JOIN pg_namespace n ON n.oid = t.typnamespace WHERE ${at('pg_constraint', 'k.oid')}`,
    `${row("'trigger'", 'c.relname', 't.tgname')} FROM pg_trigger t ${relation('t.tgrelid')} WHERE ${at('pg_trigger', 't.oid')}`,
    `${row("'policy'", 'c.relname', 'p.polname')} FROM pg_policy p ${relation('p.polrelid')} WHERE ${at('pg_policy', 'p.oid')}`,
    // The query of a view is a rule of it.
    `${row(`CASE WHEN r.rulename = '_RETURN' THEN ${relationKind} ELSE 'object' END`, 'c.relname', "CASE WHEN r.rulename <> '_RETURN' THEN 'rule ON ' || r.rulename END")}
      FROM pg_rewrite r ${relation('r.ev_class')} WHERE ${at('pg_rewrite', 'r.oid')}`,
    `${row("'column'", 'c.relname', 'a.attname')} FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum ${relation('d.adrelid')} WHERE ${at('pg_attrdef', 'd.oid')}`,
    // A type: of a relation's rows, of several values, or of its own.
    `${row(typeKind, 'coalesce(c.relname, t.typname)', "CASE WHEN t.typtype IN ('r', 'm') THEN 'type' END")}
      FROM pg_type y JOIN pg_type t ON t.oid = CASE WHEN y.typelem <> 0 AND y.typsubscript = 'array_subscript_handler'::regproc THEN y.typelem ELSE y.oid END
      LEFT JOIN pg_class c ON c.oid = t.typrelid JOIN pg_namespace n ON n.oid = t.typnamespace WHERE ${at('pg_type', 'y.oid')}`,
    `SELECT 'namespace', NULL, s.nspname, NULL FROM pg_namespace s WHERE ${at('pg_namespace', 's.oid')}`,
    `SELECT 'extension', NULL, e.extname, NULL FROM pg_extension e WHERE ${at('pg_extension', 'e.oid')}`,
    `SELECT 'object', NULL, e.evtname, 'event trigger' FROM pg_event_trigger e WHERE ${at('pg_event_trigger', 'e.oid')}`,
    `${row("'object'", 's.stxname', "'statistics'")} FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE ${at('pg_statistic_ext', 's.oid')}`,
  ].join('\nUNION ALL ')
}

const relationKind = `CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'v' THEN 'view'
  WHEN 'm' THEN 'materializedView' WHEN 'S' THEN 'sequence' WHEN 'c' THEN 'compositeType' END`

const typeKind = `CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'c' THEN ${relationKind} WHEN 'r' THEN 'object' WHEN 'm' THEN 'object' END`

export function refOfName({ kind, namespace, name, part }: NamedObject): ObjectRef | null {
  return kind === null || name === null ? null : { kind: kind as ObjectRef['kind'], namespace, name, part }
}
