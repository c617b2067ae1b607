// One driver connection, and what is sent over it: whole results, or rows in chunks.

import type { Connection as DriverConnection, QueryError } from 'mysql2'
import { asBytes, chunksOf, type RawRow } from './stream.ts'
import { type Field, rowReader } from './values.ts'

/** What a statement gave: the rows of its first result, and how many it changed. */
export interface Answer {
  readonly rows: readonly Record<string, unknown>[]
  readonly affected: number
}

export interface Wire {
  send(sql: string): Promise<Answer>
  /** Every result that a statement gives, in order. */
  results(sql: string): Promise<readonly Answer[]>
  chunks(sql: string, size: number): AsyncIterable<readonly Record<string, unknown>[]>
}

interface Header {
  readonly affectedRows?: number
}

export function wireOver(driver: DriverConnection): Wire {
  let openStream: (() => void) | null = null
  const ask = <T>(sql: string, read: (result: unknown, fields: unknown) => T): Promise<T> => {
    // The server answers in order: what an open stream has not yet given must come first, so it is taken into memory.
    openStream?.()
    return new Promise((resolve, reject) => {
      driver.query({ sql, ...asBytes }, (error: QueryError | null, result: unknown, fields: unknown) => {
        if (error === null) resolve(read(result, fields))
        else reject(error)
      })
    })
  }
  return {
    send: (sql) => ask(sql, answerOf),
    results: (sql) => ask(sql, answersOf),
    chunks: (sql, size) =>
      chunksOf(driver, sql, size, (drain) => {
        openStream = drain
      }),
  }
}

function answersOf(result: unknown, fields: unknown): readonly Answer[] {
  const lists = Array.isArray(fields) ? fields : []
  const several = lists.some((list) => list === undefined || Array.isArray(list))
  return several && Array.isArray(result)
    ? result.map((one, at) => answerOf(one, lists[at]))
    : [answerOf(result, fields)]
}

/** A procedure gives several results, the last of them a header; its first rows are its answer. */
function answerOf(result: unknown, fields: unknown): Answer {
  const lists = Array.isArray(fields) ? fields : []
  const several = lists.some((list) => list === undefined || Array.isArray(list))
  if (several && Array.isArray(result)) {
    const at = lists.findIndex((list) => Array.isArray(list))
    const header = result.find((one): one is Header => !Array.isArray(one))
    const answer = at < 0 ? { rows: [], affected: 0 } : answerOf(result[at], lists[at])
    return { ...answer, affected: header?.affectedRows ?? 0 }
  }
  if (!Array.isArray(result)) return { rows: [], affected: (result as Header | undefined)?.affectedRows ?? 0 }
  return { rows: (result as RawRow[]).map(rowReader(lists as Field[])), affected: 0 }
}
