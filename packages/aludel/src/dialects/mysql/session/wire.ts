// One driver connection, and what is sent over it: whole results, or rows in chunks.

import type { Connection as DriverConnection, QueryError } from 'mysql2'
import { type Field, rowReader } from './values.ts'

/** What a statement gave: the rows of its first result, and how many it changed. */
export interface Answer {
  readonly rows: readonly Record<string, unknown>[]
  readonly affected: number
}

export interface Wire {
  send(sql: string): Promise<Answer>
  chunks(sql: string, size: number): AsyncIterable<readonly Record<string, unknown>[]>
}

type RawRow = readonly (Buffer | null)[]
interface Header {
  readonly affectedRows?: number
}

// Bytes are read here by the type of their column; the driver's own conversions differ between its two protocols.
const asBytes = { rowsAsArray: true, typeCast: false } as const

export function wireOver(driver: DriverConnection): Wire {
  let openStream: (() => void) | null = null
  const send = (sql: string): Promise<Answer> => {
    // The server answers in order: what an open stream has not yet given must come first, so it is taken into memory.
    openStream?.()
    return new Promise((resolve, reject) => {
      driver.query({ sql, ...asBytes }, (error: QueryError | null, result: unknown, fields: unknown) => {
        if (error === null) resolve(answerOf(result, fields))
        else reject(error)
      })
    })
  }
  return {
    send,
    chunks: (sql, size) =>
      chunksOf(driver, sql, size, (drain) => {
        openStream = drain
      }),
  }
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

/**
 * Rows as they come, at most `size` of them in memory while nothing else is asked of the connection. Whoever stops
 * early lets the rest pass by unread.
 */
async function* chunksOf(
  driver: DriverConnection,
  sql: string,
  size: number,
  announce: (drain: (() => void) | null) => void,
): AsyncGenerator<readonly Record<string, unknown>[]> {
  const held: Record<string, unknown>[] = []
  let state: 'flowing' | 'paused' | 'draining' | 'ended' = 'flowing'
  let failure: Error | null = null
  let wake: () => void = () => undefined
  let read: ReturnType<typeof rowReader> | null = null
  let isWanted = true
  const end = (error: Error | null): void => {
    failure ??= error
    state = 'ended'
    announce(null)
    wake()
  }
  const query = driver.query({ sql, ...asBytes })
  query.on('fields', (fields) => {
    read ??= rowReader(fields as unknown as Field[])
  })
  query.on('result', (row: unknown) => {
    if (!isWanted || read === null || !Array.isArray(row)) return
    held.push(read(row as RawRow))
    if (held.length >= size && state === 'flowing') {
      state = 'paused'
      driver.pause()
    }
    wake()
  })
  query.on('error', (error: Error) => end(error))
  query.on('end', () => end(null))
  announce(() => {
    if (state === 'paused') driver.resume()
    if (state !== 'ended') state = 'draining'
  })
  try {
    for (;;) {
      if (failure !== null) throw failure
      if (held.length >= size || (isEnded(state) && held.length > 0)) {
        yield held.splice(0, size)
      } else if (isEnded(state)) {
        return
      } else if (isPaused(state)) {
        state = 'flowing'
        // Rows that had come already are given at once, so look again before waiting for more.
        driver.resume()
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    isWanted = false
    if (isPaused(state)) driver.resume()
  }
}

// The events above change the state between two looks at it, which the type checker cannot know.
const isEnded = (state: string): boolean => state === 'ended'
const isPaused = (state: string): boolean => state === 'paused'
