// What can be done to a schema: the whole vocabulary, one line an operation, as frozen data.

import type { Connection, DialectName, Value } from '../database/types.ts'
import type {
  Check,
  Column,
  Deferral,
  EnumType,
  Exclusion,
  ForeignKey,
  Index,
  PartitionKey,
  PostgresTable,
  PrimaryKey,
  SqliteTable,
  Table,
  TableName,
  Unique,
} from '../schema/model.ts'
import type { MysqlTable } from '../schema/mysql-model.ts'
import type {
  Attribute,
  CompositeType,
  DefinedObject,
  Domain,
  Extension,
  GrantObject,
  MaterializedView,
  PartitionBounds,
  Policy,
  Sequence,
  SequenceSettings,
  StoredFunction,
  Trigger,
  View,
} from '../schema/object-model.ts'
import type { ObjectRef } from '../schema/object-ref.ts'
import type { Sql } from '../schema/sql.ts'
import type { Operations } from './surface.ts'

export interface Ops {
  createTable: { readonly table: Table; readonly ifNotExists: boolean }
  dropTable: { readonly table: TableName; readonly ifExists: boolean }
  renameTable: { readonly table: TableName; readonly name: string }
  moveTable: { readonly table: TableName; readonly namespace: string | null }
  alterTable: { readonly table: TableName; readonly set: TableSettings }
  createTableComment: { readonly table: TableName; readonly comment: string | null }
  addColumn: { readonly table: TableName; readonly column: Column; readonly ifNotExists: boolean }
  alterColumn: {
    readonly table: TableName
    readonly column: string
    readonly set: ColumnChange
    readonly using: Sql | null
  }
  dropColumn: { readonly table: TableName; readonly column: string; readonly ifExists: boolean }
  renameColumn: { readonly table: TableName; readonly column: string; readonly name: string }
  createIndex: { readonly table: TableName; readonly index: Index; readonly ifNotExists: boolean }
  dropIndex: {
    readonly table: TableName
    readonly name: string
    readonly ifExists: boolean
    readonly concurrently: boolean
  }
  renameIndex: { readonly table: TableName; readonly index: string; readonly name: string }
  createPrimaryKey: { readonly table: TableName; readonly primaryKey: PrimaryKey }
  createUniqueConstraint: { readonly table: TableName; readonly unique: Unique }
  createForeignKey: { readonly table: TableName; readonly foreignKey: ForeignKey }
  createCheckConstraint: { readonly table: TableName; readonly check: Check }
  createExcludeConstraint: { readonly table: TableName; readonly exclusion: Exclusion }
  dropConstraint: {
    readonly table: TableName
    readonly constraint: ConstraintSelector
    readonly type: ConstraintType | null
    readonly ifExists: boolean
  }
  renameConstraint: {
    readonly table: TableName
    readonly constraint: string
    readonly name: string
    readonly type: ConstraintType | null
  }
  alterConstraint: {
    readonly table: TableName
    readonly constraint: string
    readonly set: ConstraintChange
  }
  validateConstraint: { readonly table: TableName; readonly constraint: string }
  createEnum: { readonly enumeration: EnumType }
  dropEnum: { readonly enumeration: TableName }
  setEnumValues: {
    readonly enumeration: EnumType
    readonly columns: readonly EnumColumn[]
    /** What rows hold afterwards that held a value which goes: another one, or null. */
    readonly replace: Replacements
  }
  addEnumValue: {
    readonly enumeration: TableName
    readonly value: string
    readonly place: EnumPlace | null
    readonly ifNotExists: boolean
    readonly columns: readonly EnumColumn[]
  }
  renameEnumValue: {
    readonly enumeration: TableName
    readonly value: string
    readonly name: string
    readonly columns: readonly EnumColumn[]
  }
  createDomain: { readonly domain: Domain }
  alterDomain: {
    readonly domain: TableName
    readonly set: DomainChange
    readonly drop: string | null
    readonly add: Check | null
  }
  renameDomain: { readonly domain: TableName; readonly name: string }
  dropDomain: { readonly domain: TableName; readonly ifExists: boolean }
  createNamespace: { readonly name: string; readonly ifNotExists: boolean }
  dropNamespace: { readonly name: string; readonly ifExists: boolean }
  createView: { readonly view: View; readonly orReplace: boolean }
  dropView: { readonly view: TableName; readonly ifExists: boolean }
  renameView: { readonly view: TableName; readonly name: string }
  createMaterializedView: { readonly view: MaterializedView; readonly ifNotExists: boolean }
  dropMaterializedView: { readonly view: TableName; readonly ifExists: boolean }
  refreshMaterializedView: { readonly view: TableName; readonly concurrently: boolean }
  createSequence: { readonly sequence: Sequence; readonly ifNotExists: boolean }
  alterSequence: { readonly sequence: TableName; readonly set: Partial<SequenceSettings> }
  renameSequence: { readonly sequence: TableName; readonly name: string }
  dropSequence: { readonly sequence: TableName; readonly ifExists: boolean }
  createFunction: { readonly function: StoredFunction; readonly orReplace: boolean }
  dropFunction: {
    readonly function: TableName
    readonly routine: StoredFunction['routine']
    readonly arguments: string | null
    readonly ifExists: boolean
  }
  createTrigger: { readonly trigger: Trigger }
  dropTrigger: { readonly table: TableName; readonly name: string; readonly ifExists: boolean }
  enableRowSecurity: { readonly table: TableName; readonly force: boolean }
  disableRowSecurity: { readonly table: TableName }
  createPolicy: { readonly policy: Policy }
  alterPolicy: { readonly table: TableName; readonly name: string; readonly set: PolicyChange }
  renamePolicy: { readonly table: TableName; readonly policy: string; readonly name: string }
  dropPolicy: { readonly table: TableName; readonly name: string; readonly ifExists: boolean }
  grant: {
    readonly privileges: readonly Privilege[]
    readonly on: GrantObject
    readonly to: readonly string[]
    readonly withGrantOption: boolean
  }
  revoke: {
    readonly privileges: readonly Privilege[]
    readonly on: GrantObject
    readonly from: readonly string[]
    readonly grantOption: RevokedOption | null
  }
  createPartition: PartitionBound & { readonly partitionBy: PartitionKey | null; readonly ifNotExists: boolean }
  attachPartition: PartitionBound & { readonly partitionBy: PartitionKey | null }
  detachPartition: { readonly partition: TableName; readonly parent: TableName; readonly concurrently: boolean }
  createCompositeType: { readonly type: CompositeType }
  alterCompositeType: {
    readonly type: TableName
    readonly drop: readonly string[]
    readonly alter: readonly Attribute[]
    readonly add: readonly Attribute[]
  }
  dropCompositeType: { readonly type: TableName; readonly ifExists: boolean }
  createObject: { readonly object: DefinedObject }
  dropObject: {
    readonly type: string
    readonly object: TableName
    /** The table that its name belongs to. */
    readonly of: TableName | null
    readonly ifExists: boolean
  }
  comment: { readonly on: ObjectRef; readonly comment: string | null }
  createExtension: { readonly extension: Extension; readonly ifNotExists: boolean }
  dropExtension: { readonly name: string; readonly ifExists: boolean }
  bulkInsert: { readonly table: TableName; readonly rows: readonly Row[] }
  insertFile: { readonly table: TableName; readonly file: DataFile }
  execute: {
    readonly sql: ExecuteSql
    readonly effects: readonly Op[] | null
    readonly touches: readonly string[] | null
    readonly undo: ExecuteSql | null
    readonly transactional: boolean
  }
  run: {
    readonly run: RunFunction
    readonly effects: readonly Op[] | null
    readonly touches: readonly string[] | null
  }
  autocommit: { readonly ops: readonly Op[] }
  /** What takes rows or values away, which go into an archive table before. */
  setAside: { readonly op: Op<LosingKind>; readonly archive: string }
  /** What makes their place again, and puts them back from the archive table where there is one. */
  putBack: { readonly op: Op<RegainingKind>; readonly archive: string }
}

export type OpKind = keyof Ops

/** The kinds that may keep what they take away, and those that undo them. */
export type LosingKind = 'dropTable' | 'dropColumn' | 'alterColumn'
export type RegainingKind = 'createTable' | 'addColumn' | 'alterColumn'

/** An operation: any of them, or with a kind that one. */
export type Op<K extends OpKind = OpKind> = { [P in K]: { readonly kind: P } & Ops[P] }[K]

/** Only the keys given change; a key that is not there leaves the column as it is. */
export type ColumnChange = Partial<Omit<Column, 'name'>>

export interface PartitionBound {
  readonly partition: TableName
  readonly parent: TableName
  readonly bounds: PartitionBounds
}

/** When a foreign key is checked, and whether rows from before it need to be held to it. */
export interface ConstraintChange {
  readonly deferrable?: Deferral | null
  readonly notValid?: boolean
}

/** A privilege on the whole, where no columns are named. */
export interface Privilege {
  readonly privilege: string
  readonly columns: readonly string[]
}

/** The right to give privileges on, beside them or alone. */
export type RevokedOption = 'also' | 'only'

export type PolicyChange = Partial<Pick<Policy, 'to' | 'using' | 'check'>>
export type DomainChange = Partial<Pick<Domain, 'default' | 'nullable'>>

/** A column of an enumeration: engines without named types restate every one. */
export interface EnumColumn {
  readonly table: TableName
  readonly column: string
}

/** Where a value stands among the others; at their end where nothing is said. */
export type EnumPlace = { readonly before: string } | { readonly after: string }

export type Replacements = Readonly<Record<string, string | null>>

/** What one engine alone knows of a table; only the keys given change, and null is what the engine would choose. */
export interface TableSettings {
  readonly postgres?: Partial<Omit<PostgresTable, 'exclusions' | 'partitionBy'>>
  readonly mysql?: Partial<MysqlTable>
  readonly sqlite?: Partial<Pick<SqliteTable, 'strict' | 'withoutRowid' | 'nullableKey'>>
}

export type ConstraintType = 'primaryKey' | 'unique' | 'foreignKey' | 'check' | 'exclude'

/** A constraint by its name, or by its shape where it has none. */
export type ConstraintSelector =
  | { readonly name: string }
  | { readonly primaryKey: readonly string[] }
  | { readonly unique: readonly string[] }
  | { readonly foreignKey: readonly string[] }
  | { readonly check: string }

export type Row = Readonly<Record<string, Value>>

/** How a CSV file is written: what stands between fields, and the unquoted text that is NULL. */
export interface CsvFormat {
  readonly delimiter: string
  readonly null: string
}

/** A file of rows: its path from the revision's folder, and the sha256 of its content. */
export type DataFile = { readonly path: string; readonly sha256: string } & (
  | ({ readonly format: 'csv' } & CsvFormat)
  | { readonly format: 'json' }
)

/** SQL for every engine, or a list for each that needs its own. */
export type ExecuteSql =
  | { readonly all: readonly Sql[] }
  | { readonly per: Readonly<Partial<Record<DialectName, readonly Sql[]>>> }

export interface RunContext {
  readonly db: Connection
  /** Live: every call executes at once, in this place of the step. */
  readonly op: LiveOperations
  readonly signal: AbortSignal
  readonly log: (message: string) => void
}

/** The recorder with every call executed at once; each gives a promise of its end. */
export type LiveOperations = {
  readonly [K in keyof Operations]: Operations[K] extends (...given: infer Given) => void
    ? (...given: Given) => Promise<void>
    : Operations[K]
}

export type RunFunction = (context: RunContext) => Promise<void> | void
