// Rows in chunks as they come, with no more of them in memory than a chunk while nothing else is asked of the connection.

import type { Connection as DriverConnection } from 'mysql2'
import { type Field, rowReader } from './values.ts'

export type RawRow = readonly (Buffer | null)[]
type Rows = readonly Record<string, unknown>[]

// Bytes are read here by the type of their column; the driver's own conversions differ between its two protocols.
export const asBytes = { rowsAsArray: true, typeCast: false } as const

/** What has come and was not yet taken. `draining`: another statement waits, so that everything is taken in. */
interface Flow {
  readonly held: Record<string, unknown>[]
  state: 'flowing' | 'paused' | 'draining' | 'ended'
  failure: Error | null
  isWanted: boolean
  wake(): void
}

/**
 * The chunks of a query. Whoever stops early lets the rest pass by unread.
 *
 * `announce` is given what makes the rest come into memory at once, because the server answers in order and another
 * statement must wait for it; and null at the end.
 */
export async function* chunksOf(
  driver: DriverConnection,
  sql: string,
  size: number,
  announce: (drain: (() => void) | null) => void,
): AsyncGenerator<Rows> {
  const flow: Flow = { held: [], state: 'flowing', failure: null, isWanted: true, wake: () => undefined }
  announce(() => resume(driver, flow, 'draining'))
  listen(driver, sql, size, flow, () => announce(null))
  try {
    for (let chunk = await nextChunk(driver, size, flow); chunk.length > 0; ) {
      yield chunk
      chunk = await nextChunk(driver, size, flow)
    }
  } finally {
    flow.isWanted = false
    resume(driver, flow, 'draining')
  }
}

function listen(driver: DriverConnection, sql: string, size: number, flow: Flow, ended: () => void): void {
  let read: ReturnType<typeof rowReader> | null = null
  const end = (error: Error | null): void => {
    flow.failure ??= error
    flow.state = 'ended'
    ended()
    flow.wake()
  }
  const query = driver.query({ sql, ...asBytes })
  query.on('fields', (fields) => {
    read ??= rowReader(fields as unknown as Field[])
  })
  query.on('result', (row: unknown) => {
    if (!flow.isWanted || read === null || !Array.isArray(row)) return
    flow.held.push(read(row as RawRow))
    if (flow.held.length >= size && flow.state === 'flowing') {
      flow.state = 'paused'
      driver.pause()
    }
    flow.wake()
  })
  query.on('error', end)
  query.on('end', () => end(null))
}

/** The next chunk; an empty one at the end. */
async function nextChunk(driver: DriverConnection, size: number, flow: Flow): Promise<Rows> {
  for (;;) {
    if (flow.failure !== null) throw flow.failure
    if (flow.held.length >= size || flow.state === 'ended') return flow.held.splice(0, size)
    // Rows that had come already are given as soon as the driver goes on, so only then is it time to wait.
    if (resume(driver, flow, 'flowing')) continue
    await new Promise<void>((resolve) => {
      flow.wake = resolve
    })
  }
}

/** Goes on if it was paused. The state is set before: rows that wait in the driver come while it resumes. */
function resume(driver: DriverConnection, flow: Flow, state: 'flowing' | 'draining'): boolean {
  const wasPaused = flow.state === 'paused'
  if (wasPaused || (state === 'draining' && flow.state === 'flowing')) flow.state = state
  if (wasPaused) driver.resume()
  return wasPaused
}
