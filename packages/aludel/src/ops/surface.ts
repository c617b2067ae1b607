// The surface of the recorder: what `upgrade(op)` and `downgrade(op)` may call, in Alembic's order of arguments.

import type { DialectName, Features, Value } from '../database/types.ts'
import type { AnyColumn, ColumnBuilder, IdentityOptions, Now } from '../schema/column.ts'
import type {
  CheckOptions,
  Constraint,
  ExcludeElement,
  ExcludeOptions,
  ForeignKeyOptions,
  IndexColumn,
  IndexOptions,
  PrimaryKeyOptions,
  Referent,
  UniqueOptions,
} from '../schema/constraints.ts'
import type { Deferral, Generated } from '../schema/model.ts'
import type { PostgresColumn } from '../schema/postgres-model.ts'
import type { Sql } from '../schema/sql.ts'
import type { ColumnMap, ColumnReferences, TableOptions } from '../schema/table.ts'
import type { TableOperations } from './batch-table.ts'
import type { ExecuteGiven } from './execute-sql.ts'
import type { ConstraintSelector, ConstraintType, Row, RunFunction, TableSettings } from './operations.ts'
import type { ObjectOperations } from './surface-objects.ts'
import type {
  AlterDomainGiven,
  BulkInsertOptions,
  ColumnGiven,
  DomainOptions,
  EnumColumns,
  IfExists,
  IfNotExists,
  Keep,
  Restore,
  RowsFile,
} from './surface-options.ts'

export interface AlterColumnGiven {
  readonly type?: AnyColumn
  readonly nullable?: boolean
  readonly default?: Value | Sql | Now
  readonly name?: string
  readonly comment?: string | null
  readonly using?: Sql | string
  readonly collation?: string | null
  readonly identity?: IdentityOptions | null
  readonly generated?: Generated | null
  readonly postgres?: Partial<PostgresColumn> | null
}

export interface AlterTableGiven extends TableSettings {
  readonly comment?: string | null
}

export interface ExecuteOptions {
  /** What the SQL does to the schema, said in operations, so that offline SQL and the fold can follow it. */
  readonly effects?: (op: Operations) => void
  /** The tables that it touches, where its effects cannot be said. */
  readonly touches?: readonly string[]
  /** The SQL that undoes it. */
  readonly undo?: ExecuteGiven
  /** False for what an engine refuses inside a transaction. */
  readonly transactional?: boolean
}

/** The operations of a revision, in Alembic's order of arguments. Each call records; nothing runs yet. */
export interface Operations extends ObjectOperations {
  readonly dialect: DialectName
  readonly features: Features
  /** What `-x key=value` gave. */
  readonly arguments: Readonly<Record<string, string>>
  /** A table with its columns, keys, checks and indexes. */
  createTable<Columns extends ColumnMap>(
    table: Referent,
    columns: Columns,
    constraints?: ((t: ColumnReferences<Columns>) => readonly Constraint[]) | null,
    options?: Omit<TableOptions, 'namespace'> & IfNotExists & Restore,
  ): void
  /** Takes a table away, and its rows, indexes and triggers with it. */
  dropTable(table: Referent, options?: IfExists & Keep): void
  /** A table gets another name, and with `{ namespace, name }` another namespace; its rows, keys and indexes stay. */
  renameTable(table: Referent, name: Referent): void
  /** Changes of a table what one engine alone knows of it; each engine takes what is its own. */
  alterTable(table: Referent, change: AlterTableGiven): void
  /** Says what a table is, in the database's own catalogue. */
  createTableComment(table: Referent, comment: string): void
  /** Takes the comment of a table away. */
  dropTableComment(table: Referent): void
  /** Several changes of one table, for those who are used to it: the same calls without the table, which do the same. */
  batchAlterTable(table: Referent, work: (batch: TableOperations) => void): void
  /** A column at the end of a table; its unique and foreign key become operations of their own. */
  addColumn(
    table: Referent,
    name: string,
    column: ColumnBuilder<unknown, boolean, boolean, string | null>,
    options?: IfNotExists & Restore,
  ): void
  /** Changes of a column only what is given; `default: null` takes the default away. `keep` keeps the values as they were before a change of type. */
  alterColumn(table: Referent, column: string, change: AlterColumnGiven, options?: Keep & Restore): void
  /** Takes a column away, and what is in it, unless `keep` keeps it for the way back. */
  dropColumn(table: Referent, column: string, options?: IfExists & Keep): void
  /** A column gets another name; keys, checks and indexes follow. */
  renameColumn(table: Referent, column: string, name: string): void
  /** An index over columns, expressions or both; `desc(...)` sorts a part from high to low. */
  createIndex(
    name: string | null,
    table: Referent,
    columns: readonly IndexColumn[],
    options?: IndexOptions & IfNotExists,
  ): void
  /** Takes an index away. */
  dropIndex(name: string, table: Referent, options?: IfExists & { readonly concurrently?: boolean }): void
  /** An index gets another name. */
  renameIndex(name: string, table: Referent, newName: string): void
  /** A primary key for a table that has none. */
  createPrimaryKey(name: string | null, table: Referent, columns: readonly string[], options?: PrimaryKeyOptions): void
  /** No two rows with the same values in these columns. */
  createUniqueConstraint(
    name: string | null,
    table: Referent,
    columns: readonly string[],
    options?: UniqueOptions,
  ): void
  /** Every row's columns name a row of another table, or are null. */
  createForeignKey(
    name: string | null,
    table: Referent,
    referent: Referent,
    columns: readonly string[],
    referentColumns: readonly string[],
    options?: Omit<ForeignKeyOptions, 'name'>,
  ): void
  /** A condition that every row fulfils. */
  createCheckConstraint(name: string | null, table: Referent, condition: Sql | string, options?: CheckOptions): void
  /** No two rows for which all comparisons hold: `[['room', '='], ['during', '&&']]`. PostgreSQL only. */
  createExcludeConstraint(
    name: string,
    table: Referent,
    elements: readonly ExcludeElement[],
    options?: ExcludeOptions,
  ): void
  /** Takes a constraint away, by its name or by what it is over. */
  dropConstraint(
    constraint: string | Exclude<ConstraintSelector, { readonly name: string }>,
    table: Referent,
    options?: IfExists & { readonly type?: ConstraintType },
  ): void
  /** A constraint gets another name; `type` is needed for a primary key whose own name the engine does not keep. */
  renameConstraint(name: string, table: Referent, newName: string, options?: { readonly type?: ConstraintType }): void
  /** When a foreign key is checked; on PostgreSQL also that rows from before a constraint need not be held to it any more. */
  alterConstraint(
    name: string,
    table: Referent,
    change: { readonly deferrable?: boolean; readonly initially?: Deferral; readonly notValid?: boolean },
  ): void
  /** Looks at the rows that were there before a constraint made with `notValid`. */
  validateConstraint(name: string, table: Referent): void
  /** A type of some texts; a column of it is made by `enumeration(name, values)`. */
  createEnum(enumeration: Referent, values: readonly string[]): void
  /** Takes an enumeration away that no column has any more. */
  dropEnum(enumeration: Referent): void
  /**
   * The values, in their order. `columns` are those of this type, which engines without named types restate. Rows that hold
   * a value which goes are refused by the engine, unless `replace` says what they hold then.
   */
  setEnumValues(
    enumeration: Referent,
    values: readonly string[],
    columns?: readonly ColumnGiven[],
    options?: { readonly replace?: Readonly<Record<string, string | null>> },
  ): void
  /** One value more, at the end unless `before` or `after` another; without named types the engine needs `columns`. */
  addEnumValue(
    enumeration: Referent,
    value: string,
    options?: IfNotExists & EnumColumns & { readonly before?: string; readonly after?: string },
  ): void
  /** A value gets another text; rows and defaults follow. Without named types the engine needs `columns`. */
  renameEnumValue(enumeration: Referent, value: string, newValue: string, options?: EnumColumns): void
  /** PostgreSQL only: a type with `notNull()` and `default(...)` as the column builder says, and a check on `VALUE`. */
  createDomain(domain: Referent, type: AnyColumn, options?: DomainOptions): void
  /** Changes of a domain only what is given; a check of the same name can be dropped and added at once. */
  alterDomain(domain: Referent, change: AlterDomainGiven): void
  /** A domain gets another name; the columns that have it keep it. */
  renameDomain(domain: Referent, name: string): void
  /** Takes a domain away that no column has any more. */
  dropDomain(domain: Referent, options?: IfExists): void
  /** A namespace for tables, which PostgreSQL calls a schema. */
  createNamespace(name: string, options?: IfNotExists): void
  /** Takes an empty namespace away. */
  dropNamespace(name: string, options?: IfExists): void
  /** PostgreSQL only: an extension, in the usual namespace and of the newest version where nothing else is said. */
  createExtension(
    name: string,
    options?: IfNotExists & { readonly namespace?: string; readonly version?: string },
  ): void
  /** Takes an extension away. PostgreSQL only. */
  dropExtension(name: string, options?: IfExists): void
  /** Rows, given here or in a file beside the revision. */
  bulkInsert(table: Referent, rows: readonly Row[] | RowsFile, options?: BulkInsertOptions): void
  /** SQL as it is written: a text, ``sql`...` `` with names and values, a list, or a text for each engine. */
  execute(sql: ExecuteGiven, options?: ExecuteOptions): void
  /**
   * Code of your own on the live connection, in this place of the step.
   *
   * @example
   * op.run(async ({ db, op, log }) => {
   *   const { rows } = await db.query('SELECT 1 FROM "user" WHERE email IS NULL')
   *   log(`${rows.length} users without an email`)
   *   if (rows.length === 0) await op.alterColumn('user', 'email', { nullable: false })
   * }, { touches: ['user'] })
   */
  run(run: RunFunction, options?: Pick<ExecuteOptions, 'effects' | 'touches'>): void
  /**
   * Operations outside the step's transaction, each by itself.
   *
   * @example
   * op.autocommit((op) => op.execute('VACUUM'))
   */
  autocommit(work: (op: Operations) => void): void
}
