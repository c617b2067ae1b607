// Which part of a database is read, as conditions on the catalog.

import type { Scope } from '../../dialect.ts'
import { literal } from '../literal.ts'

/** Namespaces that are the server's own, or a session's. */
export const userNamespaces = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"

/** True of what no extension brought; `catalog` is the table that the object's row is in. */
export function ownObject(catalog: string, oid: string): string {
  return `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.objsubid = 0 AND e.deptype = 'e')`
}

/** A condition on relations (`c`) and their namespaces (`n`). A table that has a wanted enumeration is wanted too. */
export function wantedTables(scope: Scope): string {
  const kinds = "c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'"
  const own = `${kinds} AND ${userNamespaces} AND ${ownObject('pg_class', 'c.oid')}`
  if (scope === 'all') return own
  const tables = scope.objects.filter(({ kind }) => kind !== 'enum' && kind !== 'namespace')
  const named = isNamed('n.nspname', 'c.relname', tables)
  const having = `c.oid IN (SELECT a.attrelid FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid JOIN pg_namespace m ON m.oid = t.typnamespace
    WHERE t.typtype = 'e' AND a.attnum > 0 AND NOT a.attisdropped AND ${isNamed('m.nspname', 't.typname', enumsOf(scope))})`
  return `${own} AND (${named} OR ${having})`
}

/** A condition on types (`t`) and their namespaces (`n`): those asked for, and those that the tables' columns have. */
export function wantedEnums(scope: Scope, tables: readonly number[]): string {
  const own = `t.typtype = 'e' AND ${userNamespaces} AND ${ownObject('pg_type', 't.oid')}`
  if (scope === 'all') return own
  const used = `t.oid IN (SELECT a.atttypid FROM pg_attribute a WHERE ${isOneOf('a.attrelid', tables)})`
  return `${own} AND (${isNamed('n.nspname', 't.typname', enumsOf(scope))} OR ${used})`
}

function enumsOf(scope: Scope): readonly Named[] {
  return scope === 'all' ? [] : scope.objects.filter(({ kind }) => kind === 'enum')
}

interface Named {
  readonly namespace: string | null
  readonly name: string
}

function isNamed(namespaceColumn: string, nameColumn: string, objects: readonly Named[]): string {
  if (objects.length === 0) return 'false'
  const pairs = objects.map(
    ({ namespace, name }) => `(${namespace === null ? 'current_schema()' : literal(namespace)}, ${literal(name)})`,
  )
  return `(${namespaceColumn}, ${nameColumn}) IN (${[...new Set(pairs)].join(', ')})`
}

export function isOneOf(column: string, oids: readonly number[]): string {
  return `${column} = ANY ('{${oids.join(',')}}'::oid[])`
}
