// Rows read before and after a step, and what has become of them.

import { quoted } from '../../runner/own-tables.ts'
import type { Session } from '../../runner/session.ts'
import { canonicalJson } from '../../schema/canonical.ts'
import { tableKey } from '../../schema/define.ts'
import type { Table, TableName } from '../../schema/model.ts'
import { titleOf } from './difference.ts'
import type { Difference } from './result.ts'

type Row = Readonly<Record<string, unknown>>

/** Null for a table with more rows than are compared, or that cannot be read. */
export type RowsByTable = ReadonlyMap<string, readonly Row[] | null>

const mostRows = 2000

export async function readRows({ db, dialect }: Session, tables: readonly Table[]): Promise<RowsByTable> {
  const found = new Map<string, readonly Row[] | null>()
  for (const table of tables) {
    const names = table.columns.map(({ name }) => dialect.quote(name)).join(', ')
    if (names === '') continue
    const { rows } = await db.query<Row>(`SELECT ${names} FROM ${quoted(dialect, table)} LIMIT ${mostRows + 1}`)
    found.set(tableKey(table), rows.length > mostRows ? null : rows)
  }
  return found
}

export function rowsOf(rows: RowsByTable, table: TableName): readonly Row[] | null {
  return rows.get(tableKey(table)) ?? null
}

export interface RowsComparison {
  readonly table: TableName
  /** By name before and by name after: the columns that must hold the same. */
  readonly columns: readonly { readonly from: string; readonly to: string }[]
  /** The columns before by which a row is known again; none where there is no key. */
  readonly key: readonly string[]
  readonly before: readonly Row[]
  readonly after: readonly Row[]
}

export interface RowsDifference {
  readonly lost: readonly Difference[]
  readonly changed: readonly Difference[]
  readonly left: readonly Difference[]
}

/** Rows are known again by their key where it is among what must stay, else by all of their values. */
export function compareRows(comparison: RowsComparison): RowsDifference {
  const { table, columns, key, before, after } = comparison
  const names = columns.map(({ from }) => from)
  const inOldNames = after.map((row) => Object.fromEntries(columns.map(({ from, to }) => [from, row[to]])))
  const left = counted(inOldNames, names)
  const missing = before.filter((row) => !take(left, textOf(row, names)))
  const rest = [...left.values()].flat()
  if (key.length === 0 || !key.every((name) => names.includes(name))) {
    return {
      lost: missing.map((row) => gone(table, row, names)),
      changed: [],
      left: rest.map((row) => came(table, row, names)),
    }
  }
  const byKey = counted(rest, key)
  const lost: Difference[] = []
  const changed: Difference[] = []
  for (const row of missing) {
    const [double] = byKey.get(textOf(row, key)) ?? []
    byKey.delete(textOf(row, key))
    if (double === undefined) lost.push(gone(table, row, names))
    else changed.push(...changes(table, row, double, { names, key }))
  }
  return { lost, changed, left: [...byKey.values()].flat().map((row) => came(table, row, names)) }
}

function counted(rows: readonly Row[], names: readonly string[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    const text = textOf(row, names)
    const list = found.get(text)
    if (list === undefined) found.set(text, [row])
    else list.push(row)
  }
  return found
}

/** True where there was one left, which is taken. */
function take(rows: Map<string, Row[]>, text: string): boolean {
  const list = rows.get(text)
  if (list === undefined) return false
  list.pop()
  if (list.length === 0) rows.delete(text)
  return true
}

function textOf(row: Row, names: readonly string[]): string {
  return canonicalJson(names.map((name) => row[name] ?? null))
}

function gone(table: TableName, row: Row, names: readonly string[]): Difference {
  return { expected: rowText(table, row, names), actual: null }
}

function came(table: TableName, row: Row, names: readonly string[]): Difference {
  return { expected: null, actual: rowText(table, row, names) }
}

function changes(
  table: TableName,
  row: Row,
  double: Row,
  { names, key }: { readonly names: readonly string[]; readonly key: readonly string[] },
): readonly Difference[] {
  const which = key.map((name) => `${name} = ${shown(row[name])}`).join(', ')
  return names
    .filter((name) => canonicalJson(row[name] ?? null) !== canonicalJson(double[name] ?? null))
    .map((name) => ({
      expected: `${titleOf(table)}.${name} where ${which}: ${shown(row[name])}`,
      actual: `${titleOf(table)}.${name} where ${which}: ${shown(double[name])}`,
    }))
}

function rowText(table: TableName, row: Row, names: readonly string[]): string {
  return `row of ${titleOf(table)}: ${names.map((name) => `${name} = ${shown(row[name])}`).join(', ')}`
}

const mostShown = 60

function shown(value: unknown): string {
  const text =
    typeof value === 'string' ? `'${value}'` : value instanceof Date ? value.toISOString() : canonicalJson(value)
  return text.length > mostShown ? `${text.slice(0, mostShown - 3)}...` : text
}
