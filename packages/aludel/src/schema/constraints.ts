// The table-level builders: keys, uniques, checks and indexes, as the last argument of `table` and `createTable`.

import type { ColumnReference, ReferenceOptions } from './column.ts'
import type { Deferral, IndexPart } from './model.ts'
import type { MysqlIndex, MysqlKey } from './mysql-model.ts'
import { isSql, type Sql } from './sql.ts'

/** A column by reference or by name. */
export type ColumnLike = string | ColumnReference

export interface Ordered {
  readonly ordered: ColumnLike | Sql
  readonly descending: boolean
  readonly nulls: IndexPart['nulls']
}
export type IndexColumn = ColumnLike | Sql | Ordered

interface NullsOption {
  /** PostgreSQL puts them last where it goes up and first where it goes down, the other engines the other way round. */
  readonly nulls?: 'first' | 'last'
}

/** From low to high: needed only to say where nulls are, `asc(t.endedAt, { nulls: 'first' })`. */
export function asc(column: ColumnLike | Sql, { nulls }: NullsOption = {}): Ordered {
  return { ordered: column, descending: false, nulls: nulls ?? null }
}

/** From high to low: `index().on(desc(t.createdAt))`. */
export function desc(column: ColumnLike | Sql, { nulls }: NullsOption = {}): Ordered {
  return { ordered: column, descending: true, nulls: nulls ?? null }
}

export interface PostgresIndexOptions {
  readonly using?: string
  readonly include?: readonly string[]
  readonly concurrently?: boolean
  readonly nullsNotDistinct?: boolean
  readonly operatorClasses?: Readonly<Record<string, string>>
  /** Where texts are not sorted as their column says; by column, or `expr1` by the place of an expression. */
  readonly collations?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, string>>
}
export type MysqlIndexOptions = Partial<MysqlIndex>
export interface IndexOptions {
  readonly unique?: boolean
  readonly where?: Sql
  readonly postgres?: PostgresIndexOptions
  readonly mysql?: MysqlIndexOptions
}
export interface UniqueOptions {
  readonly deferrable?: boolean
  readonly initially?: Deferral
  readonly nullsNotDistinct?: boolean
  /** Columns that PostgreSQL keeps beside the key. */
  readonly include?: readonly string[]
  /** Settings of the index that it stands on, on PostgreSQL. */
  readonly with?: Readonly<Record<string, string>>
}
/** What one engine alone knows of a primary key: what a unique constraint of PostgreSQL may have, and MySQL's own. */
export interface PrimaryKeyOptions extends Omit<UniqueOptions, 'nullsNotDistinct'> {
  readonly mysql?: Partial<MysqlKey>
}
/** What PostgreSQL alone knows of a check. */
export interface CheckOptions {
  /** Rows that are there already are not looked at. */
  readonly notValid?: boolean
  /** Tables that inherit from this one are not held to it. */
  readonly noInherit?: boolean
}
export type ForeignKeyOptions = ReferenceOptions
/** What is compared, the operator, and an operator class where it is not the type's own. */
export type ExcludeElement = readonly [of: ColumnLike | Sql, operator: string, operatorClass?: string]
export interface ExcludeOptions {
  /** The kind of index; gist where nothing is said. */
  readonly using?: string
  readonly include?: readonly string[]
  readonly with?: Readonly<Record<string, string>>
  readonly where?: Sql
  readonly deferrable?: boolean
  readonly initially?: Deferral
}

export type Constraint =
  | {
      readonly kind: 'primaryKey'
      readonly name: string | null
      readonly columns: readonly ColumnLike[]
      readonly options: PrimaryKeyOptions
    }
  | {
      readonly kind: 'unique'
      readonly name: string | null
      readonly columns: readonly ColumnLike[]
      readonly options: UniqueOptions
    }
  | {
      readonly kind: 'foreignKey'
      readonly columns: readonly ColumnLike[]
      readonly referent: Referent
      readonly referentColumns: readonly ColumnLike[]
      readonly options: ForeignKeyOptions
    }
  | {
      readonly kind: 'check'
      readonly name: string | null
      readonly final: boolean
      readonly condition: Sql
      readonly options: CheckOptions
    }
  | {
      readonly kind: 'index'
      readonly name: string | null
      readonly columns: readonly IndexColumn[]
      readonly options: IndexOptions
    }
  | {
      readonly kind: 'exclude'
      readonly name: string
      readonly elements: readonly ExcludeElement[]
      readonly options: ExcludeOptions
    }

export type Referent = string | { readonly namespace: string | null; readonly name: string }

export interface IndexBuilder extends Extract<Constraint, { kind: 'index' }> {
  on(...columns: readonly IndexColumn[]): IndexBuilder
  unique(): IndexBuilder
  where(condition: Sql): IndexBuilder
  /** What one engine alone knows: `{ postgres: { using: 'gin' } }`. */
  with(options: IndexOptions): IndexBuilder
}

/** An index: `index('ix_live').on(t.teamId, desc(t.createdAt)).where(...)`; no name takes the convention's. */
export function index(name?: string): IndexBuilder {
  return indexBuilder({ kind: 'index', name: name ?? null, columns: [], options: {} })
}

function indexBuilder(state: Extract<Constraint, { kind: 'index' }>): IndexBuilder {
  return {
    ...state,
    on: (...columns) => indexBuilder({ ...state, columns }),
    unique: () => indexBuilder({ ...state, options: { ...state.options, unique: true } }),
    where: (condition) => indexBuilder({ ...state, options: { ...state.options, where: condition } }),
    with: (options) => indexBuilder({ ...state, options: { ...state.options, ...options } }),
  }
}

export interface UniqueBuilder extends Extract<Constraint, { kind: 'unique' }> {
  on(...columns: readonly ColumnLike[]): UniqueBuilder
  with(options: UniqueOptions): UniqueBuilder
}

/** A unique constraint: `unique('uq_pair').on(t.teamId, t.email)`. */
export function unique(name?: string): UniqueBuilder {
  return uniqueBuilder({ kind: 'unique', name: name ?? null, columns: [], options: {} })
}

function uniqueBuilder(state: Extract<Constraint, { kind: 'unique' }>): UniqueBuilder {
  return {
    ...state,
    on: (...columns) => uniqueBuilder({ ...state, columns }),
    with: (options) => uniqueBuilder({ ...state, options: { ...state.options, ...options } }),
  }
}

/** A check. In a model the name goes through the naming convention unless `{ final: true }`; null takes one from the condition. */
export function check(
  name: string | null,
  condition: Sql,
  { final = false, ...options }: { readonly final?: boolean } & CheckOptions = {},
): Constraint {
  return { kind: 'check', name, final, condition, options }
}

/**
 * On PostgreSQL no two rows for which all comparisons hold; other engines leave it out:
 * `exclude('ex_room', [[t.room, '='], [t.during, '&&']])`.
 */
export function exclude(name: string, elements: readonly ExcludeElement[], options: ExcludeOptions = {}): Constraint {
  return { kind: 'exclude', name, elements, options }
}

/** A foreign key over one or more columns; the referent is a table or its name. */
export function foreignKey(
  columns: readonly ColumnLike[],
  referent: Referent,
  referentColumns: readonly ColumnLike[],
  options: ForeignKeyOptions = {},
): Constraint {
  return { kind: 'foreignKey', columns, referent, referentColumns, options }
}

/** The primary key, of one or several columns: `primaryKey(t.a, t.b)`, or with a name `primaryKey([t.a, t.b], 'pk_pair', options)`. */
export function primaryKey(...given: readonly ColumnLike[]): Constraint
export function primaryKey(
  columns: readonly ColumnLike[],
  name?: string | null,
  options?: PrimaryKeyOptions,
): Constraint
export function primaryKey(...given: readonly unknown[]): Constraint {
  if (Array.isArray(given[0])) {
    const [columns, name = null, options = {}] = given as [ColumnLike[], (string | null)?, PrimaryKeyOptions?]
    return { kind: 'primaryKey', name, columns, options }
  }
  return { kind: 'primaryKey', name: null, columns: given as readonly ColumnLike[], options: {} }
}

export function columnName(column: ColumnLike): string {
  return typeof column === 'string' ? column : column.column
}

export function indexPart(column: IndexColumn): IndexPart {
  if (typeof column === 'object' && 'ordered' in column) {
    const { ordered, descending, nulls } = column
    return { ...indexPart(ordered), descending, nulls }
  }
  const of = isSql(column) ? { expression: column } : { column: columnName(column) }
  return { of, descending: false, nulls: null }
}
