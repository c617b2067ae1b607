// What a SQLite database is: two queries whatever the number of tables.

import type { Connection } from '../../../database/types.ts'
import { canonicalJson, compareText } from '../../../schema/canonical.ts'
import { type Catalogue, type Dependency, emptyCatalogue } from '../../../schema/catalogue.ts'
import type { Index, Schema, Table } from '../../../schema/model.ts'
import type { SchemaObject } from '../../../schema/object-model.ts'
import { objectRef, partRef } from '../../../schema/object-ref.ts'
import type { UnmodelledObject } from '../../../schema/unmodelled.ts'
import type { Scope } from '../../dialect.ts'
import { parseIndex } from './create-index.ts'
import { type Beside, parseTable } from './create-table.ts'
import { parseDefinition } from './definition.ts'
import { parseTrigger, parseView } from './programs.ts'

export interface MasterRow {
  readonly type: 'table' | 'index' | 'trigger' | 'view'
  readonly name: string
  readonly tbl_name: string
  readonly sql: string | null
}

export const masterSql = 'SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid'

export async function introspect(db: Connection, scope: Scope): Promise<Schema> {
  const { rows } = await db.query<MasterRow>(masterSql)
  const shadows = await shadowTables(db)
  const wanted = scope === 'all' ? null : new Set(scope.objects.map((object) => object.name))
  const tables = rows.filter(
    (row) =>
      row.type === 'table' &&
      !row.name.startsWith('sqlite_') &&
      !/^CREATE VIRTUAL/i.test(row.sql ?? '') &&
      !shadows.has(row.name) &&
      (wanted === null || wanted.has(row.name)),
  )
  const of = (type: MasterRow['type']) => {
    const byTable = new Map<string, MasterRow[]>()
    for (const row of rows)
      if (row.type === type) byTable.set(row.tbl_name, [...(byTable.get(row.tbl_name) ?? []), row])
    return byTable
  }
  const indexes = of('index')
  const triggers = of('trigger')
  const keepText = scope !== 'all'
  // Of a whole database triggers are objects of their own; a table that is made anew takes its triggers with it.
  const read = (row: MasterRow) =>
    tableOf(row, indexes.get(row.name) ?? [], {
      triggers: keepText ? sqlOf(triggers.get(row.name) ?? []) : [],
      keepText,
    })
  const found = tables.map(read)
  const all = () => rows.filter(({ type }) => type === 'table').map(read)
  const schema = { tables: withReferentColumns(found, all), enums: [], namespaces: [] }
  if (scope !== 'all') return { ...schema, objects: viewsIn(scope, rows), catalogue: null }
  return { ...schema, objects: rows.flatMap(objectIn), catalogue: catalogueOf(rows, tables) }
}

function objectIn({ type, name, tbl_name, sql }: MasterRow): readonly SchemaObject[] {
  if (type === 'view') return [parseView(sql ?? '', name)]
  return type === 'trigger' ? [parseTrigger(sql ?? '', name, tbl_name)] : []
}

/** Triggers go with the view that they are on, and nothing else is held back by what stands on it. */
function catalogueOf(rows: readonly MasterRow[], tables: readonly MasterRow[]): Catalogue {
  const views = new Map(rows.flatMap(({ type, name }) => (type === 'view' ? [[name.toLowerCase(), name]] : [])))
  const dependencies = rows.flatMap(({ type, name, tbl_name }): readonly Dependency[] => {
    const view = type === 'trigger' ? views.get(tbl_name.toLowerCase()) : undefined
    if (view === undefined) return []
    const on = { namespace: null, name: view }
    return [{ of: partRef('trigger', on, name), on: objectRef('view', on) }]
  })
  const virtual = rows.filter(({ type, sql }) => type === 'table' && /^CREATE VIRTUAL/i.test(sql ?? ''))
  const modules = virtual.map(({ name, sql }) => ({ kind: 'virtual table', name, says: sql }) as const)
  return { ...emptyCatalogue, dependencies, unmodelled: [...modules, ...tables.flatMap(clausesOf)] }
}

/** What a table's text says and its model does not: it stays where it is, and is in no other table. */
function clausesOf({ name, sql }: MasterRow): readonly UnmodelledObject[] {
  const unheld = parseDefinition(sql ?? '').pieces.flatMap((piece) => [
    ...piece.unheld,
    ...piece.constraints.flatMap((constraint) =>
      constraint.unheld.length === 0 ? [] : [canonicalJson([constraint.found, constraint.unheld])],
    ),
  ])
  return unheld.length === 0 ? [] : [{ kind: 'clause of a table', name, says: unheld.sort(compareText).join('\n') }]
}

/** The views that are asked for, each with the triggers on it. */
function viewsIn({ objects }: Exclude<Scope, 'all'>, rows: readonly MasterRow[]): readonly SchemaObject[] {
  const wanted = new Set(objects.flatMap((object) => (object.kind === 'view' ? [object.name.toLowerCase()] : [])))
  return rows.flatMap((row): readonly SchemaObject[] => {
    if (!wanted.has(row.tbl_name.toLowerCase())) return []
    return objectIn(row)
  })
}

function sqlOf(rows: readonly MasterRow[]): readonly string[] {
  return rows.map(({ sql }) => sql ?? '')
}

/** `REFERENCES user` means the primary key of that table. */
export function withReferentColumns(tables: readonly Table[], all: () => readonly Table[]): readonly Table[] {
  const isShort = (table: Table) => table.foreignKeys.some((key) => key.referentColumns.length === 0)
  if (!tables.some(isShort)) return tables
  const keys = new Map(all().map((table) => [table.name.toLowerCase(), table.primaryKey?.columns ?? []]))
  return tables.map((table) => ({
    ...table,
    foreignKeys: table.foreignKeys.map((key) =>
      key.referentColumns.length > 0
        ? key
        : { ...key, referentColumns: keys.get(key.referent.name.toLowerCase()) ?? [] },
    ),
  }))
}

export function tableOf(row: MasterRow, indexes: readonly MasterRow[], beside: Beside): Table {
  const table = parseTable(row.sql ?? '', row.name, beside)
  return { ...table, indexes: indexes.map((index): Index => parseIndex(index.sql ?? '', index.name)) }
}

/** Tables that belong to virtual tables. */
async function shadowTables(db: Connection): Promise<ReadonlySet<string>> {
  // pragma_table_list came with SQLite 3.37; before it, shadow tables cannot be told from others.
  const [major = 3, minor = 0] = db.server.version
  if (major === 3 && minor < 37) return new Set()
  const { rows } = await db.query<{ name: string }>(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'",
  )
  return new Set(rows.map((row) => row.name))
}
