// Checks and indexes under other names: whether their expressions mean the same, only the engine can tell.

import type { Connection } from '../database/types.ts'
import type { Dialect, ExpressionPair } from '../dialects/dialect.ts'
import { sameData } from '../schema/canonical.ts'
import { tableFinder } from '../schema/lookup.ts'
import type { Check, Index, Schema, Table } from '../schema/model.ts'
import type { Sql } from '../schema/sql.ts'

interface Double<T> {
  readonly table: Table
  readonly part: T
  readonly double: T
  readonly pairs: readonly ExpressionPair[]
}

/** The database's schema with the model's text in each part that the model has under another name alone. */
export async function settleDoubles(db: Connection, dialect: Dialect, actual: Schema, wanted: Schema): Promise<Schema> {
  const checks = doublesIn(actual, wanted, checkDoubles)
  const indexes = doublesIn(actual, wanted, indexDoubles)
  const pairs = [...checks, ...indexes].flatMap((one) => one.pairs)
  if (pairs.length === 0) return actual
  const answers = await dialect.sameExpressions(db, pairs)
  const same = new Set(pairs.filter((_, position) => answers[position]))
  const settled = <T>(list: readonly Double<T>[]) =>
    new Map(
      list
        .filter((one) => one.pairs.every((pair) => same.has(pair)))
        .map(({ part, double }) => [part, double] as const)
        .toReversed(),
    )
  const [doubledChecks, doubledIndexes] = [settled(checks), settled(indexes)]
  return {
    ...actual,
    tables: actual.tables.map((table) => ({
      ...table,
      checks: table.checks.map((check) => ({
        ...check,
        condition: doubledChecks.get(check)?.condition ?? check.condition,
      })),
      indexes: table.indexes.map((index) => {
        const double = doubledIndexes.get(index)
        return double === undefined ? index : { ...index, parts: double.parts, where: double.where }
      }),
    })),
  }
}

function doublesIn<T>(
  actual: Schema,
  wanted: Schema,
  find: (table: Table, model: Table) => readonly Double<T>[],
): readonly Double<T>[] {
  const inWanted = tableFinder(wanted)
  return actual.tables.flatMap((table) => {
    const model = inWanted(table)
    return model === null ? [] : find(table, model)
  })
}

function unmatched<T extends { readonly name: string | null }>(list: readonly T[], others: readonly T[]): readonly T[] {
  return list.filter(({ name }) => name !== null && !others.some((other) => other.name === name))
}

function checkDoubles(table: Table, model: Table): readonly Double<Check>[] {
  const come = unmatched(model.checks, table.checks)
  return unmatched(table.checks, model.checks).flatMap((part) =>
    come.map((double) => ({
      table,
      part,
      double,
      pairs: pairsOf(table, 'check', [[part.condition, double.condition]]),
    })),
  )
}

function indexDoubles(table: Table, model: Table): readonly Double<Index>[] {
  const come = unmatched(model.indexes, table.indexes)
  return unmatched(table.indexes, model.indexes).flatMap((part) =>
    come.flatMap((double): readonly Double<Index>[] => {
      if (!sameData(shapeOf(part), shapeOf(double))) return []
      const keys = part.parts.flatMap(({ of }, at): readonly (readonly [Sql, Sql])[] => {
        const other = double.parts[at]?.of
        return 'expression' in of && other !== undefined && 'expression' in other
          ? [[of.expression, other.expression]]
          : []
      })
      const predicates = part.where !== null && double.where !== null ? [[part.where, double.where] as const] : []
      const pairs = [...pairsOf(table, 'index', keys), ...pairsOf(table, 'predicate', predicates)]
      return pairs.length === 0 ? [] : [{ table, part, double, pairs }]
    }),
  )
}

function shapeOf({ parts, where, ...rest }: Index) {
  const keys = parts.map((part) => ({ ...part, of: 'column' in part.of ? part.of : null }))
  return { ...rest, name: '', parts: keys, where: where !== null }
}

function pairsOf(
  { namespace, name }: Table,
  place: ExpressionPair['place'],
  texts: readonly (readonly [Sql, Sql])[],
): readonly ExpressionPair[] {
  const table = { namespace, name }
  return texts
    .filter(([actual, wanted]) => !sameData(actual, wanted))
    .map(([actual, wanted]) => ({ place, table, column: null, type: null, actual, wanted }))
}
