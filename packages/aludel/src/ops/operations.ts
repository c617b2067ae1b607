// What can be done to a schema: the whole vocabulary, one line an operation, as frozen data.

import type { Connection, DialectName, Value } from '../database/types.ts'
import type {
  Check,
  Column,
  EnumType,
  Exclusion,
  Extension,
  ForeignKey,
  Index,
  MaterializedView,
  MysqlTable,
  PrimaryKey,
  Sequence,
  SequenceSettings,
  SqliteTable,
  StoredFunction,
  Table,
  TableName,
  Trigger,
  Unique,
  View,
} from '../schema/model.ts'
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
  createForeignKey: { readonly table: TableName; readonly foreignKey: ForeignKey; readonly notValid: boolean }
  createCheckConstraint: { readonly table: TableName; readonly check: Check; readonly notValid: boolean }
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
  validateConstraint: { readonly table: TableName; readonly constraint: string }
  createEnum: { readonly enumeration: EnumType }
  dropEnum: { readonly enumeration: TableName }
  setEnumValues: {
    readonly enumeration: EnumType
    /** The columns of this type: engines without named types restate them. */
    readonly columns: readonly { readonly table: TableName; readonly column: string }[]
  }
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
  dropFunction: { readonly function: TableName; readonly arguments: string | null; readonly ifExists: boolean }
  createTrigger: { readonly trigger: Trigger }
  dropTrigger: { readonly table: TableName; readonly name: string; readonly ifExists: boolean }
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
}

export type OpKind = keyof Ops

/** An operation: any of them, or with a kind that one. */
export type Op<K extends OpKind = OpKind> = { [P in K]: { readonly kind: P } & Ops[P] }[K]

/** Only the keys given change; a key that is not there leaves the column as it is. */
export type ColumnChange = Partial<Omit<Column, 'name'>>

/** What one engine alone knows of a table; only the keys given change, and null is what the engine would choose. */
export interface TableSettings {
  readonly postgres?: { readonly unlogged?: boolean }
  readonly mysql?: Partial<MysqlTable>
  readonly sqlite?: Partial<Pick<SqliteTable, 'strict' | 'withoutRowid'>>
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
