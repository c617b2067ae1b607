// The recorder: what `upgrade(op)` and `downgrade(op)` get. Every call becomes data; nothing is touched.

import type { DialectName, Features, Value } from '../database/types.ts'
import { AludelError } from '../errors.ts'
import { type ColumnBuilder, type AnyColumn, type Now, toDefault } from '../schema/column.ts'
import {
  type Constraint,
  columnName,
  type ForeignKeyOptions,
  type IndexColumn,
  type IndexOptions,
  indexPart,
  type Referent,
  type UniqueOptions,
} from '../schema/constraints.ts'
import type { Generated, Identity, TableName } from '../schema/model.ts'
import { conventionalName, type NamingConvention, shortName } from '../schema/naming.ts'
import type { Sql } from '../schema/sql.ts'
import {
  type ColumnMap,
  type ColumnReferences,
  foreignKeyModel,
  indexModel,
  type TableOptions,
  table as tableDefinition,
  tableName,
  uniqueModel,
} from '../schema/table.ts'
import type { ColumnChange, ConstraintSelector, ConstraintType, Op, Row, RunFunction } from './operations.ts'
import { type ExecuteGiven, toExecuteSql } from './execute-sql.ts'

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
  createIndex(name: string | null, table: Referent, columns: readonly IndexColumn[], options?: IndexOptions & IfNotExists): void
  dropIndex(name: string, table: Referent, options?: IfExists & { readonly concurrently?: boolean }): void
  createPrimaryKey(name: string | null, table: Referent, columns: readonly string[]): void
  createUniqueConstraint(name: string | null, table: Referent, columns: readonly string[], options?: UniqueOptions): void
  createForeignKey(
    name: string | null,
    table: Referent,
    referent: Referent,
    columns: readonly string[],
    referentColumns: readonly string[],
    options?: Omit<ForeignKeyOptions, 'name'> & { readonly notValid?: boolean },
  ): void
  createCheckConstraint(name: string, table: Referent, condition: Sql | string): void
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

export interface RecordRequest {
  readonly dialect: DialectName
  readonly features: Features
  readonly naming: NamingConvention
  readonly arguments?: Readonly<Record<string, string>>
}

/** Records what `work` calls, in order, as frozen data. */
export function record(request: RecordRequest, work: (op: Operations) => unknown): readonly Op[] {
  const ops: Op[] = []
  const answer = work(createRecorder(request, (op) => ops.push(op)))
  if (answer instanceof Promise) {
    answer.catch(() => undefined)
    throw new AludelError('async-revision', 'Recording is synchronous, but the function returned a promise.', {
      hint: 'Take `async` away; what needs a live connection goes into op.run(async ({ db }) => { ... }).',
    })
  }
  return ops
}

/** A recorder that hands every operation to `take`, in the order of the calls. */
export function createRecorder(request: RecordRequest, take: (op: Op) => void): Operations {
  // A revision file holds final names, so a check's name is not put through the convention again.
  const naming = { ...request.naming, ck: '{name}' }
  const nested = (work: ((op: Operations) => void) | undefined) => (work === undefined ? null : record(request, work))
  const keep = (op: Op) => take(deepFreeze(op))
  return {
    dialect: request.dialect,
    features: request.features,
    arguments: request.arguments ?? {},
    createTable: (at, columns, constraints, options = {}) => {
      const { ifNotExists, ...rest } = options
      const { namespace, name } = tableName(at)
      const definition = tableDefinition(name, columns, constraints, namespace === null ? rest : { ...rest, namespace })
      keep({ kind: 'createTable', table: definition.model(naming), ifNotExists: ifNotExists ?? false })
    },
    dropTable: (at, options) => keep({ kind: 'dropTable', table: tableName(at), ifExists: options?.ifExists ?? false }),
    renameTable: (at, name) => keep({ kind: 'renameTable', table: tableName(at), name }),
    createTableComment: (at, comment) => keep({ kind: 'createTableComment', table: tableName(at), comment }),
    dropTableComment: (at) => keep({ kind: 'createTableComment', table: tableName(at), comment: null }),
    addColumn: (at, name, column, options) => {
      for (const op of addColumnOps(tableName(at), name, column, options?.ifNotExists ?? false, naming)) keep(op)
    },
    alterColumn: (at, column, given) => {
      for (const op of alterColumnOps(tableName(at), column, given)) keep(op)
    },
    dropColumn: (at, column, options) =>
      keep({ kind: 'dropColumn', table: tableName(at), column, ifExists: options?.ifExists ?? false }),
    renameColumn: (at, column, name) => keep({ kind: 'renameColumn', table: tableName(at), column, name }),
    createIndex: (name, at, columns, options = {}) => {
      const { ifNotExists, ...rest } = options
      const table = tableName(at)
      const index = indexModel(table.name, name, columns.map(indexPart), rest, naming)
      keep({ kind: 'createIndex', table, index, ifNotExists: ifNotExists ?? false })
    },
    dropIndex: (name, at, options) =>
      keep({
        kind: 'dropIndex',
        table: tableName(at),
        name,
        ifExists: options?.ifExists ?? false,
        concurrently: options?.concurrently ?? false,
      }),
    createPrimaryKey: (name, at, columns) => {
      const table = tableName(at)
      const given = name === null ? conventionalName(naming.pk, { table: table.name, columns }) : shortName(name)
      keep({ kind: 'createPrimaryKey', table, primaryKey: { name: given, columns } })
    },
    createUniqueConstraint: (name, at, columns, options = {}) => {
      const table = tableName(at)
      keep({ kind: 'createUniqueConstraint', table, unique: uniqueModel(table.name, name, columns, options, naming) })
    },
    createForeignKey: (name, at, referent, columns, referentColumns, options = {}) => {
      const { notValid, ...rest } = options
      const table = tableName(at)
      const given = name === null ? rest : { ...rest, name }
      const foreignKey = foreignKeyModel(table.name, columns, tableName(referent), referentColumns, given, naming)
      keep({ kind: 'createForeignKey', table, foreignKey, notValid: notValid ?? false })
    },
    createCheckConstraint: (name, at, condition) =>
      keep({ kind: 'createCheckConstraint', table: tableName(at), check: { name: shortName(name), condition: asSql(condition) } }),
    dropConstraint: (constraint, at, options) =>
      keep({
        kind: 'dropConstraint',
        table: tableName(at),
        constraint: typeof constraint === 'string' ? { name: constraint } : constraint,
        type: options?.type ?? null,
        ifExists: options?.ifExists ?? false,
      }),
    createEnum: (at, values) => keep({ kind: 'createEnum', enumeration: { ...tableName(at), values } }),
    dropEnum: (at) => keep({ kind: 'dropEnum', enumeration: tableName(at) }),
    setEnumValues: (at, values, columns = []) =>
      keep({
        kind: 'setEnumValues',
        enumeration: { ...tableName(at), values },
        columns: columns.map(({ table, column }) => ({ table: tableName(table), column })),
      }),
    createNamespace: (name) => keep({ kind: 'createNamespace', name }),
    dropNamespace: (name) => keep({ kind: 'dropNamespace', name }),
    bulkInsert: (at, rows) => keep({ kind: 'bulkInsert', table: tableName(at), rows }),
    execute: (given, options = {}) =>
      keep({
        kind: 'execute',
        sql: toExecuteSql(given),
        effects: nested(options.effects),
        touches: options.touches ?? null,
        undo: options.undo === undefined ? null : toExecuteSql(options.undo),
        transactional: options.transactional ?? true,
      }),
    run: (work, options = {}) =>
      keep({ kind: 'run', run: work, effects: nested(options.effects), touches: options.touches ?? null }),
    autocommit: (work) => keep({ kind: 'autocommit', ops: record(request, work) }),
  }
}

/** A column builder may say more than a column: its unique and foreign key become operations of their own. */
function addColumnOps(table: TableName, name: string, given: AnyColumn, ifNotExists: boolean, naming: NamingConvention): readonly Op[] {
  const { column, unique, references, primaryKey } = given.spec
  const ops: Op[] = [{ kind: 'addColumn', table, column: { ...column, name }, ifNotExists }]
  if (primaryKey !== null) {
    const pk = primaryKey.name ?? conventionalName(naming.pk, { table: table.name, columns: [name] })
    ops.push({ kind: 'createPrimaryKey', table, primaryKey: { name: pk, columns: [name] } })
  }
  if (unique !== null) {
    ops.push({ kind: 'createUniqueConstraint', table, unique: uniqueModel(table.name, unique.name, [name], {}, naming) })
  }
  if (references !== null) {
    const to = references.target()
    const foreignKey = foreignKeyModel(table.name, [name], tableName(to.table), [columnName(to)], references.options, naming)
    ops.push({ kind: 'createForeignKey', table, foreignKey, notValid: false })
  }
  return ops
}

function alterColumnOps(table: TableName, column: string, given: AlterColumnGiven): readonly Op[] {
  const { name, using, type, default: value, ...rest } = given
  const set: ColumnChange = {
    ...(type === undefined ? {} : { type: type.spec.column.type }),
    ...rest,
    ...('default' in given ? { default: toDefault(value, type?.spec.column.type ?? null) } : {}),
  }
  const ops: Op[] = []
  if (Object.keys(set).length > 0) {
    ops.push({ kind: 'alterColumn', table, column, set, using: using === undefined ? null : asSql(using) })
  }
  if (name !== undefined) ops.push({ kind: 'renameColumn', table, column, name })
  return ops
}

function asSql(given: Sql | string): Sql {
  return typeof given === 'string' ? { parts: [given] } : given
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) return value
  for (const held of Object.values(value)) deepFreeze(held)
  return Object.freeze(value)
}
