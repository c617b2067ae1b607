// A schema as SQLite would report it: what it cannot hold is gone, what it spells otherwise is in its spelling.

import { withExpressions } from '../../ops/parts.ts'
import type { Column, Default, Schema, Table } from '../../schema/model.ts'
import { withUsualNulls } from '../../schema/nulls.ts'
import { rawSql, type Sql, sqlText } from '../../schema/sql.ts'
import { keyedColumn } from './introspect/create-table.ts'
import { parseDefault, typedValue } from './introspect/defaults.ts'
import { literal, quote } from './literal.ts'
import { triggerTexts } from './render/objects.ts'
import { parseType, renderType } from './types.ts'

export function normalize(schema: Schema): Schema {
  const tables = schema.tables.map((table) => normalTable(withTriggers(withExpressions(table, text), schema)))
  return { tables, enums: [], namespaces: [], objects: [], catalogue: null }
}

/** Triggers are read with the table that they are on. */
function withTriggers(table: Table, schema: Schema): Table {
  const triggers = triggerTexts(table, schema)
  if (triggers.length === 0) return table
  const plain = { strict: false, withoutRowid: false, autoincrement: false, definition: null }
  return { ...table, sqlite: { ...plain, ...table.sqlite, triggers } }
}

const textOf = (fragment: Sql): string => sqlText(fragment, { quote, literal }).trim()
const text = (fragment: Sql): Sql => rawSql(textOf(fragment))

function normalTable(table: Table): Table {
  const keyed = new Set(table.primaryKey?.columns ?? [])
  const { sqlite } = table
  const special =
    sqlite !== null && (sqlite.strict || sqlite.withoutRowid || sqlite.autoincrement || sqlite.triggers.length > 0)
  return {
    ...table,
    columns: table.columns.map((column) =>
      keyedColumn(normalColumn(column, keyed), keyed, sqlite?.withoutRowid ?? false),
    ),
    primaryKey: table.primaryKey === null ? null : { ...table.primaryKey, postgres: null },
    uniques: table.uniques.map((unique) => ({ ...unique, postgres: null })),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, postgres: null })),
    checks: table.checks.map((check) => ({ ...check, postgres: null })),
    indexes: table.indexes.map((index) => ({
      ...index,
      parts: index.parts.map((part) => withUsualNulls(part, false)),
      postgres: null,
      mysql: null,
    })),
    comment: null,
    postgres: null,
    mysql: null,
    sqlite: special ? { ...sqlite, definition: null } : null,
  }
}

function normalColumn(column: Column, keyed: ReadonlySet<string>): Column {
  // A numbered key is the rowid, and only the word INTEGER makes a column that.
  const rowid = column.identity !== null && keyed.size === 1 && keyed.has(column.name)
  const type = rowid ? ({ kind: 'integer' } as const) : normalType(column)
  return {
    ...column,
    type,
    default: column.default === null ? null : normalDefault(column.default, { ...column, type }),
    comment: null,
    postgres: null,
  }
}

function normalType({ type }: Column): Column['type'] {
  if (type.kind === 'enumeration') return { kind: 'enumeration', namespace: null, name: '', values: type.values }
  return parseType(renderType(type))
}

function normalDefault(value: Default, column: Column): Default | null {
  // An expression that is only a literal is read back as that literal.
  if (value.kind === 'sql') return parseDefault({ text: textOf(value.sql), expression: true }, column.type)
  if (value.kind === 'now') return value
  if (value.value === null) return null
  return { kind: 'value', value: typedValue(value.value, column.type) }
}
