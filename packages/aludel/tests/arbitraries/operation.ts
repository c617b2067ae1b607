// Random operations on a random schema: only such as the schema allows, so that each must succeed.

import fc from 'fast-check'
import type { Op } from '../../src/ops/operations.ts'
import { constraintsOf, withoutColumn } from '../../src/ops/parts.ts'
import { applyOp } from '../../src/ops/registry.ts'
import { namesIdentifier } from '../../src/schema/identifiers.ts'
import type { Column, ColumnType, Schema, Table, TableName } from '../../src/schema/model.ts'
import {
  addEnumValue,
  alterDomain,
  changePolicy,
  columnsOf,
  createDomain,
  createPolicy,
  dropDomain,
  renameDomain,
  renameEnumValue,
  rowSecurity,
} from './kinds.ts'
import { createMaker, type Maker } from './maker.ts'
import { distinctNames } from './names.ts'
import type { Possible } from './possible.ts'
import { renameConstraint, renameIndex, validateConstraint } from './rename.ts'
import { makeCheck, makeColumn, makeForeignKey, makeIndex, makeSchema, makeTable, makeUnique } from './schema.ts'
import { createSequence, dropSequence, renameSequence } from './sequence.ts'
import { defaultsOf, texts } from './values.ts'

export interface Change {
  readonly schema: Schema
  readonly ops: readonly Op[]
}

const length = 4

/** A schema and some operations on it, one after another. */
export function changes(possible: Possible): fc.Arbitrary<Change> {
  return fc.gen().map((g) => {
    const maker = createMaker(g, possible)
    const schema = makeSchema(maker)
    const ops: Op[] = []
    let current = schema
    for (let tries = 0; ops.length < length && tries < 20; tries += 1) {
      const op = maker.oneOf(makers)(maker, current)
      if (op === null) continue
      ops.push(op)
      current = applyOp(current, op)
    }
    return { schema, ops }
  })
}

type OpMaker = (maker: Maker, schema: Schema) => Op | null

function placeOf({ namespace, name }: Table): TableName {
  return { namespace, name }
}

/** The table of a random one, where there is any. */
function onTable(make: (maker: Maker, table: Table, schema: Schema) => Op | null): OpMaker {
  return (maker, schema) => (schema.tables.length === 0 ? null : make(maker, maker.oneOf(schema.tables), schema))
}

function onColumn(
  isFit: (column: Column, table: Table, schema: Schema) => boolean,
  make: (maker: Maker, table: Table, column: Column) => Op | null,
): OpMaker {
  return onTable((maker, table, schema) => {
    const fit = table.columns.filter((column) => isFit(column, table, schema))
    return fit.length === 0 ? null : make(maker, table, maker.oneOf(fit))
  })
}

function freshColumn(maker: Maker, table: Table): string {
  const distinct = distinctNames()
  for (const column of table.columns) distinct(column.name)
  return distinct(maker.name())
}

/** Columns of other tables' foreign keys to this one. */
function isReferredTo(schema: Schema, table: Table, columns: readonly string[]): boolean {
  return schema.tables.some((other) =>
    other.foreignKeys.some(
      ({ referent, referentColumns }) =>
        referent.name === table.name &&
        referent.namespace === table.namespace &&
        referentColumns.some((column) => columns.includes(column)),
    ),
  )
}

function isGeneratedFrom(table: Table, column: Column): boolean {
  return table.columns.some(({ generated }) => generated !== null && namesIdentifier(generated.expression, column.name))
}

/** A column that nothing else holds on to: no key, no computed column. */
function isFree(column: Column, table: Table, schema: Schema): boolean {
  const keyed = [table.primaryKey?.columns ?? [], ...table.foreignKeys.map((key) => key.columns)].some((columns) =>
    columns.includes(column.name),
  )
  return (
    !keyed &&
    column.generated === null &&
    !isReferredTo(schema, table, [column.name]) &&
    !isGeneratedFrom(table, column)
  )
}

/** A column that no expression names either. */
function isUnnamed(column: Column, table: Table, schema: Schema): boolean {
  const without = withoutColumn(table, column.name)
  return (
    isFree(column, table, schema) &&
    without.checks.length === table.checks.length &&
    without.indexes.length === table.indexes.length
  )
}

const wider: { readonly [Kind in ColumnType['kind']]?: readonly ColumnType[] } = {
  smallint: [{ kind: 'integer' }, { kind: 'bigint' }],
  integer: [{ kind: 'bigint' }, { kind: 'numeric', precision: 20, scale: 2 }],
  string: [{ kind: 'string', length: 200 }, { kind: 'text' }],
  float: [{ kind: 'double' }],
  date: [{ kind: 'timestamp', timezone: false }],
  uuid: [{ kind: 'text' }],
  boolean: [{ kind: 'integer' }],
}

const alterType = onColumn(
  (column, table, schema) =>
    wider[column.type.kind] !== undefined && isUnnamed(column, table, schema) && column.default?.kind !== 'sql',
  (maker, table, column) => {
    // MySQL has no unique constraint on a text without a limit, MariaDB none beside a column that numbers itself.
    const isUnique = table.uniques.some((unique) => unique.columns.includes(column.name))
    const types = (wider[column.type.kind] ?? []).filter((type) => !(isUnique && type.kind === 'text'))
    if (types.length === 0) return null
    const type = maker.oneOf(types)
    // What the old default means in the new type is asked of the model, not guessed: a value that both take is left.
    const keeps = column.type.kind === 'smallint' || column.type.kind === 'integer' || column.type.kind === 'string'
    const set = keeps ? { type } : { type, default: null }
    return { kind: 'alterColumn', table: placeOf(table), column: column.name, set, using: null }
  },
)

const alterDefault = onColumn(
  (column) => column.identity === null && column.generated === null,
  (maker, table, column) => {
    const given = maker.g(defaultsOf, column.type, maker.possible)
    return { kind: 'alterColumn', table: placeOf(table), column: column.name, set: { default: given }, using: null }
  },
)

const alterNullable = onColumn(isFree, (_maker, table, column) => ({
  kind: 'alterColumn',
  table: placeOf(table),
  column: column.name,
  set: { nullable: !column.nullable },
  using: null,
}))

const alterComment = onColumn(
  () => true,
  (maker, table, column) => {
    const comment = maker.chance(30) ? null : `c${maker.g(texts, 10)}`
    if (!maker.possible.comments) return null
    return { kind: 'alterColumn', table: placeOf(table), column: column.name, set: { comment }, using: null }
  },
)

/** More values, in any order: every default and every check that names one stays true. */
const setEnumValues: OpMaker = (maker, schema) => {
  const type = schema.enums[0]
  if (type === undefined) return null
  const grown = [...type.values, maker.object('value ')]
  const values = maker.chance(50) ? grown : maker.some(grown, grown.length)
  const columns = columnsOf(schema, type)
  return {
    kind: 'setEnumValues',
    enumeration: { ...type, values: [...new Set([...values, ...type.values])] },
    columns,
    replace: {},
  }
}

const dropColumn = onColumn(isFree, (_maker, table, column) =>
  table.columns.length < 2 ? null : { kind: 'dropColumn', table: placeOf(table), column: column.name, ifExists: false },
)

const renameColumn = onColumn(
  () => true,
  (maker, table, column) => ({
    kind: 'renameColumn',
    table: placeOf(table),
    column: column.name,
    name: freshColumn(maker, table),
  }),
)

const dropConstraint = onTable((maker, table, schema) => {
  const fit = constraintsOf(table).filter(
    ({ type, value }) =>
      value.name !== null &&
      !((type === 'unique' || type === 'primaryKey') && isReferredTo(schema, table, value.columns)),
  )
  // A column that numbers itself is nothing without its key on some engines.
  const free = fit.filter(
    ({ type }) => type !== 'primaryKey' || table.columns.every(({ identity }) => identity === null),
  )
  if (free.length === 0) return null
  const { type, value } = maker.oneOf(free)
  return {
    kind: 'dropConstraint',
    table: placeOf(table),
    constraint: { name: value.name ?? '' },
    type,
    ifExists: false,
  }
})

// InnoDB lets no action of a foreign key change a column that a check or a computed column reads.
function isInExpression(column: Column, table: Table): boolean {
  return isGeneratedFrom(table, column) || table.checks.some((check) => namesIdentifier(check.condition, column.name))
}

const createForeignKey = onTable((maker, table, schema) => {
  const made = makeForeignKey(maker, table, maker.oneOf(schema.tables))
  if (made === null) return null
  const columns = made.columns.map(({ type }) => {
    return table.columns.find(
      (column) =>
        column.nullable &&
        column.generated === null &&
        !isInExpression(column, table) &&
        JSON.stringify(column.type) === JSON.stringify(type),
    )?.name
  })
  const found = columns.filter((column) => column !== undefined)
  if (found.length < columns.length || new Set(found).size < found.length) return null
  return {
    kind: 'createForeignKey',
    table: placeOf(table),
    foreignKey: { ...made.foreignKey, columns: found },
  }
})

const dropTable = onTable((_maker, table, schema) => {
  const columns = table.columns.map((column) => column.name)
  const others = { ...schema, tables: schema.tables.filter((other) => other !== table) }
  if (isReferredTo(others, table, columns)) return null
  return { kind: 'dropTable', table: placeOf(table), ifExists: false }
})

const plainOf = (table: Table) =>
  table.columns.filter((column) => column.generated === null && column.identity === null)

const makers: readonly OpMaker[] = [
  alterType,
  alterDefault,
  alterNullable,
  alterComment,
  setEnumValues,
  dropColumn,
  renameColumn,
  dropConstraint,
  createForeignKey,
  dropTable,
  (maker, schema) => ({ kind: 'createTable', table: makeTable(maker, schema.enums, []), ifNotExists: false }),
  onTable((maker, table) => ({ kind: 'renameTable', table: placeOf(table), name: maker.object() })),
  onTable((maker, table, schema) => {
    const column = makeColumn(maker, freshColumn(maker, table), schema.enums)
    return { kind: 'addColumn', table: placeOf(table), column, ifNotExists: false }
  }),
  onTable((maker, table) => {
    const index = makeIndex(maker, plainOf(table))
    return index === null ? null : { kind: 'createIndex', table: placeOf(table), index, ifNotExists: false }
  }),
  onTable((maker, table) => {
    const index = table.indexes[0]
    return index === undefined
      ? null
      : { kind: 'dropIndex', table: placeOf(table), name: index.name, ifExists: maker.chance(20), concurrently: false }
  }),
  ...[renameIndex, renameConstraint, validateConstraint].map(onTable),
  addEnumValue,
  renameEnumValue,
  createDomain,
  alterDomain,
  renameDomain,
  dropDomain,
  changePolicy,
  ...[rowSecurity, createPolicy].map(onTable),
  createSequence,
  renameSequence,
  dropSequence,
  onTable((maker, table) => {
    const unique = makeUnique(maker, plainOf(table))?.[0]
    return unique === undefined ? null : { kind: 'createUniqueConstraint', table: placeOf(table), unique }
  }),
  onTable((maker, table, schema) => {
    const free = plainOf(table).filter((column) => isFree(column, table, schema))
    if (!maker.possible.checks || free.length === 0) return null
    return {
      kind: 'createCheckConstraint',
      table: placeOf(table),
      check: makeCheck(maker, free),
    }
  }),
  onTable((maker, table) =>
    maker.possible.comments
      ? {
          kind: 'createTableComment',
          table: placeOf(table),
          comment: maker.chance(30) ? null : `c${maker.g(texts, 10)}`,
        }
      : null,
  ),
]
