// Generated rows: put into the tables that a revision touches, in the order in which they refer to each other.

import type { Value } from '../../../database/types.ts'
import { creationOrder } from '../../../diff/order.ts'
import type { Op } from '../../../ops/operations.ts'
import { quoted } from '../../../runner/bookkeeping.ts'
import type { Session } from '../../../runner/session.ts'
import { findTable, sameName } from '../../../schema/lookup.ts'
import type { Schema, Table, TableName } from '../../../schema/model.ts'
import { titleOf } from '../difference.ts'
import { type Future, futureOf } from './future.ts'
import { attemptsFor, type Referents } from './rows.ts'

export interface SampleRequest {
  readonly session: Session
  readonly schema: Schema
  /** The tables that must have rows; what they refer to gets some, too. */
  readonly tables: readonly Table[]
  /** The revision that is tested, and those after it. */
  readonly revisions: readonly (readonly Op[])[]
}

/** Gives why tables stay without rows, a sentence each. */
export async function fillTables(request: SampleRequest): Promise<readonly string[]> {
  const notes: string[] = []
  const wanted = withReferents(request.schema, request.tables)
  // Tables in a circle come without the keys that make it one, so each is looked up again.
  for (const at of creationOrder(wanted).tables) {
    const table = findTable(request.schema, at) ?? at
    const why = await fillTable(request, table)
    if (why !== null) notes.push(`No rows were generated for table ${titleOf(table)}: ${why}`)
  }
  return notes
}

function withReferents(schema: Schema, tables: readonly Table[]): readonly Table[] {
  const found = new Map<string, Table>()
  const pending = [...tables]
  for (let table = pending.pop(); table !== undefined; table = pending.pop()) {
    if (found.has(titleOf(table))) continue
    found.set(titleOf(table), table)
    pending.push(...table.foreignKeys.flatMap(({ referent }) => findTable(schema, referent) ?? []))
  }
  return schema.tables.filter((table) => found.has(titleOf(table)))
}

const rowsWanted = 3

async function fillTable(request: SampleRequest, table: Table): Promise<string | null> {
  const { session } = request
  const { count, empty } = await standing(session, table)
  if (count > 0 && empty.length === 0) return null
  const future = futureOf(table, request.revisions)
  const isFillable = ({ name }: { readonly name: string }) =>
    !future.foreignKeys.some(({ columns }) => columns.includes(name))
  if (count > 0 && !empty.some(isFillable)) return null
  const referents = await referentsOf(session, request.schema, table, future)
  // Two rows that are full and one that has nothing but what it must have.
  const sparse = count > 0 ? [false] : Array.from({ length: rowsWanted }, (_, position) => position === rowsWanted - 1)
  let number = count + 1
  let why: string | null = null
  for (const isSparse of sparse) {
    const added = await insertOne(request, { table, future, referents, isSparse }, number)
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

interface Making {
  readonly table: Table
  readonly future: Future
  readonly referents: readonly Referents[]
  readonly isSparse: boolean
}

const mostNumbers = 6

/** The number of the row that was taken; or why none was. */
async function insertOne({ session, schema }: SampleRequest, making: Making, first: number): Promise<number | string> {
  const { db, dialect } = session
  let why = 'nothing is known that its columns would take.'
  for (let number = first; number < first + mostNumbers; number += 1) {
    for (const row of attemptsFor({ ...making, schema, number })) {
      const { namespace, name } = making.table
      const op: Op = { kind: 'bulkInsert', table: { namespace, name }, rows: [row] }
      try {
        for (const { sql, parameters } of dialect.render([op], schema)) await db.query(sql, parameters)
        return number
      } catch (error) {
        const { kind, message } = dialect.explain(error)
        why = message
        // Another number has other values; a check wants others of the same.
        if (kind === 'unique') break
      }
    }
    if (making.referents.length === 0 && number > first + 1) break
  }
  return why
}
