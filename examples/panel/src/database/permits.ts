// So many may go on at once; the others wait in the order in which they came, but not for ever.

export interface Permits {
  /** Resolves when it is one's turn. Every acquired permit is released once. */
  acquire(): Promise<void>
  release(): void
  /** Refuses who waits or comes, and resolves when all that were acquired are back. */
  close(): Promise<void>
}

interface Waiter {
  readonly admit: () => void
  readonly refuse: (reason: Error) => void
}

/** What a request is told when it waited too long, or when the Panel is stopping. */
export class Busy extends Error {}

export function permits(count: number, patience: number): Permits {
  const waiting: Waiter[] = []
  let free = count
  let emptied: (() => void) | null = null
  let isClosed = false
  return {
    acquire: () => {
      if (isClosed) return Promise.reject(new Busy('The Panel is stopping.'))
      if (free > 0) {
        free -= 1
        return Promise.resolve()
      }
      return new Promise((resolve, reject) => {
        const tooLong = () => {
          waiting.splice(waiting.indexOf(waiter), 1)
          reject(new Busy(`No database connection became free within ${patience} ms.`))
        }
        const timer = setTimeout(tooLong, patience)
        const stopped = (next: () => void) => () => {
          clearTimeout(timer)
          next()
        }
        const waiter: Waiter = {
          admit: stopped(resolve),
          refuse: (reason) => stopped(() => reject(reason))(),
        }
        waiting.push(waiter)
      })
    },
    release: () => {
      const next = waiting.shift()
      if (next !== undefined) return next.admit()
      free += 1
      if (free === count) emptied?.()
    },
    close: () => {
      isClosed = true
      for (const waiter of waiting.splice(0)) waiter.refuse(new Busy('The Panel is stopping.'))
      if (free === count) return Promise.resolve()
      return new Promise((resolve) => {
        emptied = resolve
      })
    },
  }
}
