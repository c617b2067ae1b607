// SQLite's text of a table to the model: the text is all that the engine keeps, so nothing in it may be lost.

import { sameData } from '../../../schema/canonical.ts'
import { type Column, plainSqliteTable, type SqliteTable, type Table } from '../../../schema/model.ts'
import { type Definition, parseDefinition } from './definition.ts'

/** What lies beside a table's text. */
export interface Beside {
  readonly triggers: readonly string[]
  /** True where the text is to be carried along, for a rebuild that writes what has not changed as it was. */
  readonly keepText: boolean
}

/** The table that a CREATE TABLE text describes, without its indexes. */
export function parseTable(sql: string, name: string, { triggers, keepText }: Beside): Table {
  const definition = parseDefinition(sql)
  const found = definition.pieces.flatMap((piece) => piece.constraints.map((held) => held.found))
  return {
    namespace: null,
    name,
    columns: columnsOf(definition),
    primaryKey: found.find((one) => one.type === 'primaryKey')?.value ?? null,
    uniques: found.filter((one) => one.type === 'unique').map((one) => one.value),
    foreignKeys: found.filter((one) => one.type === 'foreignKey').map((one) => one.value),
    checks: found.filter((one) => one.type === 'check').map((one) => one.value),
    indexes: [],
    comment: null,
    postgres: null,
    mysql: null,
    sqlite: specialsOf(definition, triggers, keepText ? sql : null),
  }
}

/** The columns as the table makes them: the primary key's are not null, and the rowid numbers itself. */
export function columnsOf({ pieces, withoutRowid }: Definition): readonly Column[] {
  const key = pieces.flatMap(({ constraints }) => constraints).find(({ found }) => found.type === 'primaryKey')
  const keyed = new Set(key?.found.type === 'primaryKey' ? key.found.value.columns : [])
  return pieces.flatMap(({ column, descendingKey }) =>
    // `INTEGER PRIMARY KEY DESC` is no rowid, by an old mistake that SQLite keeps.
    column === null ? [] : [keyedColumn(column, keyed, withoutRowid || descendingKey)],
  )
}

/** The columns of the primary key that are not said to be NOT NULL, in the order of the key. */
export function nullableKeyOf(pieces: Definition['pieces']): readonly string[] {
  const key = pieces.flatMap(({ constraints }) => constraints).find(({ found }) => found.type === 'primaryKey')
  if (key?.found.type !== 'primaryKey') return []
  const nullable = new Set(pieces.flatMap(({ column }) => (column?.nullable ? [column.name] : [])))
  return key.found.value.columns.filter((name) => nullable.has(name))
}

function specialsOf(
  { pieces, strict, withoutRowid }: Definition,
  triggers: readonly string[],
  definition: string | null,
): SqliteTable | null {
  const autoincrement = pieces.some((piece) => piece.autoincrement)
  const nullableKey = withoutRowid ? [] : nullableKeyOf(pieces)
  const found: SqliteTable = { strict, withoutRowid, autoincrement, nullableKey, triggers, definition }
  return sameData(found, plainSqliteTable) ? null : found
}

/** A primary key of one INTEGER column is the rowid, which numbers itself. */
export function keyedColumn(column: Column, keyed: ReadonlySet<string>, withoutRowid: boolean): Column {
  if (!keyed.has(column.name)) return column
  const rowid = keyed.size === 1 && column.type.kind === 'integer' && !withoutRowid
  return { ...column, nullable: false, identity: rowid ? { always: false, numbers: null } : null }
}
