// A database as a schema: a fixed number of queries, whatever its size, joined here.

import type { Connection } from '../../../database/types.ts'
import { emptyCatalogue } from '../../../schema/catalogue.ts'
import { postgresTable } from '../../../schema/keys.ts'
import type { Exclusion, Index, ReplicaIdentity, Schema, Table, TableName } from '../../../schema/model.ts'
import type { Scope } from '../../dialect.ts'
import { isInTransaction, sessionOf, sqlState } from '../connection/session.ts'
import { together } from '../connection/together.ts'
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
import { placeFinder } from './places.ts'
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
  const work = () => read(db, scope, can)
  return sessionOf(db)?.reading(work) ?? work()
}

async function read(connection: Connection, scope: Scope, can: VersionFeatures): Promise<Schema> {
  const db = together(connection)
  const tables = readTables(db, scope)
  const oids = scope === 'all' ? [] : (await tables).map(({ oid }) => oid)
  const isWanted =
    scope === 'all'
      ? `c.relnamespace IN (SELECT n.oid FROM pg_namespace n WHERE ${userNamespaces})`
      : isOneOf('c.oid', oids)
  const asked = ask(db, { scope, can, tables, oids, isWanted })
  const parts = partsOf(db, asked)
  const [known, enums, namespaces, beside, unmodelled] = await Promise.all([
    parts,
    asked.enums,
    readNamespaces(db, scope),
    scope === 'all' ? readObjects(db, parts.then(indexFinder)) : nothing,
    scope === 'all' ? readUnmodelledOfTables(db) : [],
  ])
  const { objects, serials } = known.around
  return {
    tables: assemble(known),
    enums: [...enums.values()],
    namespaces,
    objects: [...objects, ...beside.objects],
    catalogue: { ...beside.catalogue, serials, unmodelled: [...beside.catalogue.unmodelled, ...unmodelled] },
  }
}

interface Question {
  readonly scope: Scope
  readonly can: VersionFeatures
  readonly tables: Promise<readonly TableRow[]>
  readonly oids: readonly number[]
  readonly isWanted: string
}

type Asked = ReturnType<typeof ask>

/** All that is known of tables is asked at once; an answer that needs another one waits for that alone. */
function ask(db: Connection, { scope, can, tables, oids, isWanted }: Question) {
  const enums = readEnums(db, scope, oids)
  const comments = readComments(db, isWanted).then(
    (rows) => new Map(rows.map(({ table, number, comment }) => [`${table} ${number}`, comment])),
  )
  const columns = readColumns(db, isWanted, Promise.all([enums, comments]))
  const around = readSurroundings(db, { scope, tables, columns, enums })
  const constraints = readConstraints(db, isWanted, can)
  const indexes = readIndexes(db, isWanted, can)
  const collations = columns.then(collationFinder)
  const words = readIndexWords(db, indexes, collations)
  return { tables, enums, comments, columns, around, constraints, indexes, collations, words }
}

function collationFinder(columns: readonly ColumnPlace[]): Parts['collation'] {
  const find = placeFinder(columns, ({ collation }) => collation)
  return (table, column) => find(table, column) ?? 0
}

async function partsOf(db: Connection, asked: Asked): Promise<Parts> {
  const [tables, comments, bare, around, constraints, indexes, words, collation] = await Promise.all([
    asked.tables,
    asked.comments,
    asked.columns,
    asked.around,
    asked.constraints,
    asked.indexes,
    asked.words,
    asked.collations,
  ])
  const columns = withNumbers(bare, around.numbers)
  const referents = constraints.map(({ referent }) => referent)
  const columnName = await readColumnNames(db, columns, referents)
  return { tables, columns, constraints, indexes, words, comments, columnName, collation, around }
}

const nothing: Beside = { objects: [], catalogue: emptyCatalogue }

interface Parts {
  readonly tables: readonly TableRow[]
  readonly columns: readonly ColumnPlace[]
  readonly constraints: readonly ConstraintRow[]
  readonly indexes: readonly IndexRow[]
  readonly words: IndexWords
  readonly comments: ReadonlyMap<string, string>
  readonly around: TableSurroundings
  collation(table: number, column: number): number
  columnName(table: number, column: number): string
}

function assemble(parts: Parts): readonly Table[] {
  const behind = new Map(parts.indexes.map((row) => [row.oid, row]))
  const constraints = constraintsOf(parts.constraints, {
    column: parts.columnName,
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
  const { words, columnName, collation } = parts
  const columns = columnsOf(parts)
  return (row) => {
    const ground = {
      columns: columns.get(row.table) ?? [],
      name: (number: number) => columnName(row.table, number),
      collation: (number: number) => collation(row.table, number),
    }
    return indexOf(row, ground, words)
  }
}

/** Gives the indexes of a table or materialized view, by its number. */
function indexFinder(parts: Parts): (table: number) => readonly Index[] {
  let indexes: ReadonlyMap<number, readonly Index[]> | null = null
  return (table) => {
    indexes ??= indexesOf(parts, () => true)
    return indexes.get(table) ?? []
  }
}

function indexesOf(parts: Parts, isOwn: (index: number) => boolean): ReadonlyMap<number, readonly Index[]> {
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
