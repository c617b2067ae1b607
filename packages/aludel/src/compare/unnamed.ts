// Keys and checks that a source of SQL leaves unnamed: any name will do, so they take the one that the database has.

import { sameData } from '../schema/canonical.ts'
import { tableFinder } from '../schema/lookup.ts'
import type { Schema, Table } from '../schema/model.ts'

/** The wanted schema with the database's name for each part that is there already and that nobody named. */
export function namedAsFound(wanted: Schema, actual: Schema): Schema {
  const find = tableFinder(actual)
  return {
    ...wanted,
    tables: wanted.tables.map((table) => {
      const own = find(table)
      return own === null ? table : tableAsFound(table, own)
    }),
  }
}

function tableAsFound(table: Table, own: Table): Table {
  const { primaryKey: key } = table
  const isSameKey = key !== null && key.name === null && sameData(key.columns, own.primaryKey?.columns)
  return {
    ...table,
    primaryKey: isSameKey ? own.primaryKey : key,
    uniques: partsAsFound(table.uniques, own.uniques),
    foreignKeys: partsAsFound(table.foreignKeys, own.foreignKeys),
    checks: partsAsFound(table.checks, own.checks),
  }
}

function partsAsFound<T extends { readonly name: string | null }>(
  parts: readonly T[],
  own: readonly T[],
): readonly T[] {
  const taken = new Set(parts.map(({ name }) => name))
  return parts.map((part) => {
    const double =
      part.name === null && own.find((one) => !taken.has(one.name) && sameData({ ...one, name: null }, part))
    if (!double) return part
    taken.add(double.name)
    return { ...part, name: double.name }
  })
}
