// Rows for the tables of a pair, as many as its constraints take without being asked; and what has become of them.

import type { Connection, Value } from '../../packages/aludel/src/database/types.ts'
import type { Dialect } from '../../packages/aludel/src/dialects/dialect.ts'
import { creationOrder } from '../../packages/aludel/src/diff/order.ts'
import { canonicalJson } from '../../packages/aludel/src/schema/canonical.ts'
import { findTable } from '../../packages/aludel/src/schema/lookup.ts'
import type { Column, Schema, Table, TableName } from '../../packages/aludel/src/schema/model.ts'

export interface Filled {
  readonly db: Connection
  readonly dialect: Dialect
}

const rowsEach = 2

/** Two rows a table, referents first; a table that takes none is left empty. */
export async function fill({ db, dialect }: Filled, schema: Schema): Promise<void> {
  for (const table of creationOrder(schema.tables).tables) {
    for (let row = 1; row <= rowsEach; row += 1) {
      const inserted = await insert(table, (column) => sampleOf(column, row), { db, dialect })
      if (!inserted) break
    }
  }
}

type Maker = (column: Column) => Value | undefined

async function insert(table: Table, make: Maker, { db, dialect }: Filled): Promise<boolean> {
  const given = table.columns
    .filter((column) => column.generated === null && !(column.identity?.always ?? false))
    .map((column) => [column.name, make(column)] as const)
    .filter((one): one is readonly [string, Value] => one[1] !== undefined)
  const names = given.map(([name]) => dialect.quote(name)).join(', ')
  const values = given.map(([, value]) => dialect.literal(value)).join(', ')
  if (given.length === 0) return false
  try {
    await db.query(`INSERT INTO ${quoted(table, dialect)} (${names}) VALUES (${values})`)
    return true
  } catch {
    return false
  }
}

/** A value that every type of its kind takes, another one in each row; undefined to leave the column out. */
function sampleOf({ type, default: preset }: Column, row: number): Value | undefined {
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'numeric':
    case 'float':
    case 'double':
      return row
    case 'string':
    case 'text':
      return type.kind === 'string' && type.length !== null && type.length < 2 ? String(row) : `v${row}`
    case 'boolean':
      return row % 2 === 0
    case 'date':
      return `2026-01-0${row}`
    case 'time':
      return `0${row}:00:00`
    case 'timestamp':
      return `2026-01-0${row} 00:00:00`
    case 'json':
      return `{"row":${row}}`
    case 'uuid':
      return `00000000-0000-4000-8000-00000000000${row}`
    case 'binary':
      return Uint8Array.from([row])
    case 'enumeration':
      return type.values[row % Math.max(1, type.values.length)]
    case 'raw':
      return rawValue(type.sql.toLowerCase(), row, preset !== null)
  }
}

function rawValue(sql: string, row: number, hasDefault: boolean): Value | undefined {
  if (hasDefault) return undefined
  if (/^(?:varchar|char|character|nchar|nvarchar|clob|citext|\w*text)\b/.test(sql)) return String(row)
  if (/int|serial|dec|num|real|double|float|bit\(|year/.test(sql) && !/[[\]]|range|point|interval/.test(sql)) return row
  if (/^(?:datetime|timestamp)/.test(sql)) return `2026-01-0${row} 00:00:00`
  return undefined
}

function quoted({ namespace, name }: TableName, { quote }: Dialect): string {
  return namespace === null ? quote(name) : `${quote(namespace)}.${quote(name)}`
}

/** Bytes that became a text need not be one in UTF-8, which not every driver of SQLite survives. */
function valuesOf({ columns }: Table, { name: engine, quote }: Dialect): string {
  if (engine !== 'sqlite') return '*'
  const value = (name: string) => `CASE typeof(${name}) WHEN 'text' THEN hex(${name}) ELSE ${name} END AS ${name}`
  return columns.map(({ name }) => value(quote(name))).join(', ')
}

export interface Snapshot {
  readonly table: Table
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

/** The tables that have rows, with them. */
export async function snapshot({ db, dialect }: Filled, schema: Schema): Promise<readonly Snapshot[]> {
  const taken: Snapshot[] = []
  for (const table of schema.tables) {
    const { rows } = await db.query(`SELECT ${valuesOf(table, dialect)} FROM ${quoted(table, dialect)}`)
    if (rows.length > 0) taken.push({ table, rows })
  }
  return taken
}

/** What was lost though its place is still there; null where nothing was. */
export async function lostSince(before: readonly Snapshot[], filled: Filled, after: Schema): Promise<string | null> {
  for (const { table, rows: old } of before) {
    const now = findTable(after, table)
    if (now === null) continue
    const { rows } = await filled.db.query(
      `SELECT ${valuesOf(now, filled.dialect)} FROM ${quoted(now, filled.dialect)}`,
    )
    if (rows.length !== old.length) return `${table.name} had ${old.length} rows and has ${rows.length}`
    const kept = table.columns
      .filter((column) => now.columns.some((one) => isSame(column, one)))
      .map(({ name }) => name)
    const [was, is] = [old, rows].map((list) =>
      list
        .map((row) => projected(row, kept))
        .sort()
        .join('\n'),
    )
    if (was !== is) return `${table.name} holds other values: ${was} became ${is}`
  }
  return null
}

function isSame(column: Column, other: Column): boolean {
  const isPlain = column.generated === null && other.generated === null
  return isPlain && column.name === other.name && canonicalJson(column.type) === canonicalJson(other.type)
}

function projected(row: Readonly<Record<string, unknown>>, columns: readonly string[]): string {
  return canonicalJson(Object.fromEntries(columns.map((name) => [name, row[name] ?? null])))
}
