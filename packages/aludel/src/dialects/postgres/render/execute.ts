// SQL as it was written, and rows as data.

import type { Value } from '../../../database/types.ts'
import { AludelError } from '../../../errors.ts'
import { executeTexts } from '../../../ops/execute-sql.ts'
import type { Op, Row } from '../../../ops/operations.ts'
import { findTable } from '../../../schema/lookup.ts'
import type { TableName } from '../../../schema/model.ts'
import type { Sql } from '../../../schema/sql.ts'
import { literal, qualified, quote, quoteAll } from '../literal.ts'
import { split } from '../split.ts'
import { continued, isNumbered } from './numbers.ts'
import { type Context, type Piece, type StatementPiece, statement } from './piece.ts'

export function execute(op: Op<'execute'>): readonly Piece[] {
  const texts = executeTexts(op.sql, 'postgres')
  if (texts !== null) return texts.flatMap((text) => pieces(bound(text, op.transactional)))
  throw new AludelError('no-sql-for-engine', 'An execute gives SQL for other engines, but none for PostgreSQL.', {
    hint: 'Add a text under the key "postgres"; an empty list says that there is nothing to do.',
  })
}

/** Several statements in one message are one transaction to the server, so what cannot be in one goes by itself. */
function pieces(whole: StatementPiece): readonly StatementPiece[] {
  if (whole.transactional || whole.parameters.length > 0) return [whole]
  return split(whole.sql).map((sql) => ({ ...whole, sql }))
}

function bound(fragment: Sql, transactional: boolean): StatementPiece {
  const parameters: Value[] = []
  const texts = fragment.parts.map((part) => {
    if (typeof part === 'string') return part
    if ('name' in part) return part.name.map(quote).join('.')
    parameters.push(part.value)
    return `$${parameters.length}`
  })
  return statement(texts.join(''), { parameters, transactional })
}

const rowsAtOnce = 500
const charactersAtOnce = 200_000

/** Rows of literals, some hundred a statement: they travel together with the statements around them. */
export function bulkInsert({ table, rows }: Op<'bulkInsert'>, { before }: Context): readonly Piece[] {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  if (columns.length === 0) return rows.map(() => statement(`INSERT INTO ${qualified(table)} DEFAULT VALUES`))
  const head = `INSERT INTO ${qualified(table)} (${quoteAll(columns)}) VALUES`
  const inserts = chunks(rows.map((row) => rowText(table, row, columns))).map((lines) =>
    statement(`${head}\n  ${lines.join(',\n  ')}`),
  )
  const numbered = (findTable(before, table)?.columns ?? []).filter(
    (column) => isNumbered(column) && columns.includes(column.name),
  )
  const why = 'the sequence goes on after the numbers that the rows brought'
  return [...inserts, ...numbered.map((column) => statement(continued(table, column.name), { why }))]
}

/** A column that a row does not give takes its default, as it would in an INSERT of that row alone. */
function rowText(table: TableName, row: Row, columns: readonly string[]): string {
  const values = columns.map((column) => {
    if (!Object.hasOwn(row, column)) return 'DEFAULT'
    const value = row[column]
    if (value !== undefined) return literal(value)
    throw new AludelError('invalid-parameter', `A row for table "${table.name}" gives undefined for "${column}".`)
  })
  return `(${values.join(', ')})`
}

function chunks(lines: readonly string[]): readonly (readonly string[])[] {
  const lists: string[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const line of lines) {
    const last = lists.at(-1)
    if (last === undefined || last.length >= rowsAtOnce || size + line.length > charactersAtOnce) {
      lists.push([line])
      size = line.length
    } else {
      last.push(line)
      size += line.length
    }
  }
  return lists
}
