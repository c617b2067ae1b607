// What a database holds beside tables, as the operation that made it gave it.

import type { Check, Column, Index, PartitionKey, Table, TableName } from './model.ts'
import type { ObjectRef } from './object-ref.ts'
import type { EngineSql, Sql } from './sql.ts'

export type SchemaObject =
  | View
  | MaterializedView
  | Sequence
  | StoredFunction
  | Trigger
  | Extension
  | Domain
  | RowSecurity
  | Policy
  | Partition
  | CompositeType
  | DefinedObject
  | Comment
  | PrivilegeGranted
  | Archive

/** A table of rows or values that an operation has set aside. */
export interface Archive extends TableName {
  readonly kind: 'archive'
}

export interface View extends TableName {
  readonly kind: 'view'
  readonly query: EngineSql
  /** Names of its columns where the query's own are not taken. */
  readonly columns: readonly string[] | null
  readonly comment: string | null
  /** What an engine takes beside the query, by its name in small letters: `{ check_option: 'local' }`. */
  readonly options: Readonly<Record<string, string>>
  /** Tables that the query refers to, as far as they were told. */
  readonly dependsOn: readonly TableName[]
}

export interface MaterializedView extends TableName {
  readonly kind: 'materializedView'
  readonly query: EngineSql
  /** False where it is filled by the first refresh only. */
  readonly withData: boolean
  /** What an engine takes beside the query, by its name in small letters: `{ fillfactor: '70' }`. */
  readonly options: Readonly<Record<string, string>>
  readonly indexes: readonly Index[]
  readonly dependsOn: readonly TableName[]
}

export interface SequenceSettings {
  /** The type of its numbers; null for bigint. */
  readonly type: 'smallint' | 'integer' | null
  readonly start: number | bigint
  readonly increment: number | bigint
  readonly minValue: number | bigint | null
  readonly maxValue: number | bigint | null
  /** How many numbers a session takes at once; null for what the engine takes by itself. */
  readonly cache: number | bigint | null
  readonly cycle: boolean
  /** The column with which it goes. */
  readonly ownedBy: { readonly table: TableName; readonly column: string } | null
}

export interface Sequence extends TableName, SequenceSettings {
  readonly kind: 'sequence'
}

export interface StoredFunction extends TableName {
  readonly kind: 'function'
  readonly routine: 'function' | 'procedure' | 'aggregate'
  /** The types that tell it from others of its name; null where none were given. */
  readonly arguments: string | null
  /** The whole CREATE statement. */
  readonly text: EngineSql
  readonly dependsOn: readonly TableName[]
}

export interface Trigger extends TableName {
  readonly kind: 'trigger'
  readonly table: TableName
  /** The whole CREATE statement. */
  readonly text: EngineSql
}

export interface Extension extends TableName {
  readonly kind: 'extension'
  readonly version: string | null
}

/** A type with what columns of it hold by themselves. */
export interface Domain extends TableName, Pick<Column, 'type' | 'nullable' | 'default' | 'collation'> {
  readonly kind: 'domain'
  readonly checks: readonly Check[]
}

/** That the policies of a table decide about its rows; it goes by the table's name. */
export interface RowSecurity extends TableName {
  readonly kind: 'rowSecurity'
  readonly table: TableName
  /** True where its owner is held to them, too. */
  readonly force: boolean
}

export type PolicyCommand = 'all' | 'select' | 'insert' | 'update' | 'delete'

export interface Policy extends TableName {
  readonly kind: 'policy'
  readonly table: TableName
  readonly command: PolicyCommand
  /** False where it must hold beside the others, not instead of one of them. */
  readonly permissive: boolean
  /** For everybody where it is empty. */
  readonly to: readonly string[]
  readonly using: Sql | null
  readonly check: Sql | null
}

/** Which rows are kept in a partition. */
export type PartitionBounds =
  | { readonly from: readonly Sql[]; readonly to: readonly Sql[] }
  | { readonly in: readonly Sql[] }
  | { readonly modulus: number; readonly remainder: number }
  | { readonly default: true }

export interface Partition extends TableName {
  readonly kind: 'partition'
  readonly parent: TableName
  readonly bounds: PartitionBounds
  /** The table that was attached; null for one that was made as a partition. */
  readonly table: Table | null
  /** Null where it keeps its rows itself. */
  readonly partitionBy: PartitionKey | null
}

/** A type of several named parts. */
export interface CompositeType extends TableName {
  readonly kind: 'compositeType'
  readonly attributes: readonly Attribute[]
}

export type Attribute = Pick<Column, 'name' | 'type' | 'collation'>

/** What is known by the whole of its CREATE statement, and changed by making it anew: a rule, an event, a range type. */
export interface DefinedObject extends TableName {
  readonly kind: 'defined'
  /** As its statement calls it, in lower case: `rule`, `event`, `event trigger`. */
  readonly type: string
  /** The table that it is on, where its name is one of that table's. */
  readonly table: TableName | null
  readonly text: EngineSql
}

/** What is said of an object; tables, columns and views keep what is said of them themselves. */
export interface Comment extends TableName {
  readonly kind: 'comment'
  readonly on: ObjectRef
  readonly text: string
}

/** What privileges are for. */
export interface GrantObject extends TableName {
  readonly kind: 'table' | 'sequence' | 'namespace' | 'function' | 'type'
  /** The types that tell a function from others of its name. */
  readonly arguments: string | null
}

/** One privilege of one user on an object, or on one column of it; or one that everybody has by default, and that was taken away. */
export interface PrivilegeGranted extends TableName {
  readonly kind: 'privilege'
  readonly on: GrantObject
  readonly to: string
  readonly privilege: string
  readonly column: string | null
  readonly grantOption: boolean
  readonly withheld: boolean
}
