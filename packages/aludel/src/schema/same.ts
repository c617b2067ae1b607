// When two schemas are the same: order counts inside keys and indexes, nowhere else.

import { canonicalJson, compareText } from './canonical.ts'
import { tableKey } from './define.ts'
import type { Schema, Table } from './model.ts'
import type { SchemaObject } from './object-model.ts'

/** True where both describe the same database, whatever the order of tables, columns, constraints and indexes. */
export function sameSchema(a: Schema, b: Schema): boolean {
  return canonicalJson(sortedSchema(a)) === canonicalJson(sortedSchema(b))
}

/** The schema with everything whose order has no meaning in one order. */
export function sortedSchema(schema: Schema): Schema {
  return {
    tables: sortedBy(schema.tables.map(sortedTable), tableKey),
    enums: sortedBy(schema.enums, tableKey),
    namespaces: sortedBy(schema.namespaces, (name) => name),
    objects: sortedBy(schema.objects.map(sortedObject), canonicalJson),
    catalogue: null,
  }
}

function sortedObject(object: SchemaObject): SchemaObject {
  if (object.kind === 'domain') return { ...object, checks: sortedBy(object.checks, canonicalJson) }
  if (object.kind === 'compositeType') return { ...object, attributes: sortedBy(object.attributes, ({ name }) => name) }
  return object.kind === 'materializedView'
    ? { ...object, indexes: sortedBy(object.indexes, ({ name }) => name) }
    : object
}

function sortedTable(table: Table): Table {
  return {
    ...table,
    columns: sortedBy(table.columns, (column) => column.name),
    uniques: sortedBy(table.uniques, canonicalJson),
    foreignKeys: sortedBy(table.foreignKeys, canonicalJson),
    checks: sortedBy(table.checks, canonicalJson),
    indexes: sortedBy(table.indexes, (index) => index.name),
    postgres:
      table.postgres === null
        ? null
        : { ...table.postgres, exclusions: sortedBy(table.postgres.exclusions, ({ name }) => name) },
  }
}

export function sortedBy<T>(list: readonly T[], key: (item: T) => string): readonly T[] {
  return [...list].sort((a, b) => compareText(key(a), key(b)))
}
