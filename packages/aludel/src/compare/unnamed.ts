// What a source leaves unsaid that tells things apart: names of keys and checks, and the arguments of the one function
// of a name. They take what the database has.

import { sameData } from '../schema/canonical.ts'
import { tableFinder } from '../schema/lookup.ts'
import type { Schema, Table, TableName } from '../schema/model.ts'
import type { SchemaObject } from '../schema/object-model.ts'
import { findFunctions } from '../schema/objects.ts'

/** The wanted schema with the database's name for each part that is there already and that nobody named. */
export function namedAsFound(wanted: Schema, actual: Schema): Schema {
  const find = tableFinder(actual)
  return {
    ...wanted,
    tables: wanted.tables.map((table) => {
      const own = find(table)
      return own === null ? table : tableAsFound(table, own)
    }),
    objects: wanted.objects.map((object) => objectAsFound(object, actual)),
  }
}

function objectAsFound(object: SchemaObject, actual: Schema): SchemaObject {
  const argumentsOf = (at: TableName) => {
    const [found, other] = findFunctions(actual, at, null)
    return other === undefined ? (found?.arguments ?? null) : null
  }
  switch (object.kind) {
    case 'function':
      return object.arguments === null ? { ...object, arguments: argumentsOf(object) } : object
    case 'comment': {
      const { on } = object
      return on.kind === 'function' && on.part === null ? { ...object, on: { ...on, part: argumentsOf(on) } } : object
    }
    case 'privilege': {
      const { on } = object
      if (on.kind !== 'function' || on.arguments !== null) return object
      return { ...object, on: { ...on, arguments: argumentsOf(on) } }
    }
    default:
      return object
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
