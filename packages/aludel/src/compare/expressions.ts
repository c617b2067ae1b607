// Expressions of database and model side by side: only texts that differ are asked, and the engine answers.

import type { Connection } from '../database/types.ts'
import type { Dialect, ExpressionPair } from '../dialects/dialect.ts'
import { exclusionsOf, withExclusions } from '../ops/exclusions.ts'
import { sameData } from '../schema/canonical.ts'
import { tableFinder } from '../schema/lookup.ts'
import type { Column, Default, Exclusion, Index, Schema, Table } from '../schema/model.ts'
import type { Domain } from '../schema/object-model.ts'
import { findObject } from '../schema/objects.ts'
import { rawSql, type Sql } from '../schema/sql.ts'
import { settleObjects } from './settle-objects.ts'

/** The database's schema with the model's text wherever the engine says that both mean the same. */
export async function settleExpressions(
  db: Connection,
  dialect: Dialect,
  actual: Schema,
  wanted: Schema,
): Promise<Schema> {
  const pairs: ExpressionPair[] = []
  visit(actual, wanted, dialect, (pair) => {
    pairs.push(pair)
    return false
  })
  if (pairs.length === 0) return settleObjects(db, dialect, actual, wanted)
  const answers = await dialect.sameExpressions(db, pairs)
  // What is asked does not depend on the answers, so the second visit asks the same in the same order.
  let position = 0
  const settled = visit(actual, wanted, dialect, () => answers[position++] ?? false)
  return settleObjects(db, dialect, settled, wanted)
}

type Ask = (pair: ExpressionPair) => boolean

function visit(actual: Schema, wanted: Schema, dialect: Dialect, ask: Ask): Schema {
  const find = tableFinder(wanted)
  return {
    ...actual,
    tables: actual.tables.map((table) => {
      const model = find(table)
      return model === null ? table : visitTable(table, model, dialect, ask)
    }),
    objects: actual.objects.map((object) => {
      const model = object.kind === 'domain' ? findObject(wanted, 'domain', object) : null
      return object.kind !== 'domain' || model === null ? object : visitDomain(object, model, dialect, ask)
    }),
  }
}

function visitDomain(domain: Domain, model: Domain, dialect: Dialect, ask: Ask): Domain {
  const { namespace, name, type } = domain
  const pair = (place: ExpressionPair['place'], actual: Sql, wanted: Sql) =>
    sameData(actual, wanted) || ask({ place, table: { namespace, name }, column: null, type, actual, wanted })
  const isSame =
    isOpen(domain.default, model.default) &&
    pair('default', defaultSql(domain.default, dialect), defaultSql(model.default, dialect))
  return {
    ...domain,
    default: isSame ? model.default : domain.default,
    checks: domain.checks.map((check) => {
      const own = model.checks.find((one) => one.name === check.name)
      return own !== undefined && pair('domain', check.condition, own.condition)
        ? { ...check, condition: own.condition }
        : check
    }),
  }
}

function visitTable(table: Table, model: Table, dialect: Dialect, ask: Ask): Table {
  const at = { namespace: table.namespace, name: table.name }
  const pair = (place: ExpressionPair['place'], actual: Sql, wanted: Sql, column: Column | null = null) =>
    sameData(actual, wanted) ||
    ask({ place, table: at, column: column?.name ?? null, type: column?.type ?? null, actual, wanted })
  const exclusions = exclusionsOf(table).map((exclusion) => {
    const own = exclusionsOf(model).find((one) => one.name === exclusion.name)
    return own === undefined ? exclusion : visitExclusion(exclusion, own, pair)
  })
  return {
    ...withPartitionKey(withExclusions(table, exclusions), model, pair),
    columns: table.columns.map((column) => {
      const own = model.columns.find((one) => one.name === column.name)
      return own === undefined ? column : visitColumn(column, own, dialect, pair)
    }),
    checks: table.checks.map((check) => {
      const own = model.checks.find((one) => one.name === check.name)
      // Whether old rows have been looked at is no question of words.
      return own !== undefined && pair('check', check.condition, own.condition)
        ? { ...check, condition: own.condition }
        : check
    }),
    indexes: table.indexes.map((index) => {
      const own = model.indexes.find((one) => one.name === index.name)
      return own === undefined ? index : visitIndex(index, own, pair)
    }),
  }
}

/** What tells the partitions apart may be an expression, too. */
function withPartitionKey(table: Table, model: Table, pair: Pair): Table {
  const [key, own] = [table.postgres?.partitionBy ?? null, model.postgres?.partitionBy ?? null]
  if (table.postgres === null || key === null || own === null || key.by.length !== own.by.length) return table
  const by = key.by.map((part, position) => {
    const wanted = own.by[position]
    if (wanted === undefined || !('expression' in part) || !('expression' in wanted)) return part
    return pair('index', part.expression, wanted.expression) ? wanted : part
  })
  return { ...table, postgres: { ...table.postgres, partitionBy: { ...key, by } } }
}

type Pair = (place: ExpressionPair['place'], actual: Sql, wanted: Sql, column?: Column | null) => boolean

function visitColumn(column: Column, own: Column, dialect: Dialect, pair: Pair): Column {
  let settled = column
  if (
    isOpen(column.default, own.default) &&
    pair('default', defaultSql(column.default, dialect), defaultSql(own.default, dialect), column)
  ) {
    settled = { ...settled, default: own.default }
  }
  if (
    column.generated !== null &&
    own.generated !== null &&
    pair('generated', column.generated.expression, own.generated.expression, column)
  ) {
    settled = { ...settled, generated: { ...column.generated, expression: own.generated.expression } }
  }
  return settled
}

/** True where two defaults differ, so that only the engine can tell: one that is kept as NULL is none. */
function isOpen(actual: Default | null, wanted: Default | null): boolean {
  if (sameData(actual, wanted)) return false
  return actual === null || wanted === null ? actual?.kind === 'sql' : true
}

function defaultSql(value: Default | null, dialect: Dialect): Sql {
  if (value?.kind === 'sql') return value.sql
  if (value === null) return rawSql('NULL')
  return rawSql(value.kind === 'value' ? dialect.literal(value.value) : 'CURRENT_TIMESTAMP')
}

function visitExclusion(exclusion: Exclusion, own: Exclusion, pair: Pair): Exclusion {
  const { where } = exclusion
  const elements = exclusion.elements.map((element, position) => {
    const wanted = own.elements[position]
    if (wanted === undefined || !('expression' in element.of) || !('expression' in wanted.of)) return element
    return pair('index', element.of.expression, wanted.of.expression) ? { ...element, of: wanted.of } : element
  })
  const isSame = where !== null && own.where !== null && pair('predicate', where, own.where)
  return { ...exclusion, elements, where: isSame ? own.where : where }
}

function visitIndex(index: Index, own: Index, pair: Pair): Index {
  const where =
    index.where !== null && own.where !== null && pair('predicate', index.where, own.where) ? own.where : index.where
  const parts = index.parts.map((part, position) => {
    const wanted = own.parts[position]
    if (wanted === undefined || !('expression' in part.of) || !('expression' in wanted.of)) return part
    return pair('index', part.of.expression, wanted.of.expression) ? { ...part, of: wanted.of } : part
  })
  return { ...index, where, parts }
}
