// Keys, uniques and indexes as plain data, every one with a name.

import { AludelError } from '../errors.ts'
import { canonicalJson } from './canonical.ts'
import {
  type Constraint,
  columnName,
  type ExcludeElement,
  type ExcludeOptions,
  type ForeignKeyOptions,
  type IndexOptions,
  type PrimaryKeyOptions,
  type Referent,
  type UniqueOptions,
} from './constraints.ts'
import type {
  Check,
  Deferral,
  Exclusion,
  ForeignKey,
  Index,
  PostgresIndex,
  PostgresTable,
  PostgresUnique,
  PrimaryKey,
  TableName,
  Unique,
} from './model.ts'
import { plainMysqlIndex, plainMysqlKey } from './mysql-model.ts'
import { conventionalName, digest, type NamingConvention, shortName } from './naming.ts'
import { plainPostgresPrimaryKey, unlessPlain } from './postgres-model.ts'
import { isSql } from './sql.ts'

export function uniqueModel(
  table: string,
  name: string | null,
  columns: readonly string[],
  options: UniqueOptions,
  naming: NamingConvention,
): Unique {
  return {
    name: name === null ? conventionalName(naming.uq, { table, columns }) : shortName(name),
    columns,
    deferrable: deferral(options),
    postgres: postgresUnique({ ...plainUnique, ...picked(options, ['nullsNotDistinct', 'include', 'with']) }),
  }
}

/** What PostgreSQL alone knows of a unique constraint; null where that is nothing. */
export function postgresUnique(own: PostgresUnique): PostgresUnique | null {
  return unlessPlain(own, plainUnique)
}

const plainUnique: PostgresUnique = { nullsNotDistinct: false, include: [], with: {} }

function picked<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Partial<Pick<T, K>> {
  return Object.fromEntries(keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]]))) as never
}

export function primaryKeyModel(
  table: string,
  name: string | null,
  columns: readonly string[],
  options: PrimaryKeyOptions,
  naming: NamingConvention,
): PrimaryKey {
  const own = {
    ...plainPostgresPrimaryKey,
    deferrable: deferral(options),
    ...picked(options, ['include', 'with']),
  }
  return {
    name: name === null ? conventionalName(naming.pk, { table, columns }) : shortName(name),
    columns,
    mysql: options.mysql === undefined ? null : { ...plainMysqlKey, ...options.mysql },
    postgres: unlessPlain(own, plainPostgresPrimaryKey),
  }
}

/** A check without a name is told from others by what it says. */
export function checkModel(
  table: string,
  { name, condition, final, options }: Omit<Extract<Constraint, { readonly kind: 'check' }>, 'kind'>,
  naming: NamingConvention,
): Check {
  const plain = { notValid: false, noInherit: false }
  const postgres = unlessPlain({ ...plain, ...picked(options, ['notValid', 'noInherit']) }, plain)
  if (name !== null && final) return { name: shortName(name), condition, postgres }
  const facts = { table, name: name ?? digest(canonicalJson(condition)) }
  return { name: conventionalName(naming.ck, facts), condition, postgres }
}

export const plainPostgresIndex: PostgresIndex = {
  using: 'btree',
  include: [],
  concurrently: false,
  nullsNotDistinct: false,
  operatorClasses: {},
  collations: {},
  with: {},
  invalid: false,
}

export function indexModel(
  table: string,
  name: string | null,
  parts: Index['parts'],
  options: IndexOptions,
  naming: NamingConvention,
): Index {
  const columns = parts.map((part, position) => ('column' in part.of ? part.of.column : `expr${position + 1}`))
  return {
    name: name === null ? conventionalName(naming.ix, { table, columns }) : shortName(name),
    parts,
    unique: options.unique ?? false,
    where: options.where ?? null,
    postgres: options.postgres === undefined ? null : { ...plainPostgresIndex, ...options.postgres },
    mysql: options.mysql === undefined ? null : { ...plainMysqlIndex, ...options.mysql },
  }
}

export function foreignKeyModel(
  table: string,
  columns: readonly string[],
  referent: TableName,
  referentColumns: readonly string[],
  options: ForeignKeyOptions,
  naming: NamingConvention,
): ForeignKey {
  if (columns.length !== referentColumns.length) {
    throw new AludelError(
      'foreign-key-shape',
      `A foreign key of table "${table}" has ${columns.length} columns but refers to ${referentColumns.length}.`,
    )
  }
  return {
    name:
      options.name === undefined
        ? conventionalName(naming.fk, { table, columns, referent: referent.name })
        : shortName(options.name),
    columns,
    referent,
    referentColumns,
    onDelete: options.onDelete ?? 'no action',
    onUpdate: options.onUpdate ?? 'no action',
    deferrable: deferral(options),
    match: options.match ?? 'simple',
    postgres: unlessPlain({ ...plainForeignKey, ...picked(options, ['notValid', 'setColumns']) }, plainForeignKey),
  }
}

const plainForeignKey = { notValid: false, setColumns: [] as readonly string[] }

export function exclusionModel(name: string, elements: readonly ExcludeElement[], options: ExcludeOptions): Exclusion {
  return {
    name: shortName(name),
    elements: elements.map(([of, operator, operatorClass]) => ({
      of: isSql(of) ? { expression: of } : { column: columnName(of) },
      operator: checkedOperator(operator, name),
      operatorClass: operatorClass ?? null,
    })),
    using: options.using ?? 'gist',
    include: options.include ?? [],
    with: options.with ?? {},
    where: options.where ?? null,
    deferrable: deferral(options),
  }
}

const symbols = '[-+*/<>=~!@#%^&|`?]+'
const operators = new RegExp(`^(?:${symbols}|OPERATOR\\((?:"(?:[^"]|"")+"|\\w+)\\.${symbols}\\))$`)

// An operator is written into the SQL as it is, so nothing else may stand in its place.
function checkedOperator(operator: string, constraint: string): string {
  if (operators.test(operator)) return operator
  throw new AludelError('invalid-operator', `The exclude constraint "${constraint}" compares by "${operator}".`, {
    hint: "Give an operator: '=', '&&', or with its namespace 'OPERATOR(app.=)'.",
  })
}

/** What PostgreSQL alone knows of a table; null where that is nothing. */
export function postgresTable(own: Partial<PostgresTable>): PostgresTable | null {
  return unlessPlain({ ...plainPostgresTable, ...own }, plainPostgresTable)
}

export const plainPostgresTable: PostgresTable = {
  unlogged: false,
  exclusions: [],
  partitionBy: null,
  inherits: [],
  with: {},
  accessMethod: null,
  replicaIdentity: null,
}

export function tableName(table: Referent): TableName {
  return typeof table === 'string' ? { namespace: null, name: table } : { namespace: table.namespace, name: table.name }
}

function deferral(options: { readonly deferrable?: boolean; readonly initially?: Deferral }): Deferral | null {
  if (options.initially !== undefined) return options.initially
  return options.deferrable === true ? 'immediate' : null
}
