// Generated rows: put into the tables that a revision touches, in the order in which they refer to each other.

import type { Connection, Value } from '../../../database/types.ts'
import type { EngineError } from '../../../dialects/dialect.ts'
import { creationOrder } from '../../../diff/order.ts'
import type { Op } from '../../../ops/operations.ts'
import { quoted } from '../../../runner/own-tables.ts'
import type { Session } from '../../../runner/session.ts'
import { findTable, sameName } from '../../../schema/lookup.ts'
import type { Schema, Table, TableName } from '../../../schema/model.ts'
import { sqlText } from '../../../schema/sql.ts'
import { titleOf } from '../difference.ts'
import type { Future } from './future.ts'
import { attemptsFor, type Referents } from './rows.ts'

export interface SampleRequest {
  readonly session: Session
  readonly schema: Schema
  /** The tables that must have rows; what they refer to gets some, too. */
  readonly tables: readonly Table[]
  /** What becomes of a table by the revision that is tested and by those after it. */
  readonly futureOf: (table: Table) => Future
}

interface Planned {
  readonly table: Table
  readonly future: Future
}

/** Gives why tables stay without rows, a sentence each. */
export async function fillTables(request: SampleRequest): Promise<readonly string[]> {
  const notes: string[] = []
  const planned = withReferents(request)
  const tables = [...planned.values()].map(({ table, future }) => ({
    ...table,
    foreignKeys: [...table.foreignKeys, ...future.foreignKeys],
  }))
  for (const at of creationOrder(tables).tables) {
    const why = await fillTable(request, planned.get(titleOf(at)) as Planned)
    if (why !== null) notes.push(`No rows were generated for table ${titleOf(at)}: ${why}`)
  }
  return notes
}

/** The tables by their titles, and those that they refer to or will. */
function withReferents({ schema, tables, futureOf }: SampleRequest): ReadonlyMap<string, Planned> {
  const found = new Map<string, Planned>()
  const pending = [...tables].reverse()
  for (let table = pending.pop(); table !== undefined; table = pending.pop()) {
    if (found.has(titleOf(table))) continue
    const future = futureOf(table)
    found.set(titleOf(table), { table, future })
    const keys = [...table.foreignKeys, ...future.foreignKeys]
    pending.push(...keys.flatMap(({ referent }) => findTable(schema, referent) ?? []))
  }
  return found
}

const rowsWanted = 3

async function fillTable(request: SampleRequest, { table, future }: Planned): Promise<string | null> {
  const { session } = request
  const { count, empty } = await standing(session, table)
  if (count > 0 && empty.length === 0) return null
  const isFillable = ({ name }: { readonly name: string }) =>
    !future.foreignKeys.some(({ columns }) => columns.includes(name))
  if (count > 0 && !empty.some(isFillable)) return null
  const referents = await referentsOf(session, request.schema, table, future)
  const asked = await askedOf(session, table, future)
  // Two rows that are full and one that has nothing but what it must have.
  const sparse = count > 0 ? [false] : Array.from({ length: rowsWanted }, (_, position) => position === rowsWanted - 1)
  let number = count + 1
  let why: string | null = null
  for (const isSparse of sparse) {
    const added = await insertOne(request, { table, future, referents, asked, isSparse }, number)
    if (typeof added === 'string') why = added
    else number = added + 1
  }
  return number === count + 1 && count === 0 ? why : null
}

/** How many rows there are, and the columns in which none of them has a value. */
async function standing({ db, dialect }: Session, table: Table) {
  const columns = table.columns.filter(({ generated, identity }) => generated === null && identity === null)
  const counts = columns.map(({ name }, at) => `count(${dialect.quote(name)}) AS c${at}`)
  const { rows } = await db.query<Record<string, unknown>>(
    `SELECT ${['count(*) AS n', ...counts].join(', ')} FROM ${quoted(dialect, table)}`,
  )
  const [row = {}] = rows
  return { count: Number(row.n ?? 0), empty: columns.filter((_, at) => Number(row[`c${at}`] ?? 0) === 0) }
}

async function referentsOf(
  { db, dialect }: Session,
  schema: Schema,
  table: Table,
  { foreignKeys }: Future,
): Promise<readonly Referents[]> {
  const found: Referents[] = []
  const keys = [...table.foreignKeys.map((key) => ({ ...key, isLater: false })), ...foreignKeys]
  for (const { columns, referent, referentColumns, isLater } of keys) {
    const to = findTable(schema, referent)
    const isThere = to !== null && referentColumns.every((name) => to.columns.some((column) => column.name === name))
    const rows = isThere ? await keysOf({ db, dialect }, referent, referentColumns) : []
    found.push({ columns, isLater, isSelf: sameName(table, referent), rows })
  }
  return found
}

/** Values that a foreign key to these columns can have. */
async function keysOf(
  { db, dialect }: Pick<Session, 'db' | 'dialect'>,
  table: TableName,
  columns: readonly string[],
): Promise<readonly (readonly Value[])[]> {
  const names = columns.map(dialect.quote).join(', ')
  const { rows } = await db.query<Record<string, Value>>(
    `SELECT ${names} FROM ${quoted(dialect, table)} ORDER BY ${names} LIMIT 50`,
  )
  return rows.map((row) => columns.map((name) => row[name] ?? null)).filter((values) => !values.includes(null))
}

/** How many rows break what later checks will ask. */
type Asked = readonly { readonly count: string; readonly before: number }[]

async function askedOf({ db, dialect }: Session, table: Table, { checks }: Future): Promise<Asked> {
  const found: { readonly count: string; readonly before: number }[] = []
  for (const condition of checks) {
    const count = `SELECT count(*) AS n FROM ${quoted(dialect, table)} WHERE NOT (${sqlText(condition, dialect)})`
    try {
      found.push({ count, before: await counted(db, count) })
    } catch {
      // It speaks of columns that are still to come.
    }
  }
  return found
}

async function counted(db: Connection, sql: string): Promise<number> {
  const { rows } = await db.query<{ readonly n: unknown }>(sql)
  return Number(rows[0]?.n ?? 0)
}

interface Making extends Planned {
  readonly referents: readonly Referents[]
  readonly asked: Asked
  readonly isSparse: boolean
}

const mostNumbers = 6

/** The number of the row that was taken; or why none was. */
async function insertOne(request: SampleRequest, making: Making, first: number): Promise<number | string> {
  const { schema } = request
  let why = 'nothing is known that its columns would take.'
  for (let number = first; number < first + mostNumbers; number += 1) {
    for (const row of attemptsFor({ ...making, schema, number })) {
      const refusal = await insertRow(request, making, row)
      if (refusal === null) return number
      why = refusal.message
      // Another number has other values; a check wants others of the same.
      if (refusal.kind === 'unique') break
    }
    if (making.referents.length === 0 && number > first + 1) break
  }
  return why
}

class BreaksLaterCheck extends Error {
  override readonly name = 'BreaksLaterCheck'
}

/** Null where the row is in; else why the engine, or a check of later, does not take it. */
async function insertRow(
  { session: { db, dialect }, schema }: SampleRequest,
  { table: { namespace, name }, asked }: Making,
  row: Op<'bulkInsert'>['rows'][number],
): Promise<Pick<EngineError, 'kind' | 'message'> | null> {
  const op: Op = { kind: 'bulkInsert', table: { namespace, name }, rows: [row] }
  try {
    await db.transaction(async () => {
      for (const { sql, parameters } of dialect.render([op], schema)) await db.query(sql, parameters)
      for (const { count, before } of asked) if ((await counted(db, count)) > before) throw new BreaksLaterCheck()
    })
    return null
  } catch (error) {
    if (error instanceof BreaksLaterCheck) return { kind: 'check', message: 'a later check takes none of its values.' }
    return dialect.explain(error)
  }
}
