// A database as a schema: a fixed number of queries, whatever its size, joined here.

import type { Connection } from '../../../database/types.ts'
import { emptyCatalogue } from '../../../schema/catalogue.ts'
import { postgresTable } from '../../../schema/keys.ts'
import type { Exclusion, Index, ReplicaIdentity, Schema, Table, TableName } from '../../../schema/model.ts'
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
import { type IndexRow, type IndexWords, included, indexOf, readIndexes, readIndexWords } from './indexes.ts'
import { type Beside, readObjects } from './objects.ts'
import { optionsOf } from './options.ts'
import { parentOf, partitionKeyOf } from './partitions.ts'
import { isOneOf, userNamespaces } from './scope.ts'
import { readSurroundings, type TableSurroundings, withNumbers } from './table-objects.ts'
import { readComments, readNamespaces, readTables, type TableRow } from './tables.ts'
import { readUnmodelledOfTables } from './unmodelled-tables.ts'

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
  const bare = await readColumns(db, isWanted, enums, comments)
  const around = await readSurroundings(db, { scope, tables, columns: bare, enums })
  const columns = withNumbers(bare, around.numbers)
  const constraints = await readConstraints(db, isWanted, can)
  const indexes = await readIndexes(db, isWanted, can)
  const collations = new Map(columns.map(({ table, number, collation }) => [`${table} ${number}`, collation]))
  const collation = (table: number, column: number) => collations.get(`${table} ${column}`) ?? 0
  const words = await readIndexWords(db, indexes, collation)
  const names = await readColumnNames(
    db,
    columns,
    constraints.map(({ referent }) => referent),
  )
  const namespaces = await readNamespaces(db, scope)
  const parts = { tables, columns, constraints, indexes, words, comments, names, collation, around }
  const beside = scope === 'all' ? await readObjects(db, indexesOf(parts)) : nothing
  const unmodelled = scope === 'all' ? await readUnmodelledOfTables(db) : []
  return {
    tables: assemble(parts),
    enums: [...enums.values()],
    namespaces,
    objects: [...around.objects, ...beside.objects],
    catalogue: {
      ...beside.catalogue,
      serials: around.serials,
      unmodelled: [...beside.catalogue.unmodelled, ...unmodelled],
    },
  }
}

const nothing: Beside = { objects: [], catalogue: emptyCatalogue }

interface Parts {
  readonly tables: readonly TableRow[]
  readonly columns: readonly ColumnPlace[]
  readonly constraints: readonly ConstraintRow[]
  readonly indexes: readonly IndexRow[]
  readonly words: IndexWords
  readonly comments: ReadonlyMap<string, string>
  readonly names: ReadonlyMap<string, string>
  readonly around: TableSurroundings
  collation(table: number, column: number): number
}

function assemble(parts: Parts): readonly Table[] {
  const column = (table: number, number: number) => parts.names.get(`${table} ${number}`) ?? ''
  const behind = new Map(parts.indexes.map((row) => [row.oid, row]))
  const constraints = constraintsOf(parts.constraints, {
    column,
    nullsNotDistinct: (index) => behind.get(index)?.nullsNotDistinct ?? false,
    included: (index) => included(behind.get(index)),
    settings: (index) => optionsOf(behind.get(index)?.settings ?? null),
  })
  const columns = columnsOf(parts)
  const read = indexReader(parts)
  const indexes = indexesOf(parts, (index) => !constraints.indexes.has(index))
  const excluding = parts.constraints.flatMap((row) => {
    const index = row.kind === 'x' ? behind.get(row.index) : undefined
    return index === undefined ? [] : [{ table: row.table, exclusion: exclusionOf(row, read(index)) }]
  })
  const exclusions = grouped(excluding, ({ exclusion }) => exclusion)
  const { comments } = parts
  const parents = parts.around.parents.filter(({ bounds }) => bounds === null)
  const inherits = grouped(
    parents.map((row) => ({ ...row, table: row.child })),
    parentOf,
  )
  const replicas = new Map(parts.indexes.flatMap(({ table, name, replica }) => (replica ? [[table, name]] : [])))
  const joined: Joined = { constraints, columns, indexes, exclusions, comments, inherits, replicas }
  return parts.tables.map((row): Table => tableOf(row, joined))
}

/** The columns that a table has of its own, not of those that it inherits from. */
function columnsOf({ columns }: Parts): ReadonlyMap<number, Table['columns']> {
  return grouped(
    columns.filter(({ isOwn }) => isOwn),
    (place) => place.column,
  )
}

function indexReader(parts: Parts): (row: IndexRow) => Index {
  const { words, names, collation } = parts
  const columns = columnsOf(parts)
  return (row) => {
    const ground = {
      columns: columns.get(row.table) ?? [],
      name: (number: number) => names.get(`${row.table} ${number}`) ?? '',
      collation: (number: number) => collation(row.table, number),
    }
    return indexOf(row, ground, words)
  }
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
  readonly inherits: ReadonlyMap<number, readonly TableName[]>
  /** The indexes that tell old rows in the log of changes. */
  readonly replicas: ReadonlyMap<number, string>
}

function tableOf(row: TableRow, joined: Joined): Table {
  const { oid, namespace, name } = row
  const { constraints, columns, indexes, comments } = joined
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
    postgres: settingsOf(row, joined),
    mysql: null,
    sqlite: null,
  }
}

function settingsOf(row: TableRow, { exclusions, inherits, replicas }: Joined): Table['postgres'] {
  const { oid, unlogged, partitionKey, settings, toastSettings, accessMethod, replicaIdentity } = row
  const toast = Object.entries(optionsOf(toastSettings)).map(([key, value]) => [`toast.${key}`, value])
  return postgresTable({
    unlogged,
    exclusions: exclusions.get(oid) ?? [],
    partitionBy: partitionKey === null ? null : partitionKeyOf(partitionKey),
    inherits: inherits.get(oid) ?? [],
    with: { ...optionsOf(settings), ...Object.fromEntries(toast) },
    accessMethod,
    replicaIdentity: replicaIdentityOf(replicaIdentity, replicas.get(oid)),
  })
}

function replicaIdentityOf(letter: string, index: string | undefined): ReplicaIdentity | null {
  if (letter === 'f') return 'full'
  if (letter === 'n') return 'nothing'
  return letter === 'i' && index !== undefined ? { index } : null
}
