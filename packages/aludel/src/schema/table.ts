// `table(...)`: from builders to the plain data of the model.

import { AludelError } from '../errors.ts'
import type { AnyColumn, ColumnBuilder, ColumnReference, ColumnSpec, ReferenceOptions } from './column.ts'
import { type ColumnLike, type Constraint, columnName, indexPart, type Referent } from './constraints.ts'
import {
  checkModel,
  exclusionModel,
  foreignKeyModel,
  indexModel,
  postgresTable,
  primaryKeyModel,
  tableName,
  uniqueModel,
} from './keys.ts'
import {
  type Column,
  type ExclusionElement,
  type ForeignKey,
  type PartitionKey,
  plainSqliteTable,
  type ReplicaIdentity,
  type SqliteTable,
  type Table,
  type TableName,
} from './model.ts'
import { type MysqlTable, plainMysqlTable } from './mysql-model.ts'
import type { NamingConvention } from './naming.ts'
import type { Sql } from './sql.ts'

/** Columns and expressions, by what tells the partitions apart: `{ range: ['at'] }`. */
export type PartitionByGiven =
  | { readonly range: readonly (ColumnLike | Sql)[] }
  | { readonly list: readonly (ColumnLike | Sql)[] }
  | { readonly hash: readonly (ColumnLike | Sql)[] }

export interface PostgresTableOptions {
  readonly unlogged?: boolean
  readonly partitionBy?: PartitionByGiven | null
  /** The tables whose columns it has besides its own. */
  readonly inherits?: readonly Referent[]
  /** Settings of how its rows are kept: `{ fillfactor: '70' }`. */
  readonly with?: Readonly<Record<string, string>>
  readonly accessMethod?: string | null
  /** What tells an old row in the log of changes; the primary key where nothing is said. */
  readonly replicaIdentity?: ReplicaIdentity | null
}

export interface TableOptions {
  readonly namespace?: string
  readonly comment?: string
  readonly postgres?: PostgresTableOptions
  readonly mysql?: Partial<MysqlTable>
  readonly sqlite?: Partial<Omit<SqliteTable, 'definition'>>
}

export type ColumnMap = Readonly<Record<string, AnyColumn>>

/** The name of a column in the database: the one given, else its key. */
export type NameOf<Key extends string, Builder> =
  Builder extends ColumnBuilder<infer _T, infer _N, infer _F, infer Name> ? (Name extends string ? Name : Key) : Key

type ValueOf<Builder> = Builder extends ColumnBuilder<infer T, infer _N, infer _F, infer _Name> ? T : never

export type ColumnReferences<Columns extends ColumnMap> = {
  readonly [Key in keyof Columns & string]: ColumnReference<NameOf<Key, Columns[Key]>, ValueOf<Columns[Key]>>
}

type Constraints<Columns extends ColumnMap> = ((t: ColumnReferences<Columns>) => readonly Constraint[]) | null

/** A table of a model. `columns` are the references that keys, indexes and other tables use. */
export interface TableDefinition<
  Name extends string = string,
  Columns extends ColumnMap = ColumnMap,
  Namespace extends string | null = string | null,
> {
  readonly kind: 'table'
  readonly namespace: Namespace
  readonly name: Name
  readonly columns: ColumnReferences<Columns>
  readonly specs: Columns
  /** The plain data, with every name given by the convention. */
  model(naming: NamingConvention): Table
}

/**
 * A table of the model: its name, its columns by key, and a function that gives its keys, checks and indexes.
 *
 * @example
 * const user = table('user', { id: integer().identity().primaryKey(), email: string(120).notNull() },
 *   (t) => [unique().on(t.email)])
 */
export function table<const Name extends string, Columns extends ColumnMap>(
  name: Name,
  columns: Columns,
  constraints?: Constraints<Columns>,
  options?: TableOptions & { readonly namespace?: never },
): TableDefinition<Name, Columns, null>
export function table<const Name extends string, Columns extends ColumnMap, const Namespace extends string>(
  name: Name,
  columns: Columns,
  constraints: Constraints<Columns>,
  options: TableOptions & { readonly namespace: Namespace },
): TableDefinition<Name, Columns, Namespace>
export function table<const Name extends string, Columns extends ColumnMap>(
  name: Name,
  columns: Columns,
  constraints?: Constraints<Columns>,
  options?: TableOptions,
): TableDefinition<Name, Columns>
export function table<const Name extends string, Columns extends ColumnMap>(
  name: Name,
  columns: Columns,
  constraints?: Constraints<Columns>,
  options: TableOptions = {},
): TableDefinition<Name, Columns> {
  const at: TableName = { namespace: options.namespace ?? null, name }
  const references = referencesOf(at, columns)
  return {
    kind: 'table',
    namespace: at.namespace,
    name,
    columns: references,
    specs: columns,
    model: (naming) =>
      tableModel({ at, specs: namedSpecs(name, columns), extra: constraints?.(references) ?? [], options, naming }),
  }
}

function referencesOf<Columns extends ColumnMap>(at: TableName, columns: Columns): ColumnReferences<Columns> {
  const references = Object.entries(columns).map(([key, column]): readonly [string, ColumnReference] => [
    key,
    { table: at, column: column.spec.column.name || key },
  ])
  return Object.fromEntries(references) as ColumnReferences<Columns>
}

/** What a builder has gathered, and the name that the column has. */
interface NamedSpec {
  readonly name: string
  readonly spec: ColumnSpec
}

function namedSpecs(table: string, columns: ColumnMap): readonly NamedSpec[] {
  const seen = new Set<string>()
  return Object.entries(columns).map(([key, { spec }]) => {
    const name = spec.column.name || key
    if (seen.has(name)) throw new AludelError('duplicate-column', `Table "${table}" has two columns named "${name}".`)
    seen.add(name)
    return { name, spec }
  })
}

interface Parts {
  readonly at: TableName
  readonly specs: readonly NamedSpec[]
  readonly extra: readonly Constraint[]
  readonly options: TableOptions
  readonly naming: NamingConvention
}

function tableModel(parts: Parts): Table {
  const { at, specs, extra, options, naming } = parts
  const primary = primaryKeyOf(parts)
  const keyed = new Set(primary?.columns ?? [])
  const model: Table = {
    ...at,
    columns: specs.map(
      ({ name, spec: { column } }): Column => ({ ...column, name, nullable: column.nullable && !keyed.has(name) }),
    ),
    primaryKey: primary,
    uniques: [
      ...specs.flatMap(({ name, spec: { unique } }) =>
        unique === null ? [] : [uniqueModel(at.name, unique.name, [name], {}, naming)],
      ),
      ...extra.flatMap((part) =>
        part.kind === 'unique'
          ? [uniqueModel(at.name, part.name, part.columns.map(columnName), part.options, naming)]
          : [],
      ),
    ],
    foreignKeys: [
      ...specs.flatMap((named) => (named.spec.references === null ? [] : [referenceModel(at, named, naming)])),
      ...extra.flatMap((part) => (part.kind === 'foreignKey' ? [foreignKeyOf(at, part, naming)] : [])),
    ],
    checks: extra.flatMap((part) => (part.kind === 'check' ? [checkModel(at.name, part, naming)] : [])),
    indexes: extra.flatMap((part) =>
      part.kind === 'index' ? [indexModel(at.name, part.name, part.columns.map(indexPart), part.options, naming)] : [],
    ),
    comment: options.comment ?? null,
    postgres: postgresTable({
      ...options.postgres,
      exclusions: extra.flatMap((part) =>
        part.kind === 'exclude' ? [exclusionModel(part.name, part.elements, part.options)] : [],
      ),
      partitionBy: partitionKey(options.postgres?.partitionBy ?? null),
      inherits: (options.postgres?.inherits ?? []).map(tableName),
    }),
    mysql: options.mysql === undefined ? null : { ...plainMysqlTable, ...options.mysql },
    sqlite: options.sqlite === undefined ? null : { ...plainSqliteTable, ...options.sqlite },
  }
  checkColumns(model)
  return model
}

function primaryKeyOf({ at, specs, extra, naming }: Parts): Table['primaryKey'] {
  const own = specs.filter(({ spec }) => spec.primaryKey !== null)
  const apart = extra.filter((part) => part.kind === 'primaryKey')
  if (apart.length > 1 || (apart.length === 1 && own.length > 0)) {
    throw new AludelError('duplicate-primary-key', `Table "${at.name}" is given more than one primary key.`)
  }
  const columns = apart[0]?.columns.map(columnName) ?? own.map(({ name }) => name)
  if (columns.length === 0) return null
  const given = apart[0]?.name ?? own.find(({ spec }) => spec.primaryKey?.name)?.spec.primaryKey?.name ?? null
  return primaryKeyModel(at.name, given, columns, apart[0]?.options ?? {}, naming)
}

export function partitionKey(given: PartitionByGiven | null): PartitionKey | null {
  if (given === null) return null
  const [method, of] =
    'range' in given
      ? (['range', given.range] as const)
      : 'list' in given
        ? (['list', given.list] as const)
        : (['hash', given.hash] as const)
  return { method, by: of.map((part) => indexPart(part).of) }
}

function checkColumns(model: Table): void {
  // The columns that it has from others are not known here.
  if ((model.postgres?.inherits ?? []).length > 0) return
  const known = new Set(model.columns.map((column) => column.name))
  const used = [
    ...(model.primaryKey?.columns ?? []),
    ...model.uniques.flatMap((unique) => unique.columns),
    ...model.foreignKeys.flatMap((key) => key.columns),
    ...[...model.indexes.flatMap(({ parts }) => parts), ...exclusionElements(model)].map(({ of }) => of),
    ...(model.postgres?.partitionBy?.by ?? []),
  ].flatMap((used) => (typeof used === 'string' ? [used] : 'column' in used ? [used.column] : []))
  const missing = used.find((column) => !known.has(column))
  if (missing !== undefined) {
    throw new AludelError(
      'unknown-column',
      `A key or index of table "${model.name}" names the column "${missing}", which it does not have.`,
    )
  }
}

function exclusionElements({ postgres }: Table): readonly ExclusionElement[] {
  return postgres?.exclusions.flatMap(({ elements }) => elements) ?? []
}

function foreignKeyOf(
  at: TableName,
  part: Extract<Constraint, { kind: 'foreignKey' }>,
  naming: NamingConvention,
): ForeignKey {
  const columns = part.columns.map(columnName)
  const referentColumns = part.referentColumns.map(columnName)
  return foreignKeyModel(at.name, columns, tableName(part.referent), referentColumns, part.options, naming)
}

function referenceModel(at: TableName, { name, spec }: NamedSpec, naming: NamingConvention): ForeignKey {
  const { target, options } = spec.references as { target: () => ColumnReference; options: ReferenceOptions }
  const to = typeof target === 'function' ? target() : undefined
  // The type checker sees this; a file of models runs without it.
  if (typeof to?.column !== 'string' || typeof to.table?.name !== 'string') {
    throw new AludelError(
      'invalid-reference',
      `Column "${name}" of table "${at.name}" refers to something that is no column of a table.`,
      { hint: 'Write `references(() => user.columns.id)`: a function that gives a column.' },
    )
  }
  return foreignKeyModel(at.name, [name], to.table, [to.column], options, naming)
}
