// A schema as SQLite would report it: what it cannot hold is gone, what it spells otherwise is in its spelling.

import { withExpressions } from '../../ops/parts.ts'
import { sameData } from '../../schema/canonical.ts'
import {
  type Column,
  type Default,
  plainSqliteTable,
  type Schema,
  type SqliteTable,
  type Table,
} from '../../schema/model.ts'
import { withUsualNulls } from '../../schema/nulls.ts'
import { rawSql, type Sql, sqlText } from '../../schema/sql.ts'
import { keyedColumn } from './introspect/create-table.ts'
import { parseDefault, typedValue } from './introspect/defaults.ts'
import { literal, quote } from './literal.ts'
import { normalObjects } from './normal-objects.ts'
import { parseType, renderType } from './types.ts'

export function normalize(schema: Schema): Schema {
  const tables = schema.tables.map((table) => normalTable(withExpressions(table, text)))
  return { tables, enums: [], namespaces: [], objects: normalObjects(schema), catalogue: null }
}

const textOf = (fragment: Sql): string => sqlText(fragment, { quote, literal }).trim()
const text = (fragment: Sql): Sql => rawSql(textOf(fragment))

function normalTable(table: Table): Table {
  const keyed = new Set(table.primaryKey?.columns ?? [])
  const { sqlite } = table
  return {
    ...table,
    columns: table.columns.map((column) =>
      keyedColumn(normalColumn(column, keyed), keyed, sqlite?.withoutRowid ?? false),
    ),
    primaryKey: table.primaryKey === null ? null : { ...table.primaryKey, mysql: null, postgres: null },
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
    sqlite: normalSpecials(table),
  }
}

function normalSpecials({ sqlite, primaryKey }: Table): SqliteTable | null {
  if (sqlite === null) return null
  const key = sqlite.withoutRowid ? [] : (primaryKey?.columns ?? [])
  const nullableKey = key.filter((name) => sqlite.nullableKey.includes(name))
  const own: SqliteTable = { ...sqlite, nullableKey, triggers: [], definition: null }
  return sameData(own, plainSqliteTable) ? null : own
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
