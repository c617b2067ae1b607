// A database in memory that is made of a schema, and what is in it afterwards.

import type { Schema, Table } from '../../schema/model.ts'
import type { SchemaObject, View } from '../../schema/object-model.ts'
import { triggersOf } from '../../schema/objects.ts'
import { type Driver, openDriver } from './driver.ts'
import { parseTrigger, parseView } from './introspect/programs.ts'
import { type MasterRow, masterSql, tableOf, withReferentColumns } from './introspect/schema.ts'
import { rebuiltTableSql } from './render/keep.ts'
import { createTrigger, createView, triggerTexts } from './render/objects.ts'
import { refuseNamespace } from './render/refusals.ts'
import { createIndexSql } from './render/table.ts'

/** What a database holds, each table with the engine's own text of it. */
export interface Reading {
  /** Triggers are among the objects, not with their tables. */
  readonly schema: Schema
  readonly hasTemporary: boolean
}

export interface Memory {
  run(sql: string): void
  read(): Reading
  close(): void
}

/** Throws where the schema cannot be made: then it is not all that there is. */
export function openMemory(schema: Schema): Memory {
  const driver = openDriver(':memory:', [process.cwd()])
  try {
    driver.exec('PRAGMA foreign_keys = OFF')
    for (const sql of creationTexts(schema)) driver.exec(sql)
  } catch (error) {
    driver.close()
    throw error
  }
  return { run: (sql) => driver.exec(sql), read: () => readingOf(driver), close: () => driver.close() }
}

function creationTexts(schema: Schema): readonly string[] {
  const views = schema.objects.filter((object): object is View => object.kind === 'view')
  for (const object of [...schema.tables, ...views]) refuseNamespace(object)
  return [
    ...schema.tables.flatMap(tableTexts),
    ...views.flatMap((view) => createView({ kind: 'createView', view, orReplace: false })),
    ...schema.tables.flatMap((table) => triggerTexts(table, schema)),
    ...views
      .flatMap((view) => triggersOf(schema, view))
      .flatMap((trigger) => createTrigger({ kind: 'createTrigger', trigger })),
  ]
}

/** As it was written where that is known: to ALTER it makes a difference where a check stands. */
function tableTexts(table: Table): readonly string[] {
  return [
    rebuiltTableSql(table, table, table.name, new Set()),
    ...table.indexes.map((index) => createIndexSql(table.name, index, false)),
  ]
}

function readingOf(driver: Driver): Reading {
  const rows = driver
    .prepare(masterSql)
    .rows([])
    .map(([type, name, tbl_name, sql]) => ({ type, name, tbl_name, sql }) as MasterRow)
  const isOwn = (row: MasterRow) => row.type === 'table' && !row.name.startsWith('sqlite_')
  const tables = rows.filter(isOwn).map((row) => {
    const indexes = rows.filter(({ type, tbl_name }) => type === 'index' && tbl_name === row.name)
    return tableOf(row, indexes, { triggers: [], keepText: true })
  })
  return {
    schema: {
      tables: withReferentColumns(tables, () => tables),
      enums: [],
      namespaces: [],
      objects: rows.flatMap(objectsOf),
      catalogue: null,
    },
    hasTemporary: driver.prepare('SELECT 1 FROM sqlite_temp_master').rows([]).length > 0,
  }
}

function objectsOf({ type, name, tbl_name, sql }: MasterRow): readonly SchemaObject[] {
  if (type === 'view') return [parseView(sql ?? '', name)]
  return type === 'trigger' ? [parseTrigger(sql ?? '', name, tbl_name)] : []
}
