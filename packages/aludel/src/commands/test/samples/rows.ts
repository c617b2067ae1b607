// One generated row after another for a table, until the engine takes one: first as it is, then as its checks may want it.

import type { Value } from '../../../database/types.ts'
import { namesIdentifier } from '../../../schema/identifiers.ts'
import type { Column, Schema, Table } from '../../../schema/model.ts'
import type { Sql } from '../../../schema/sql.ts'
import { sqlText } from '../../../schema/sql.ts'
import type { Future } from './future.ts'
import { baseType, literalsIn, sampleValue, valuesNamedIn } from './values.ts'

/** What a foreign key can refer to. */
export interface Referents {
  readonly columns: readonly string[]
  readonly isSelf: boolean
  /** True for a key that only a later revision makes. */
  readonly isLater: boolean
  readonly rows: readonly (readonly Value[])[]
}

export interface RowRequest {
  readonly table: Table
  readonly schema: Schema
  readonly future: Future
  readonly referents: readonly Referents[]
  /** True for a row that leaves out what may be left out. */
  readonly isSparse: boolean
  /** From 1: another number gives other values. */
  readonly number: number
}

type Row = Readonly<Record<string, Value>>

const mostAttempts = 60

export function* attemptsFor(request: RowRequest): Generator<Row> {
  const plain = plainRow(request)
  if (plain === null) return
  let count = 0
  yield plain
  for (const row of checkedRows(request, plain)) {
    if (count >= mostAttempts) return
    count += 1
    yield row
  }
}

/** Null where a column must have a value and none is known. */
function plainRow(request: RowRequest): Row | null {
  const row: Record<string, Value> = {}
  const referring = referringValues(request)
  for (const column of request.table.columns) {
    if (isGiven(column)) continue
    const { name } = column
    if (referring.has(name)) {
      const value = referring.get(name) ?? null
      if (value === null && !column.nullable) return null
      if (!(value === null && column.default !== null)) row[name] = value
      continue
    }
    if (isLeftOut(request, column)) {
      if (column.default === null) row[name] = null
      continue
    }
    const { type } = baseType(column.type, request.schema)
    const value = sampleValue([type, ...(request.future.types.get(name) ?? [])], request.number)
    if (value !== null) row[name] = value
    else if (column.default === null && !column.nullable) return null
  }
  return row
}

/** What the engine makes by itself. */
function isGiven({ generated, identity, default: value }: Column): boolean {
  const isNumbered =
    value?.kind === 'sql' && /nextval|next value/i.test(sqlText(value.sql, { quote: String, literal: String }))
  return generated !== null || identity !== null || isNumbered
}

/** Where a later revision makes a column NOT NULL and fills nothing, an application has filled it by then. */
function isLeftOut({ isSparse, future, table }: RowRequest, { name, nullable, default: value }: Column): boolean {
  if (!isSparse || future.filled.has(name)) return false
  return (nullable || value !== null) && table.primaryKey?.columns.includes(name) !== true
}

/** The values of columns that refer to others; a row of the table itself may refer to nothing, or to itself. */
function referringValues({ referents, number, isSparse, table, future }: RowRequest): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>()
  const mayBeNull = (name: string) =>
    table.columns.find((column) => column.name === name)?.nullable === true && !future.filled.has(name)
  for (const { columns, isSelf, isLater, rows } of referents) {
    const isNothing = columns.every(mayBeNull) && (isSparse || rows.length === 0)
    // What a table of later is to hold, only its revision knows.
    if (rows.length === 0 && !isNothing && isLater) continue
    const chosen = isNothing ? [] : (rows[(number - 1) % rows.length] ?? [])
    columns.forEach((name, position) => {
      const own = isSelf && rows.length === 0 && !isNothing ? number : null
      if ((values.get(name) ?? null) === null) values.set(name, chosen[position] ?? own)
    })
  }
  return values
}

/** Each column of a check in turn, then two at a time, with the values that checks speak of. */
function* checkedRows(request: RowRequest, plain: Row): Generator<Row> {
  const conditions = conditionsOf(request)
  const wanted = Object.keys(plain).flatMap((name) => {
    const column = request.table.columns.find((one) => one.name === name)
    const domain = column === undefined ? [] : baseType(column.type, request.schema).checks
    const values = [...conditions.flatMap((condition) => valuesNamedIn(condition, name)), ...domain.flatMap(literalsIn)]
    const isNamed = values.length > 0 || conditions.some((condition) => namesIdentifier(condition, name))
    const mayBeNull = column?.nullable === true && !request.future.filled.has(name)
    return isNamed ? [{ name, values: [...rotated(values, request.number), ...(mayBeNull ? [null] : [])] }] : []
  })
  for (const { name, values } of wanted) for (const value of values) yield { ...plain, [name]: value }
  for (const [at, one] of wanted.entries()) {
    for (const other of wanted.slice(at + 1)) {
      for (const first of one.values) {
        for (const second of other.values) yield { ...plain, [one.name]: first, [other.name]: second }
      }
    }
  }
  yield Object.fromEntries(
    wanted.reduce((row, { name, values: [value = null] }) => row.set(name, value), new Map(Object.entries(plain))),
  )
}

function conditionsOf({ table, future }: RowRequest): readonly Sql[] {
  return [...table.checks.map(({ condition }) => condition), ...future.checks]
}

/** Rows take different ones of the values where a check leaves a choice. */
function rotated<T>(values: readonly T[], number: number): readonly T[] {
  const at = values.length === 0 ? 0 : (number - 1) % values.length
  return [...values.slice(at), ...values.slice(0, at)]
}
