// Rows from a file into a table: read, converted and sent some hundred at a time, so that memory does not grow with the file.

import type { Dialect, EngineErrorKind } from '../dialects/dialect.ts'
import { AludelError, isAludelError } from '../errors.ts'
import type { Op, Row } from '../ops/operations.ts'
import { type Read, readerFor } from '../project/data/cells.ts'
import { dataFault, dataRows } from '../project/data/file.ts'
import type { DataRow } from '../project/data/row.ts'
import type { Place } from '../project/data/window.ts'
import { findTable, tableTitle } from '../schema/lookup.ts'
import type { Schema } from '../schema/model.ts'
import { isSendFailure, send } from './send.ts'
import type { Session } from './session.ts'

export interface Batch {
  readonly op: Op<'bulkInsert'>
  /** Where each row begins. */
  readonly places: readonly Place[]
}

const rowsAtOnce = 500

/** The rows of the file as operations of some hundred rows each. `before` tells the types of the columns. */
export function* insertBatches(op: Op<'insertFile'>, file: string, dialect: Dialect, before: Schema): Generator<Batch> {
  const convert = converter(op, dialect, before)
  let rows: Row[] = []
  let places: Place[] = []
  const batch = (): Batch => ({ op: { kind: 'bulkInsert', table: op.table, rows }, places })
  for (const row of dataRows(op.file, file)) {
    rows.push(convert(row))
    places.push(row.place(0))
    if (rows.length < rowsAtOnce) continue
    yield batch()
    rows = []
    places = []
  }
  if (rows.length > 0) yield batch()
}

function converter({ table, file }: Op<'insertFile'>, dialect: Dialect, before: Schema): (row: DataRow) => Row {
  const known = findTable(before, table)
  const zones =
    dialect.type({ kind: 'timestamp', timezone: true }) !== dialect.type({ kind: 'timestamp', timezone: false })
  const readers = new Map<string, Read>()
  const readerOf = (name: string, row: DataRow, at: number): Read => {
    const column = known?.columns.find((one) => one.name === name)
    if (known !== null && column === undefined) {
      throw dataFault(file.path, row.place(at), `table ${tableTitle(table)} has no column "${name}"`)
    }
    const reader = readerFor(column?.type ?? null, zones)
    readers.set(name, reader)
    return reader
  }
  return (row) => {
    const values: Record<string, Row[string]> = {}
    for (const [at, name] of row.names.entries()) {
      const read = (readers.get(name) ?? readerOf(name, row, at))(row.cells[at] ?? null)
      if ('why' in read) throw dataFault(file.path, row.place(at), `${read.why}, for column "${name}"`)
      values[name] = read.value
    }
    return values
  }
}

/** Inserts the rows of a file. Where one is refused, the error says which, and nothing of it stays in the transaction around. */
export async function insertFile(session: Session, op: Op<'insertFile'>, file: string): Promise<void> {
  const { db, dialect } = session
  const before = await dialect.introspect(db, { objects: dialect.reads(op) })
  for (const batch of insertBatches(op, file, dialect, before)) {
    try {
      await db.transaction(() => sendRows(session, batch.op, before))
    } catch (error) {
      throw await refusal(session, op, batch, before, error)
    }
  }
}

function sendRows({ db, dialect }: Session, op: Op<'bulkInsert'>, before: Schema): Promise<void> {
  return send(db, dialect.render([op], before))
}

/** What the database says of a row that it does not take; its own words may quote the row, and stay out of the sentence. */
const faults: Readonly<Partial<Record<EngineErrorKind, string>>> = {
  unique: 'a row with the same key is there already',
  'foreign-key': 'this row refers to one that is not there',
  'not-null': 'this row has no value for a column that must have one',
  check: 'this row contradicts a check of the table',
  cast: 'a value of this row does not fit its column',
  other: 'the database does not take this row',
}

async function refusal(
  session: Session,
  { file }: Op<'insertFile'>,
  batch: Batch,
  before: Schema,
  error: unknown,
): Promise<unknown> {
  if (isAludelError(error)) return error
  const engine = session.dialect.explain(isSendFailure(error) ? error.cause : error)
  const fault = faults[engine.kind]
  if (fault === undefined) return error
  const { line, column } = batch.places[await firstRefused(session, batch, before)] ?? { line: 1, column: 1 }
  return new AludelError(
    engine.kind === 'other' ? 'invalid-data' : engine.kind,
    `${file.path}:${line}:${column}: ${fault}.`,
    {
      hint: `The database says: ${engine.message}`,
      details: { path: file.path, line, column, kind: engine.kind, engineCode: engine.code, objects: engine.objects },
      cause: error,
    },
  )
}

/** The row that is refused once those before it are there, found by halves; each try is taken back. */
async function firstRefused(session: Session, { op }: Batch, before: Schema): Promise<number> {
  let [taken, refused] = [0, op.rows.length]
  while (refused - taken > 1) {
    const middle = Math.floor((taken + refused) / 2)
    if (await isTaken(session, { ...op, rows: op.rows.slice(0, middle) }, before)) taken = middle
    else refused = middle
  }
  return refused - 1
}

async function isTaken(session: Session, op: Op<'bulkInsert'>, before: Schema): Promise<boolean> {
  const takeBack = new Error('Taken back.')
  try {
    await session.db.transaction(async () => {
      await sendRows(session, op, before)
      throw takeBack
    })
    return true
  } catch (error) {
    return error === takeBack
  }
}
