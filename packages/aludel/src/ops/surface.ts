// The surface of the recorder: what `upgrade(op)` and `downgrade(op)` may call, in Alembic's order of arguments.

import type { DialectName, Features, Value } from '../database/types.ts'
import type { AnyColumn, ColumnBuilder, Now } from '../schema/column.ts'
import type {
  Constraint,
  ForeignKeyOptions,
  IndexColumn,
  IndexOptions,
  Referent,
  UniqueOptions,
} from '../schema/constraints.ts'
import type { Generated, Identity } from '../schema/model.ts'
import type { Sql } from '../schema/sql.ts'
import type { ColumnMap, ColumnReferences, TableOptions } from '../schema/table.ts'
import type { ExecuteGiven } from './execute-sql.ts'
import type { ConstraintSelector, ConstraintType, Row, RunFunction } from './operations.ts'

export interface IfExists {
  readonly ifExists?: boolean
}
export interface IfNotExists {
  readonly ifNotExists?: boolean
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
    options?: Omit<TableOptions, 'namespace'> & IfNotExists,
  ): void
  dropTable(table: Referent, options?: IfExists): void
  renameTable(table: Referent, name: string): void
  createTableComment(table: Referent, comment: string): void
  dropTableComment(table: Referent): void
  addColumn(
    table: Referent,
    name: string,
    column: ColumnBuilder<unknown, boolean, boolean, string | null>,
    options?: IfNotExists,
  ): void
  alterColumn(table: Referent, column: string, change: AlterColumnGiven): void
  dropColumn(table: Referent, column: string, options?: IfExists): void
  renameColumn(table: Referent, column: string, name: string): void
  createIndex(
    name: string | null,
    table: Referent,
    columns: readonly IndexColumn[],
    options?: IndexOptions & IfNotExists,
  ): void
  dropIndex(name: string, table: Referent, options?: IfExists & { readonly concurrently?: boolean }): void
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
  createCheckConstraint(name: string | null, table: Referent, condition: Sql | string): void
  dropConstraint(
    constraint: string | Exclude<ConstraintSelector, { readonly name: string }>,
    table: Referent,
    options?: IfExists & { readonly type?: ConstraintType },
  ): void
  createEnum(enumeration: Referent, values: readonly string[]): void
  dropEnum(enumeration: Referent): void
  setEnumValues(
    enumeration: Referent,
    values: readonly string[],
    columns?: readonly { readonly table: Referent; readonly column: string }[],
  ): void
  createNamespace(name: string): void
  dropNamespace(name: string): void
  bulkInsert(table: Referent, rows: readonly Row[]): void
  execute(sql: ExecuteGiven, options?: ExecuteOptions): void
  run(run: RunFunction, options?: Pick<ExecuteOptions, 'effects' | 'touches'>): void
  autocommit(work: (op: Operations) => void): void
}
