// A run as it is handed out: a promise of its result that tells, to whoever listens, what happens meanwhile.

import type { ProgressEvent } from '../runner/statements/events.ts'

/** What happens in a run. */
export type RunEvent = ProgressEvent

/**
 * The promise of a result, and a stream of events. The stream ends with the run, and throws what the promise rejects with;
 * events from before anybody listened come first.
 *
 * @example
 * const run = upgrade()
 * for await (const event of run) console.error(event.kind)
 * const { heads } = await run
 */
export interface Running<T> extends Promise<T>, AsyncIterable<RunEvent> {}

export function running<T>(work: (tell: (event: RunEvent) => void) => Promise<T>): Running<T> {
  const events: RunEvent[] = []
  let wake = () => {}
  const tell = (event: RunEvent) => {
    events.push(event)
    wake()
  }
  let isOver = false
  const promise = work(tell).finally(() => {
    isOver = true
    wake()
  })
  const stream = async function* (): AsyncGenerator<RunEvent> {
    for (let next = 0; ; ) {
      const event = events[next]
      if (event !== undefined) {
        next += 1
        yield event
      } else if (isOver) break
      else {
        await new Promise<void>((resolve) => {
          const before = wake
          wake = () => {
            before()
            resolve()
          }
        })
      }
    }
    await promise
  }
  return Object.assign(promise, {
    [Symbol.asyncIterator]: () => {
      // Whoever listens hears of a failure there.
      promise.catch(() => undefined)
      return stream()
    },
  })
}
