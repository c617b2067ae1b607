// A database as a schema: a fixed number of queries, whatever its size, joined here.

import type { Connection } from '../../../database/types.ts'
import { emptyCatalogue } from '../../../schema/catalogue.ts'
import { postgresTable } from '../../../schema/keys.ts'
import type { Exclusion, Index, Schema, Table } from '../../../schema/model.ts'
import type { Scope } from '../../dialect.ts'
import { isInTransaction, sqlState } from '../connection/session.ts'
import type { VersionFeatures } from '../features.ts'
import { type ColumnPlace, readColumnNames, readColumns } from './columns.ts'
import {
  type ConstraintRow,
  type Constraints,
  constraintsOf,
  exclusionOf,
  grouped,
  readConstraints,
} from './constraints.ts'
import { readEnums } from './enums.ts'
import { type IndexRow, included, indexOf, type OperatorClasses, readIndexes, readOperatorClasses } from './indexes.ts'
import { type Beside, readObjects } from './objects.ts'
import { isOneOf, userNamespaces } from './scope.ts'
import { readComments, readNamespaces, readTables, type TableRow } from './tables.ts'

export async function introspect(db: Connection, scope: Scope, can: VersionFeatures): Promise<Schema> {
  if (isInTransaction(db)) return read(db, scope, can)
  // Expressions are printed from what is there now, not from the snapshot: somebody may have dropped their table.
  return atOneMoment(db, scope, can).catch((error) => {
    if (sqlState(error) !== vanished) throw error
    return atOneMoment(db, scope, can)
  })
}

const vanished = 'XX000'

async function atOneMoment(db: Connection, scope: Scope, can: VersionFeatures): Promise<Schema> {
  return db.transaction(async () => {
    // Just-in-time compilation costs more than it gives here.
    await db.statements(['SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY', 'SET LOCAL jit = off'])
    return read(db, scope, can)
  })
}

async function read(db: Connection, scope: Scope, can: VersionFeatures): Promise<Schema> {
  const tables = await readTables(db, scope)
  const oids = tables.map(({ oid }) => oid)
  const isWanted =
    scope === 'all'
      ? `c.relnamespace IN (SELECT n.oid FROM pg_namespace n WHERE ${userNamespaces})`
      : isOneOf('c.oid', oids)
  const enums = await readEnums(db, scope, oids)
  const comments = new Map((await readComments(db, isWanted)).map((row) => [`${row.table} ${row.number}`, row.comment]))
  const columns = await readColumns(db, isWanted, enums, comments)
  const constraints = await readConstraints(db, isWanted)
  const indexes = await readIndexes(db, isWanted, can)
  const classes = await readOperatorClasses(db)
  const names = await readColumnNames(
    db,
    columns,
    constraints.map(({ referent }) => referent),
  )
  const namespaces = await readNamespaces(db, scope)
  const parts = { tables, columns, constraints, indexes, classes, comments, names }
  const beside = scope === 'all' ? await readObjects(db, indexesOf(parts)) : nothing
  return {
    tables: assemble(parts),
    enums: [...enums.values()],
    namespaces,
    ...beside,
  }
}

const nothing: Beside = { objects: [], catalogue: emptyCatalogue }

interface Parts {
  readonly tables: readonly TableRow[]
  readonly columns: readonly ColumnPlace[]
  readonly constraints: readonly ConstraintRow[]
  readonly indexes: readonly IndexRow[]
  readonly classes: OperatorClasses
  readonly comments: ReadonlyMap<string, string>
  readonly names: ReadonlyMap<string, string>
}

function assemble(parts: Parts): readonly Table[] {
  const column = (table: number, number: number) => parts.names.get(`${table} ${number}`) ?? ''
  const behind = new Map(parts.indexes.map((row) => [row.oid, row]))
  const constraints = constraintsOf(parts.constraints, {
    column,
    nullsNotDistinct: (index) => behind.get(index)?.nullsNotDistinct ?? false,
    included: (index) => included(behind.get(index)),
  })
  const columns = grouped(parts.columns, (place) => place.column)
  const read = indexReader(parts)
  const indexes = indexesOf(parts, (index) => !constraints.indexes.has(index))
  const excluding = parts.constraints.flatMap((row) => {
    const index = row.kind === 'x' ? behind.get(row.index) : undefined
    return index === undefined ? [] : [{ table: row.table, exclusion: exclusionOf(row, read(index)) }]
  })
  const exclusions = grouped(excluding, ({ exclusion }) => exclusion)
  const { comments } = parts
  return parts.tables.map((row): Table => tableOf(row, { constraints, columns, indexes, exclusions, comments }))
}

function indexReader({ columns: places, classes, names }: Parts): (row: IndexRow) => Index {
  const columns = grouped(places, (place) => place.column)
  return (row) =>
    indexOf(row, (number) => names.get(`${row.table} ${number}`) ?? '', classes, columns.get(row.table) ?? [])
}

function indexesOf(
  parts: Parts,
  isOwn: (index: number) => boolean = () => true,
): ReadonlyMap<number, readonly Index[]> {
  return grouped(
    parts.indexes.filter(({ oid }) => isOwn(oid)),
    indexReader(parts),
  )
}

interface Joined {
  readonly constraints: Constraints
  readonly columns: ReadonlyMap<number, Table['columns']>
  readonly indexes: ReadonlyMap<number, Table['indexes']>
  readonly exclusions: ReadonlyMap<number, readonly Exclusion[]>
  readonly comments: ReadonlyMap<string, string>
}

function tableOf({ oid, namespace, name, unlogged }: TableRow, joined: Joined): Table {
  const { constraints, columns, indexes, exclusions, comments } = joined
  return {
    namespace,
    name,
    columns: columns.get(oid) ?? [],
    primaryKey: constraints.primaryKeys.get(oid) ?? null,
    uniques: constraints.uniques.get(oid) ?? [],
    foreignKeys: constraints.foreignKeys.get(oid) ?? [],
    checks: constraints.checks.get(oid) ?? [],
    indexes: indexes.get(oid) ?? [],
    comment: comments.get(`${oid} 0`) ?? null,
    postgres: postgresTable(unlogged, exclusions.get(oid) ?? []),
    mysql: null,
    sqlite: null,
  }
}
