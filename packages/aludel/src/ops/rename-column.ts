// renameColumn: a column under another name; keys, indexes, checks and other tables' foreign keys follow.

import { renameIdentifier } from '../schema/identifiers.ts'
import { tableTitle } from '../schema/lookup.ts'
import type { ForeignKey, Index, PartitionKey, PrimaryKey, Schema, Table, TableName } from '../schema/model.ts'
import type { MysqlKey } from '../schema/mysql-model.ts'
import { changeObjects } from '../schema/objects.ts'
import { withColumn } from './belongings.ts'
import { type OpDefinition, partRef, tableRef, touches } from './definition.ts'
import { exclusionsOf, withExclusions } from './exclusions.ts'
import { withExpressions } from './parts.ts'

export const renameColumn: OpDefinition<'renameColumn'> = {
  apply: (schema, op) => renamed(schema, op.table, op.column, op.name),
  invert: (op) => [{ kind: 'renameColumn', table: op.table, column: op.name, name: op.column }],
  touches: (op) =>
    touches({
      requires: [tableRef(op.table), partRef('column', op.table, op.column)],
      provides: [partRef('column', op.table, op.name)],
      removes: [partRef('column', op.table, op.column)],
    }),
  describe: (op) => `rename column "${op.column}" of table ${tableTitle(op.table)} to "${op.name}"`,
  print: (op, printer) =>
    printer.call('renameColumn', [printer.table(op.table), printer.text(op.column), printer.text(op.name)]),
}

function renamed(schema: Schema, at: TableName, from: string, to: string): Schema {
  const isIt = (name: TableName) => name.name === at.name && name.namespace === at.namespace
  const list = (columns: readonly string[]) => columns.map((column) => (column === from ? to : column))
  const referring = (key: ForeignKey): ForeignKey =>
    isIt(key.referent) ? { ...key, referentColumns: list(key.referentColumns) } : key
  const tables = schema.tables.map((table) => {
    const followed = { ...table, foreignKeys: table.foreignKeys.map(referring) }
    return isIt(table) ? renamedIn(followed, from, to, list) : followed
  })
  return changeObjects({ ...schema, tables }, (object) => {
    if (object.kind !== 'sequence') return withColumn(object, at, from, to)
    if (object.ownedBy?.column !== from || !isIt(object.ownedBy.table)) return object
    return { ...object, ownedBy: { ...object.ownedBy, column: to } }
  })
}

function renamedIn(
  table: Table,
  from: string,
  to: string,
  list: (columns: readonly string[]) => readonly string[],
): Table {
  const prefixes = <T extends MysqlKey>(own: T | null) =>
    own === null ? null : { ...own, length: keysRenamed(own.length, from, to) }
  const index = (one: Index): Index => ({
    ...one,
    parts: one.parts.map((part) =>
      'column' in part.of && part.of.column === from ? { ...part, of: { column: to } } : part,
    ),
    postgres:
      one.postgres === null
        ? null
        : {
            ...one.postgres,
            include: list(one.postgres.include),
            operatorClasses: keysRenamed(one.postgres.operatorClasses, from, to),
          },
    mysql: prefixes(one.mysql),
  })
  const keyOf = (key: PrimaryKey | null) =>
    key === null ? null : { ...key, columns: list(key.columns), mysql: prefixes(key.mysql) }
  const expressed = withExpressions(table, (expression) => renameIdentifier(expression, from, to))
  const followed = withExclusions(
    expressed,
    exclusionsOf(expressed).map((exclusion) => ({
      ...exclusion,
      include: list(exclusion.include),
      elements: exclusion.elements.map((element) =>
        'column' in element.of && element.of.column === from ? { ...element, of: { column: to } } : element,
      ),
    })),
  )
  const { postgres } = followed
  return {
    ...followed,
    postgres: postgres === null ? null : { ...postgres, partitionBy: keyRenamed(postgres.partitionBy, from, to) },
    columns: followed.columns.map((column) => ({ ...column, name: column.name === from ? to : column.name })),
    primaryKey: keyOf(table.primaryKey),
    sqlite: table.sqlite === null ? null : { ...table.sqlite, nullableKey: list(table.sqlite.nullableKey) },
    uniques: table.uniques.map((unique) => ({
      ...unique,
      columns: list(unique.columns),
      postgres: unique.postgres === null ? null : { ...unique.postgres, include: list(unique.postgres.include) },
    })),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, columns: list(key.columns) })),
    indexes: followed.indexes.map(index),
  }
}

function keyRenamed(key: PartitionKey | null, from: string, to: string): PartitionKey | null {
  if (key === null) return null
  return { ...key, by: key.by.map((of) => ('column' in of && of.column === from ? { column: to } : of)) }
}

function keysRenamed<T>(held: Readonly<Record<string, T>>, from: string, to: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(held).map(([key, value]) => [key === from ? to : key, value]))
}
