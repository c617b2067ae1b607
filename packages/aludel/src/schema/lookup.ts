// Finding and replacing inside a schema: always a new value, never a changed one.

import { tableKey } from './define.ts'
import type { Column, EnumType, Schema, Table, TableName } from './model.ts'

export function sameName(a: TableName, b: TableName): boolean {
  return a.name === b.name && a.namespace === b.namespace
}

export function findTable(schema: Schema, at: TableName): Table | null {
  return schema.tables.find((table) => sameName(table, at)) ?? null
}

/** `findTable` for many tables of one schema: it looks through them once. */
export function tableFinder({ tables }: Pick<Schema, 'tables'>): (at: TableName) => Table | null {
  const spaces = new Map<string | null, Map<string, Table>>()
  for (const table of tables) {
    const space = spaces.get(table.namespace) ?? new Map<string, Table>()
    if (!space.has(table.name)) space.set(table.name, table)
    spaces.set(table.namespace, space)
  }
  return ({ namespace, name }) => spaces.get(namespace)?.get(name) ?? null
}

export function findColumn(schema: Schema, at: TableName, column: string): Column | null {
  return findTable(schema, at)?.columns.find((candidate) => candidate.name === column) ?? null
}

export function findEnum(schema: Schema, at: TableName): EnumType | null {
  return schema.enums.find((candidate) => sameName(candidate, at)) ?? null
}

/** The schema with one table changed; the same schema where it does not know the table. */
export function updateTable(schema: Schema, at: TableName, change: (table: Table) => Table): Schema {
  const position = schema.tables.findIndex((table) => sameName(table, at))
  const table = schema.tables[position]
  if (table === undefined) return schema
  return { ...schema, tables: schema.tables.with(position, change(table)) }
}

export function putTable(schema: Schema, table: Table): Schema {
  const rest = schema.tables.filter((candidate) => !sameName(candidate, table))
  return { ...schema, tables: [...rest, table] }
}

export function withoutTable(schema: Schema, at: TableName): Schema {
  return { ...schema, tables: schema.tables.filter((table) => !sameName(table, at)) }
}

/** The enumerations that a table's columns use. */
export function enumsIn(columns: readonly Column[]): readonly EnumType[] {
  const found = new Map<string, EnumType>()
  for (const { type } of columns) {
    if (type.kind === 'enumeration')
      found.set(tableKey(type), { namespace: type.namespace, name: type.name, values: type.values })
  }
  return [...found.values()]
}

export function tableTitle({ namespace, name }: TableName): string {
  return namespace === null ? `"${name}"` : `"${namespace}.${name}"`
}
