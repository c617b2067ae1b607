// What a database is: plain immutable data. Null means "there is none"; nothing is optional.

import type { Value } from '../database/types.ts'
import type { Catalogue } from './catalogue.ts'
import type { MysqlIndex, MysqlKey, MysqlTable } from './mysql-model.ts'
import type { SchemaObject } from './object-model.ts'
import type {
  IdentityNumbers,
  PostgresCheck,
  PostgresColumn,
  PostgresForeignKey,
  PostgresPrimaryKey,
} from './postgres-model.ts'
import type { Sql } from './sql.ts'

export interface Schema {
  readonly tables: readonly Table[]
  readonly enums: readonly EnumType[]
  readonly namespaces: readonly string[]
  /** What is there beside tables, enumerations and namespaces. */
  readonly objects: readonly SchemaObject[]
  /** What the engine told besides; null where none was asked. */
  readonly catalogue: Catalogue | null
}

export interface TableName {
  readonly namespace: string | null
  readonly name: string
}

export interface EnumType {
  readonly namespace: string | null
  readonly name: string
  readonly values: readonly string[]
}

export interface Table extends TableName {
  readonly columns: readonly Column[]
  readonly primaryKey: PrimaryKey | null
  readonly uniques: readonly Unique[]
  readonly foreignKeys: readonly ForeignKey[]
  readonly checks: readonly Check[]
  readonly indexes: readonly Index[]
  readonly comment: string | null
  readonly postgres: PostgresTable | null
  readonly mysql: MysqlTable | null
  readonly sqlite: SqliteTable | null
}

/** A table of which only the name is known. */
export function emptyTable({ namespace, name }: TableName): Table {
  return {
    namespace,
    name,
    columns: [],
    primaryKey: null,
    uniques: [],
    foreignKeys: [],
    checks: [],
    indexes: [],
    comment: null,
    postgres: null,
    mysql: null,
    sqlite: null,
  }
}

export interface PostgresTable {
  readonly unlogged: boolean
  readonly exclusions: readonly Exclusion[]
  /** Null where the table keeps its rows itself. */
  readonly partitionBy: PartitionKey | null
  /** The tables whose columns it has besides its own. */
  readonly inherits: readonly TableName[]
  /** Settings of how its rows are kept, such as `fillfactor`. */
  readonly with: Readonly<Record<string, string>>
  /** Null for the server's usual one. */
  readonly accessMethod: string | null
  /** What tells an old row in the log of changes; null for the primary key. */
  readonly replicaIdentity: ReplicaIdentity | null
}

export type ReplicaIdentity = 'full' | 'nothing' | { readonly index: string }

/** What tells which partition a row goes to. */
export interface PartitionKey {
  readonly method: 'range' | 'list' | 'hash'
  readonly by: readonly IndexPart['of'][]
}

/** No two rows for which all of the comparisons hold. */
export interface Exclusion {
  readonly name: string
  readonly elements: readonly ExclusionElement[]
  /** The kind of index that it stands on, the columns kept beside its key, and its settings. */
  readonly using: string
  readonly include: readonly string[]
  readonly with: Readonly<Record<string, string>>
  readonly where: Sql | null
  readonly deferrable: Deferral | null
}

export interface ExclusionElement {
  readonly of: { readonly column: string } | { readonly expression: Sql }
  readonly operator: string
  /** Null for the one that the type has anyway. */
  readonly operatorClass: string | null
}

export interface SqliteTable {
  readonly strict: boolean
  readonly withoutRowid: boolean
  readonly autoincrement: boolean
  /** Columns of the primary key that were made without NOT NULL, which SQLite takes. */
  readonly nullableKey: readonly string[]
  /** Triggers on the table, as the engine holds their text: kept through a rebuild. */
  readonly triggers: readonly string[]
  /** The engine's own text of the table, where it was read for a rebuild; else null. */
  readonly definition: string | null
}

export const plainSqliteTable: SqliteTable = {
  strict: false,
  withoutRowid: false,
  autoincrement: false,
  nullableKey: [],
  triggers: [],
  definition: null,
}

export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly nullable: boolean
  readonly default: Default | null
  readonly identity: Identity | null
  readonly generated: Generated | null
  readonly collation: string | null
  readonly comment: string | null
  readonly postgres: PostgresColumn | null
}

/** A column of which only the name and the type are known: it may be null and has nothing else. */
export function plainColumn(name: string, type: ColumnType): Column {
  return {
    name,
    type,
    nullable: true,
    default: null,
    identity: null,
    generated: null,
    collation: null,
    comment: null,
    postgres: null,
  }
}

export type ColumnType =
  | { readonly kind: 'integer' }
  | { readonly kind: 'bigint' }
  | { readonly kind: 'smallint' }
  | { readonly kind: 'string'; readonly length: number | null }
  | { readonly kind: 'text' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'numeric'; readonly precision: number | null; readonly scale: number | null }
  | { readonly kind: 'float' }
  | { readonly kind: 'double' }
  | { readonly kind: 'date' }
  | { readonly kind: 'time' }
  | { readonly kind: 'timestamp'; readonly timezone: boolean }
  | { readonly kind: 'json'; readonly text: boolean }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'binary' }
  | {
      readonly kind: 'enumeration'
      readonly namespace: string | null
      readonly name: string
      readonly values: readonly string[]
    }
  | { readonly kind: 'raw'; readonly sql: string }

export type TypeKind = ColumnType['kind']

export type Default =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'now' }
  | { readonly kind: 'sql'; readonly sql: Sql }

export interface Identity {
  /** True for GENERATED ALWAYS; false where an explicit value wins. */
  readonly always: boolean
  /** Null where they go up by one from one; only PostgreSQL keeps others. */
  readonly numbers: IdentityNumbers | null
}

export interface Generated {
  readonly expression: Sql
  readonly stored: boolean
}

export interface PrimaryKey {
  readonly name: string | null
  readonly columns: readonly string[]
  readonly mysql: MysqlKey | null
  readonly postgres: PostgresPrimaryKey | null
}

export type Deferral = 'immediate' | 'deferred'

export interface Unique {
  readonly name: string | null
  readonly columns: readonly string[]
  /** Null where the constraint cannot be deferred; else when it is checked at first. */
  readonly deferrable: Deferral | null
  readonly postgres: PostgresUnique | null
}

export interface PostgresUnique {
  readonly nullsNotDistinct: boolean
  /** Columns that are kept beside the key. */
  readonly include: readonly string[]
  /** Settings of the index that it stands on. */
  readonly with: Readonly<Record<string, string>>
}

export type Action = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default'

export interface ForeignKey {
  readonly name: string | null
  readonly columns: readonly string[]
  readonly referent: TableName
  readonly referentColumns: readonly string[]
  readonly onDelete: Action
  readonly onUpdate: Action
  readonly deferrable: Deferral | null
  readonly match: 'simple' | 'full'
  readonly postgres: PostgresForeignKey | null
}

export interface Check {
  readonly name: string | null
  readonly condition: Sql
  readonly postgres: PostgresCheck | null
}

export interface Index {
  readonly name: string
  readonly parts: readonly IndexPart[]
  readonly unique: boolean
  readonly where: Sql | null
  readonly postgres: PostgresIndex | null
  readonly mysql: MysqlIndex | null
}

export interface IndexPart {
  readonly of: { readonly column: string } | { readonly expression: Sql }
  readonly descending: boolean
  /** Null for where the engine puts them by itself. */
  readonly nulls: 'first' | 'last' | null
}

export interface PostgresIndex {
  readonly using: string
  readonly include: readonly string[]
  readonly concurrently: boolean
  readonly nullsNotDistinct: boolean
  readonly operatorClasses: Readonly<Record<string, string>>
  /** Where texts are not sorted as their column says; by the same keys. */
  readonly collations: Readonly<Record<string, string>>
  readonly with: Readonly<Record<string, string>>
  /** True for one that a build has left unusable. */
  readonly invalid: boolean
}

export const emptySchema: Schema = { tables: [], enums: [], namespaces: [], objects: [], catalogue: null }
