// Names as a statement gives them, and those that PostgreSQL gives where a statement gives none.

import type { Node, RangeVar } from 'libpg-query'
import { constraintsOf } from '../../../ops/parts.ts'
import { findTable, sameName } from '../../../schema/lookup.ts'
import type { Schema, Table, TableName } from '../../../schema/model.ts'
import { known, unclear, without } from './source.ts'

// Which namespace a name without one is looked for in is the server's to say; it is this one nearly everywhere.
const usualNamespace = 'public'
const systemNamespace = /^(?:pg_.*|information_schema)$/

export function namespaceOf(name: string | null | undefined): string | null {
  if (name === null || name === undefined || name === usualNamespace) return null
  return systemNamespace.test(name) ? unclear() : name
}

export function relationName(relation: RangeVar | undefined): TableName {
  const { catalogname, schemaname, relname, relpersistence } = known(relation)
  without(catalogname, relpersistence === 't')
  return { namespace: namespaceOf(schemaname), name: known(relname) }
}

export function textOf(node: Node | undefined): string {
  return node !== undefined && 'String' in node ? (node.String.sval ?? '') : unclear()
}

export function textsOf(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).map(textOf)
}

/** A name that is given as a list of its steps. */
export function pathName(nodes: readonly Node[] | undefined): TableName {
  const path = textsOf(nodes)
  return path.length > 2 ? unclear() : { namespace: namespaceOf(path.at(-2)), name: known(path.at(-1)) }
}

export function nodesIn(node: Node | undefined): readonly Node[] {
  return node !== undefined && 'List' in node ? (node.List.items ?? []) : unclear()
}

/** The table, where it is known and every change of it stays its own. */
export function knownTable(before: Schema, at: TableName): Table {
  const table = known(findTable(before, at))
  const isShared = before.objects.some(
    (object) => object.kind === 'partition' && (sameName(object, at) || sameName(object.parent, at)),
  )
  return isShared || table.postgres?.partitionBy ? unclear() : table
}

export function relationNames(before: Schema, namespace: string | null): ReadonlySet<string> {
  const relations = before.objects.filter(({ kind }) => ['view', 'materializedView', 'sequence'].includes(kind))
  const tables = before.tables.filter((table) => table.namespace === namespace)
  return new Set([
    ...[...relations, ...tables].filter((one) => one.namespace === namespace).map(({ name }) => name),
    ...tables.flatMap((table) => table.indexes.map(({ name }) => name)),
    ...tables.flatMap((table) => constraintsOf(table).filter(hasIndex).flatMap(nameIn)),
  ])
}

export function constraintNames(before: Schema, namespace: string | null): ReadonlySet<string> {
  const tables = before.tables.filter((table) => table.namespace === namespace)
  return new Set(tables.flatMap((table) => constraintsOf(table).flatMap(nameIn)))
}

type Constraint = ReturnType<typeof constraintsOf>[number]

function hasIndex({ type }: Constraint): boolean {
  return type === 'primaryKey' || type === 'unique' || type === 'exclude'
}

function nameIn({ value }: Constraint): readonly string[] {
  return value.name === null ? [] : [value.name]
}

export type NameKind = 'pkey' | 'key' | 'fkey' | 'check' | 'idx'

/** The name that the server gives to something on a table that was given none (ChooseRelationName, ChooseConstraintName). */
export function usualName(before: Schema, table: TableName, columns: readonly string[], kind: NameKind): string {
  const { namespace } = table
  const taken = new Set([
    ...(kind === 'idx' ? [] : constraintNames(before, namespace)),
    ...(kind === 'check' || kind === 'fkey' ? [] : relationNames(before, namespace)),
  ])
  const body = columns.length === 0 ? table.name : `${table.name}_${columns.join('_')}`
  const named = (count: number) => `${body}_${kind}${count === 0 ? '' : count}`
  let count = 0
  while (taken.has(named(count))) count += 1
  return fitting(named(count))
}

/** The name itself; unclear where the server would cut it. */
export function fitting(name: string): string {
  return Buffer.byteLength(name) > 63 ? unclear() : name
}
