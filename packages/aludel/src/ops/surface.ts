// The surface of the recorder: what `upgrade(op)` and `downgrade(op)` may call, in Alembic's order of arguments.

import type { DialectName, Features, Value } from '../database/types.ts'
import type { AnyColumn, ColumnBuilder, Now } from '../schema/column.ts'
import type {
  Constraint,
  ExcludeElement,
  ExcludeOptions,
  ForeignKeyOptions,
  IndexColumn,
  IndexOptions,
  Referent,
  UniqueOptions,
} from '../schema/constraints.ts'
import type { Generated, Identity } from '../schema/model.ts'
import type { EngineSqlGiven } from '../schema/objects.ts'
import type { Sql } from '../schema/sql.ts'
import type { ColumnMap, ColumnReferences, TableOptions } from '../schema/table.ts'
import type { ExecuteGiven } from './execute-sql.ts'
import type { ConstraintSelector, ConstraintType, RevokedOption, Row, RunFunction } from './operations.ts'
import type {
  AlterDomainGiven,
  AlterPolicyGiven,
  DomainOptions,
  FunctionOptions,
  GrantTarget,
  MaterializedViewOptions,
  PartitionBoundsGiven,
  PolicyOptions,
  PrivilegeGiven,
  SequenceOptions,
  ViewOptions,
} from './surface-options.ts'

export interface IfExists {
  readonly ifExists?: boolean
}
export interface IfNotExists {
  readonly ifNotExists?: boolean
}

/** What the operation takes away is kept in an archive table, and put back by the way down. */
export interface Keep {
  readonly keep?: boolean
}
/** What the way up has kept of this place is put back; said by whoever writes a way down for another revision's `keep`. */
export interface Restore {
  readonly restore?: boolean
}

export interface AlterColumnGiven {
  readonly type?: AnyColumn
  readonly nullable?: boolean
  readonly default?: Value | Sql | Now
  readonly name?: string
  readonly comment?: string | null
  readonly using?: Sql | string
  readonly collation?: string | null
  readonly identity?: Identity | null
  readonly generated?: Generated | null
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

/** Rows in a file beside the revision: CSV with the columns in its first line, or JSON (`.jsonl`: an object a line). */
export type RowsFile = { readonly csv: string } | { readonly json: string }

/** How a CSV file is written, where it is not the usual way. */
export interface BulkInsertOptions {
  /** What stands between fields; default: a comma. */
  readonly delimiter?: string
  /** The text that is NULL where it is not in quotes; default: nothing at all. */
  readonly null?: string
}

export interface ColumnGiven {
  readonly table: Referent
  readonly column: string
}

export interface EnumColumns {
  readonly columns?: readonly ColumnGiven[]
}

/** The operations of a revision, in Alembic's order of arguments. Each call records; nothing runs yet. */
export interface Operations {
  readonly dialect: DialectName
  readonly features: Features
  /** What `-x key=value` gave. */
  readonly arguments: Readonly<Record<string, string>>
  createTable<Columns extends ColumnMap>(
    table: Referent,
    columns: Columns,
    constraints?: ((t: ColumnReferences<Columns>) => readonly Constraint[]) | null,
    options?: Omit<TableOptions, 'namespace'> & IfNotExists & Restore,
  ): void
  dropTable(table: Referent, options?: IfExists & Keep): void
  renameTable(table: Referent, name: string): void
  createTableComment(table: Referent, comment: string): void
  dropTableComment(table: Referent): void
  addColumn(
    table: Referent,
    name: string,
    column: ColumnBuilder<unknown, boolean, boolean, string | null>,
    options?: IfNotExists & Restore,
  ): void
  /** `keep` keeps the values as they were before a change of type, and `restore` puts them back. */
  alterColumn(table: Referent, column: string, change: AlterColumnGiven, options?: Keep & Restore): void
  dropColumn(table: Referent, column: string, options?: IfExists & Keep): void
  renameColumn(table: Referent, column: string, name: string): void
  createIndex(
    name: string | null,
    table: Referent,
    columns: readonly IndexColumn[],
    options?: IndexOptions & IfNotExists,
  ): void
  dropIndex(name: string, table: Referent, options?: IfExists & { readonly concurrently?: boolean }): void
  renameIndex(name: string, table: Referent, newName: string): void
  createPrimaryKey(name: string | null, table: Referent, columns: readonly string[]): void
  createUniqueConstraint(
    name: string | null,
    table: Referent,
    columns: readonly string[],
    options?: UniqueOptions,
  ): void
  createForeignKey(
    name: string | null,
    table: Referent,
    referent: Referent,
    columns: readonly string[],
    referentColumns: readonly string[],
    options?: Omit<ForeignKeyOptions, 'name'> & { readonly notValid?: boolean },
  ): void
  createCheckConstraint(
    name: string | null,
    table: Referent,
    condition: Sql | string,
    options?: { readonly notValid?: boolean },
  ): void
  /** No two rows for which all comparisons hold: `[['room', '='], ['during', '&&']]`. PostgreSQL only. */
  createExcludeConstraint(
    name: string,
    table: Referent,
    elements: readonly ExcludeElement[],
    options?: ExcludeOptions,
  ): void
  dropConstraint(
    constraint: string | Exclude<ConstraintSelector, { readonly name: string }>,
    table: Referent,
    options?: IfExists & { readonly type?: ConstraintType },
  ): void
  /** `type` is needed where the engine keeps no name of a primary key that has one of its own. */
  renameConstraint(name: string, table: Referent, newName: string, options?: { readonly type?: ConstraintType }): void
  /** Looks at the rows that were there before a constraint made with `notValid`. */
  validateConstraint(name: string, table: Referent): void
  createEnum(enumeration: Referent, values: readonly string[]): void
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
  /** Rows and defaults follow; without named types the engine needs `columns`. */
  renameEnumValue(enumeration: Referent, value: string, newValue: string, options?: EnumColumns): void
  /** PostgreSQL only: a type with `notNull()` and `default(...)` as the column builder says, and a check on `VALUE`. */
  createDomain(domain: Referent, type: AnyColumn, options?: DomainOptions): void
  /** Only the keys given change; a check of the same name can be dropped and added at once. */
  alterDomain(domain: Referent, change: AlterDomainGiven): void
  renameDomain(domain: Referent, name: string): void
  dropDomain(domain: Referent, options?: IfExists): void
  createNamespace(name: string): void
  dropNamespace(name: string): void
  /** PostgreSQL only; in the usual namespace and of the newest version where nothing else is said. */
  createExtension(
    name: string,
    options?: IfNotExists & { readonly namespace?: string; readonly version?: string },
  ): void
  dropExtension(name: string, options?: IfExists): void
  createView(view: Referent, query: EngineSqlGiven, options?: ViewOptions): void
  dropView(view: Referent, options?: IfExists): void
  renameView(view: Referent, name: string): void
  createMaterializedView(view: Referent, query: EngineSqlGiven, options?: MaterializedViewOptions): void
  dropMaterializedView(view: Referent, options?: IfExists): void
  refreshMaterializedView(view: Referent, options?: { readonly concurrently?: boolean }): void
  createSequence(sequence: Referent, options?: SequenceOptions & IfNotExists): void
  /** Only the keys given change; null takes a bound, a cache or an owner away. */
  alterSequence(sequence: Referent, change: SequenceOptions): void
  renameSequence(sequence: Referent, name: string): void
  dropSequence(sequence: Referent, options?: IfExists): void
  /** `text` is the whole CREATE statement, as the engine takes it. */
  createFunction(name: Referent, text: EngineSqlGiven, options?: FunctionOptions): void
  dropFunction(name: Referent, options?: Pick<FunctionOptions, 'arguments'> & IfExists): void
  /** `text` is the whole CREATE statement, as the engine takes it. */
  createTrigger(name: string, table: Referent, text: EngineSqlGiven): void
  dropTrigger(name: string, table: Referent, options?: IfExists): void
  /** PostgreSQL only: from now on policies decide which rows are there; with `force` for the table's owner, too. */
  enableRowSecurity(table: Referent, options?: { readonly force?: boolean }): void
  disableRowSecurity(table: Referent): void
  /** For every command and everybody where nothing else is said. `PUBLIC` and `CURRENT_USER` are words, other roles names. */
  createPolicy(name: string, table: Referent, options?: PolicyOptions): void
  /** Only the keys given change; `to: []` is everybody. */
  alterPolicy(name: string, table: Referent, change: AlterPolicyGiven): void
  renamePolicy(name: string, table: Referent, newName: string): void
  dropPolicy(name: string, table: Referent, options?: IfExists): void
  /**
   * What users may do: `op.grant(['SELECT', { privilege: 'UPDATE', columns: ['note'] }], { on: 'user', to: ['reader'] })`.
   * On MariaDB and MySQL a user is `name@host`, and a namespace is a database. Not on SQLite.
   */
  grant(
    privileges: readonly PrivilegeGiven[],
    options: { readonly on: GrantTarget; readonly to: readonly string[]; readonly withGrantOption?: boolean },
  ): void
  /** `grantOption` takes the right to give privileges on, too, or only that one. */
  revoke(
    privileges: readonly PrivilegeGiven[],
    options: { readonly on: GrantTarget; readonly from: readonly string[]; readonly grantOption?: RevokedOption },
  ): void
  /** PostgreSQL only, of a table made with `{ postgres: { partitionBy } }`. It goes with `dropTable`. */
  createPartition(name: Referent, parent: Referent, bounds: PartitionBoundsGiven, options?: IfNotExists): void
  /** A table becomes a partition. The server looks at its rows, unless a check says already that they are in the bounds. */
  attachPartition(name: Referent, parent: Referent, bounds: PartitionBoundsGiven): void
  /** A partition becomes a table; `concurrently` keeps nobody waiting, and is outside the step's transaction. */
  detachPartition(name: Referent, parent: Referent, options?: { readonly concurrently?: boolean }): void
  bulkInsert(table: Referent, rows: readonly Row[] | RowsFile, options?: BulkInsertOptions): void
  execute(sql: ExecuteGiven, options?: ExecuteOptions): void
  run(run: RunFunction, options?: Pick<ExecuteOptions, 'effects' | 'touches'>): void
  autocommit(work: (op: Operations) => void): void
}
