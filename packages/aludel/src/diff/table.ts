// What changes inside one table that both schemas have.

import type { ColumnChange, Op, TableSettings } from '../ops/operations.ts'
import { creationOf, type FoundConstraint, selectorOf } from '../ops/parts.ts'
import { sameData } from '../schema/canonical.ts'
import { namesIdentifier } from '../schema/identifiers.ts'
import { plainPostgresTable } from '../schema/keys.ts'
import { findEnum } from '../schema/lookup.ts'
import {
  type Column,
  type ColumnType,
  type PostgresTable,
  plainSqliteTable,
  type Schema,
  type SqliteTable,
  type Table,
  type TableName,
} from '../schema/model.ts'
import { type MysqlTable, plainMysqlTable } from '../schema/mysql-model.ts'
import { constraintChanges } from './constraints.ts'

/** The operations by the time at which they run; the parts of all tables run together. */
export interface TableChange {
  readonly foreignKeyDrops: readonly Op[]
  /** Columns that give up numbering their rows, while the key that it needs is still there. */
  readonly identityDrops: readonly Op[]
  /** Indexes, checks, uniques and primary keys that go. */
  readonly drops: readonly Op[]
  /** Columns that come or change, and the table's comment. */
  readonly columns: readonly Op[]
  readonly columnDrops: readonly Op[]
  /** Primary keys, uniques, checks and indexes that come. */
  readonly creations: readonly Op[]
  /** Columns that begin to number their rows, once the key that it needs is there. */
  readonly identities: readonly Op[]
  readonly foreignKeyCreations: readonly Op[]
}

const unchanged: TableChange = {
  foreignKeyDrops: [],
  identityDrops: [],
  drops: [],
  columns: [],
  columnDrops: [],
  creations: [],
  identities: [],
  foreignKeyCreations: [],
}

export function tableChange(before: Table, after: Table, schema: Schema): TableChange {
  return sameData(before, after) ? unchanged : differences(before, after, schema)
}

function differences(before: Table, after: Table, schema: Schema): TableChange {
  const table: TableName = { namespace: after.namespace, name: after.name }
  const constraints = constraintChanges(before, after)
  const isForeignKey = (found: FoundConstraint) => found.type === 'foreignKey'
  const drop = (found: FoundConstraint): Op => ({
    kind: 'dropConstraint',
    table,
    constraint: selectorOf(found),
    type: found.type,
    ifExists: false,
  })
  const indexes = indexChanges(before, after, table)
  const identities = identityChanges(before, after, table)
  const added = numberedWithKey(after, before, constraints.come)
  const dropped = numberedWithKey(before, after, constraints.gone)
  const gone = constraints.gone.filter((found) => !isForeignKey(found) && found !== dropped?.key).toReversed()
  const come = constraints.come.filter((found) => !isForeignKey(found) && found !== added?.key)
  const dropColumn = ({ name }: Column): Op => ({ kind: 'dropColumn', table, column: name, ifExists: false })
  const withKey = dropped === null ? [] : [drop(dropped.key), dropColumn(dropped.column)]
  const columnsGone = before.columns.filter((column) => !after.columns.some((one) => one.name === column.name))
  return {
    foreignKeyDrops: constraints.gone.filter(isForeignKey).map(drop),
    identityDrops: identities.lost,
    drops: [...indexes.drops, ...gone.map(drop), ...withKey],
    columns: [
      ...settings(before, after, table),
      ...comments(before, after, table),
      ...columnChanges({ before, after, table, schema, added }),
    ],
    columnDrops: computedFirst(columnsGone.filter((column) => column !== dropped?.column)).map(dropColumn),
    creations: [...come.map((found) => creationOf(table, found)), ...indexes.creations, ...constraints.altered],
    identities: identities.gained,
    foreignKeyCreations: constraints.come.filter(isForeignKey).map((found) => creationOf(table, found)),
  }
}

interface NumberedColumn {
  readonly column: Column
  readonly key: FoundConstraint
}

/**
 * A numbered column that only one of two tables has, with the key that begins with it: some engines take neither
 * without the other, so the two operations stay neighbours.
 */
function numberedWithKey(table: Table, other: Table, constraints: readonly FoundConstraint[]): NumberedColumn | null {
  const own = table.columns.filter(
    (column) => column.identity !== null && !other.columns.some((one) => one.name === column.name),
  )
  const expressions = table.columns.flatMap((column) =>
    column.generated === null ? [] : [column.generated.expression],
  )
  for (const column of own) {
    if (expressions.some((expression) => namesIdentifier(expression, column.name))) continue
    const key = constraints.find(
      (found) => (found.type === 'primaryKey' || found.type === 'unique') && found.value.columns[0] === column.name,
    )
    if (key !== undefined) return { column, key }
  }
  return null
}

/** Columns on both sides of which only one numbers its rows. */
function identityChanges(
  before: Table,
  after: Table,
  table: TableName,
): { readonly lost: readonly Op[]; readonly gained: readonly Op[] } {
  const changesDefault = (name: string) => {
    const [old, wanted] = [before, after].map(({ columns }) => columns.find((column) => column.name === name))
    return !sameData(old?.default, wanted?.default)
  }
  const pairs = after.columns.flatMap((column) => {
    const old = before.columns.find((one) => one.name === column.name)
    return old === undefined || (old.identity === null) === (column.identity === null) ? [] : [column]
  })
  // What a column took its numbers from goes with the same word.
  const change = ({ name, identity, default: value }: Column): Op => ({
    kind: 'alterColumn',
    table,
    column: name,
    set: identity !== null && changesDefault(name) ? { default: value, identity } : { identity },
    using: null,
  })
  return {
    lost: pairs.filter((column) => column.identity === null).map(change),
    gained: pairs.filter((column) => column.identity !== null).map(change),
  }
}

function indexChanges(
  before: Table,
  after: Table,
  table: TableName,
): { readonly drops: readonly Op[]; readonly creations: readonly Op[] } {
  const stays = (name: string) => {
    const [old, wanted] = [before, after].map((one) => one.indexes.find((index) => index.name === name))
    return old !== undefined && wanted !== undefined && sameData(old, wanted)
  }
  return {
    drops: before.indexes
      .filter((index) => !stays(index.name))
      .map((index) => ({
        kind: 'dropIndex',
        table,
        name: index.name,
        ifExists: false,
        concurrently: index.postgres?.concurrently ?? false,
      })),
    creations: after.indexes
      .filter((index) => !stays(index.name))
      .map((index) => ({ kind: 'createIndex', table, index, ifNotExists: false })),
  }
}

function comments(before: Table, after: Table, table: TableName): readonly Op[] {
  return before.comment === after.comment ? [] : [{ kind: 'createTableComment', table, comment: after.comment }]
}

/** What one engine alone knows of a table. */
function settings(before: Table, after: Table, table: TableName): readonly Op[] {
  const set: TableSettings = {
    ...postgresSettings(before.postgres, after.postgres),
    ...mysqlSettings(before.mysql, after.mysql),
    ...sqliteSettings(before.sqlite, after.sqlite),
  }
  return Object.keys(set).length === 0 ? [] : [{ kind: 'alterTable', table, set }]
}

const postgresKeys = ['unlogged', 'inherits', 'with', 'accessMethod', 'replicaIdentity'] as const

function postgresSettings(before: PostgresTable | null, after: PostgresTable | null): Pick<TableSettings, 'postgres'> {
  const [old, wanted] = [
    { ...plainPostgresTable, ...before },
    { ...plainPostgresTable, ...after },
  ]
  const differing = postgresKeys.filter((key) => !sameData(old[key], wanted[key]))
  if (differing.length === 0) return {}
  return { postgres: Object.fromEntries(differing.map((key) => [key, wanted[key]])) }
}

function mysqlSettings(before: MysqlTable | null, after: MysqlTable | null): Pick<TableSettings, 'mysql'> {
  const [was, is] = [before ?? plainMysqlTable, after ?? plainMysqlTable]
  const { charset, collation } = is
  const others = (['engine', 'options', 'partitions'] as const).filter((key) => !sameData(was[key], is[key]))
  const mysql = {
    ...Object.fromEntries(others.map((key) => [key, is[key]])),
    ...(charset === was.charset && collation === was.collation ? {} : { charset, collation }),
  }
  return Object.keys(mysql).length === 0 ? {} : { mysql }
}

function sqliteSettings(before: SqliteTable | null, after: SqliteTable | null): Pick<TableSettings, 'sqlite'> {
  const [was, is] = [before ?? plainSqliteTable, after ?? plainSqliteTable]
  const differing = (['strict', 'withoutRowid', 'nullableKey'] as const).filter((key) => !sameData(was[key], is[key]))
  const sqlite = Object.fromEntries(differing.map((key) => [key, is[key]]))
  return Object.keys(sqlite).length === 0 ? {} : { sqlite }
}

interface ColumnsRequest {
  readonly before: Table
  readonly after: Table
  readonly table: TableName
  readonly schema: Schema
  readonly added: NumberedColumn | null
}

// A computed column comes after those it may be computed from, and goes before them; a numbered one comes with its key.
function columnChanges({ before, after, table, schema, added: numbered }: ColumnsRequest): readonly Op[] {
  const was = new Map(before.columns.map((column) => [column.name, column]))
  const added = computedFirst(after.columns.filter((column) => !was.has(column.name)))
  const computed = added.filter((column) => column.generated !== null)
  const plain = added.slice(computed.length).filter((column) => column !== numbered?.column)
  const add = (column: Column): Op => ({ kind: 'addColumn', table, column, ifNotExists: false })
  const changed = after.columns.flatMap((column): readonly Op[] => {
    const old = was.get(column.name)
    const set = old === undefined ? {} : columnChange(old, column, schema)
    return Object.keys(set).length === 0 ? [] : [{ kind: 'alterColumn', table, column: column.name, set, using: null }]
  })
  const withKey = numbered === null ? [] : [add(numbered.column), creationOf(table, numbered.key)]
  return [...plain.map(add), ...changed, ...withKey, ...computed.map(add)]
}

function computedFirst(columns: readonly Column[]): readonly Column[] {
  const isComputed = (column: Column) => column.generated !== null
  return [...columns.filter(isComputed), ...columns.filter((column) => !isComputed(column))]
}

const columnKeys = ['type', 'nullable', 'default', 'identity', 'generated', 'collation', 'comment', 'postgres'] as const

/** Beginning and ceasing to number rows have times of their own. */
const isBegunOrEnded = (before: Column, after: Column) => (before.identity === null) !== (after.identity === null)

function columnChange(before: Column, after: Column, schema: Schema): ColumnChange {
  const differs = columnKeys.filter((key) => !sameData(before[key], after[key]))
  const told = differs
    .filter((key) => key !== 'type' || !isSameEnum(before.type, after.type, schema))
    .filter((key) => key !== 'identity' || !isBegunOrEnded(before, after))
    .filter((key) => key !== 'default' || after.identity === null || before.identity !== null)
  return Object.fromEntries(told.map((key) => [key, after[key]]))
}

/** Another set of values of one named enumeration is a change of the enumeration, not of the column. */
function isSameEnum(before: ColumnType, after: ColumnType, schema: Schema): boolean {
  if (before.kind !== 'enumeration' || after.kind !== 'enumeration') return false
  return before.name === after.name && before.namespace === after.namespace && findEnum(schema, after) !== null
}
