// Views, sequences, functions, triggers and the like: as the operation that made them gave them, so that one that is dropped can come back.

import type { DialectName } from '../database/types.ts'
import { findTable, sameName, updateTable } from './lookup.ts'
import type { Index, Schema, TableName } from './model.ts'
import type { SchemaObject } from './object-model.ts'
import { type EngineSql, isSql, rawSql, type Sql } from './sql.ts'

type Text = string | Sql
export type EngineSqlGiven = Text | Readonly<Partial<Record<DialectName, Text>>>

export function toEngineSql(given: EngineSqlGiven): EngineSql {
  if (isText(given)) return { all: toSql(given) }
  const own = Object.entries(given).flatMap(([engine, text]) => (text === undefined ? [] : [[engine, toSql(text)]]))
  return { per: Object.fromEntries(own) }
}

/** The text for one engine; null where it was given none. */
export function engineSql(sql: EngineSql, dialect: DialectName): Sql | null {
  return 'all' in sql ? sql.all : (sql.per[dialect] ?? null)
}

function isText(given: EngineSqlGiven): given is Text {
  return typeof given === 'string' || isSql(given)
}

function toSql(given: Text): Sql {
  return typeof given === 'string' ? rawSql(given) : given
}

type ObjectKind = SchemaObject['kind']
type ObjectOf<K extends ObjectKind> = Extract<SchemaObject, { readonly kind: K }>

export function findObject<K extends ObjectKind>(schema: Schema, kind: K, at: TableName): ObjectOf<K> | null {
  const found = schema.objects.find((object) => object.kind === kind && sameName(object, at))
  return (found as ObjectOf<K> | undefined) ?? null
}

export function findTrigger(schema: Schema, table: TableName, name: string): ObjectOf<'trigger'> | null {
  const found = triggersOf(schema, table).find((trigger) => trigger.name === name)
  return found ?? null
}

/** The triggers on a table or a view that operations have made. */
export function triggersOf(schema: Schema, table: TableName): readonly ObjectOf<'trigger'>[] {
  return schema.objects.filter(
    (object): object is ObjectOf<'trigger'> => object.kind === 'trigger' && sameName(object.table, table),
  )
}

/** Functions may share a name; each is known by the arguments that it was given with. */
export function findFunctions(schema: Schema, at: TableName, given: string | null): readonly ObjectOf<'function'>[] {
  return schema.objects.filter(
    (object): object is ObjectOf<'function'> =>
      object.kind === 'function' && sameName(object, at) && (given === null || object.arguments === given),
  )
}

export function withObject(schema: Schema, object: SchemaObject): Schema {
  return { ...schema, objects: [...schema.objects, object] }
}

export function withoutObjects(schema: Schema, gone: readonly (SchemaObject | null)[]): Schema {
  return { ...schema, objects: schema.objects.filter((object) => !gone.includes(object)) }
}

/** The schema with one object in another's place; the same schema where there is none. */
export function replaceObject(schema: Schema, old: SchemaObject | null, next: SchemaObject): Schema {
  return { ...schema, objects: schema.objects.map((object) => (object === old ? next : object)) }
}

/** Every object as `change` gives it back. */
export function changeObjects(schema: Schema, change: (object: SchemaObject) => SchemaObject): Schema {
  return schema.objects.length === 0 ? schema : { ...schema, objects: schema.objects.map(change) }
}

/** The sequences that go with a table, or with one column of it. */
export function sequencesOf(schema: Schema, table: TableName, column: string | null): readonly ObjectOf<'sequence'>[] {
  return schema.objects.filter(
    (object): object is ObjectOf<'sequence'> =>
      object.kind === 'sequence' &&
      object.ownedBy !== null &&
      sameName(object.ownedBy.table, table) &&
      (column === null || object.ownedBy.column === column),
  )
}

/** The schema with the indexes of a table, or of a view that keeps its rows, changed. */
export function updateIndexes(
  schema: Schema,
  at: TableName,
  change: (indexes: readonly Index[]) => readonly Index[],
): Schema {
  const view = findObject(schema, 'materializedView', at)
  if (view !== null) return replaceObject(schema, view, { ...view, indexes: change(view.indexes) })
  return updateTable(schema, at, (table) => ({ ...table, indexes: change(table.indexes) }))
}

/** An index by the table, or the view, that it is on. */
export function findIndex(schema: Schema, at: TableName, name: string): Index | null {
  const indexes = (findTable(schema, at) ?? findObject(schema, 'materializedView', at))?.indexes ?? []
  return indexes.find((index) => index.name === name) ?? null
}
