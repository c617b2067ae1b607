// Rows and SQL as written: INSERT in chunks, and the user's own statements, one at a time.

import type { Value } from '../../../database/types.ts'
import { AludelError } from '../../../errors.ts'
import { isData } from '../../../ops/execute.ts'
import { executeTexts } from '../../../ops/execute-sql.ts'
import type { Op, Row } from '../../../ops/operations.ts'
import type { Sql } from '../../../schema/sql.ts'
import type { Abilities } from '../features.ts'
import { literal, quote } from '../literal.ts'
import { split } from '../split.ts'
import type { Draft } from './drafts.ts'
import { columnList } from './indexes.ts'
import { tableText } from './refusals.ts'

/** Rows of one INSERT: few round trips, and far below the 16 MB that a server takes in one packet. */
const chunkRows = 1000
const chunkBytes = 1_000_000

export function insertStatements(op: Op<'bulkInsert'>, abilities: Abilities): readonly Draft[] {
  const columns = [...new Set(op.rows.flatMap((row) => Object.keys(row)))]
  const target = `${tableText(op.table, abilities)} ${columnList(columns)}`
  return chunksOf(op.rows).map((rows): Draft => {
    const tuples = rows.map((row) => {
      const values = columns.map((column) => (row[column] === undefined ? 'DEFAULT' : literal(row[column])))
      return `(${values.join(', ')})`
    })
    return {
      sql: `INSERT INTO ${target} VALUES\n  ${tuples.join(',\n  ')}`,
      parameters: [],
      transactional: true,
      why: null,
    }
  })
}

function chunksOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  const chunks: Row[][] = []
  let bytes = 0
  for (const row of rows) {
    const size = Object.values(row).reduce<number>((sum, value) => sum + sizeOf(value), 0)
    const last = chunks.at(-1)
    if (last === undefined || last.length >= chunkRows || bytes + size > chunkBytes) {
      chunks.push([row])
      bytes = size
    } else {
      last.push(row)
      bytes += size
    }
  }
  return chunks
}

function sizeOf(value: Value): number {
  if (typeof value === 'string') return value.length
  return value instanceof Uint8Array ? value.byteLength * 2 : 8
}

export function executeStatements(op: Op<'execute'>): readonly Draft[] {
  const texts = executeTexts(op.sql, 'mysql')
  if (texts === null) {
    throw new AludelError('no-sql-for-engine', 'This `execute` gives no SQL for MySQL and MariaDB.', {
      hint: 'Add the text under `mysql`, or an empty list where there is nothing to do.',
    })
  }
  const transactional = op.transactional && isData({ ...op, sql: { all: texts.filter((text) => !isSetting(text)) } })
  return texts.flatMap((text) => {
    const { sql, parameters } = bound(text)
    const [statement, ...others] = split(sql)
    if (others.length > 0) throw severalStatements([statement ?? '', ...others])
    // A text of comments alone is nothing to the server, which would refuse it. A last semicolon, or the client's word
    // DELIMITER, is no part of a statement.
    return statement === undefined ? [] : [{ sql: statement, parameters, transactional, why: null }]
  })
}

/** A variable of the session leaves a transaction as it is. */
function isSetting({ parts: [first] }: Sql): boolean {
  return typeof first === 'string' && /^\s*set\s+(?:session\s+sql_mode\b|@(?!@))[^;]*;?\s*$/i.test(first)
}

function severalStatements(pieces: readonly string[]): AludelError {
  const first = (pieces[1] ?? '').replace(/\s+/g, ' ').slice(0, 60)
  return new AludelError(
    'several-statements',
    `MySQL takes one statement at a time, and this text holds ${pieces.length}; the second is: ${first}`,
    {
      hint: 'Pass a list: op.execute([first, second]).',
      details: { count: pieces.length },
    },
  )
}

function bound(fragment: Sql): { readonly sql: string; readonly parameters: readonly Value[] } {
  const parameters: Value[] = []
  const texts = fragment.parts.map((part) => {
    if (typeof part === 'string') return part
    if ('name' in part) return part.name.map(quote).join('.')
    parameters.push(part.value)
    return '?'
  })
  return { sql: texts.join(''), parameters }
}
