// Waiting for a file that somebody else writes into, without holding up the rest of this process: who has the lock may be
// another connection of it, which could never let go while a statement of this one waited inside the driver.

import { setTimeout as delay } from 'node:timers/promises'
import { milliseconds } from '../../clock.ts'
import type { Driver } from './driver.ts'
import { explain } from './explain.ts'

export interface Patience {
  /** Does what may find the file locked, again and again, as long as it may wait. Nothing of it stays where it was refused. */
  during<T>(work: () => T): Promise<T>
  /** The same for what cannot be begun again: it waits inside the driver. */
  inside<T>(work: () => T): T
  /** From here on the lock is had: what is still to be waited for is waited for inside the driver. */
  hold(): void
  /** It is given back. */
  letGo(): void
}

const pauses = [1, 2, 5, 10, 20, 40, 80]
const longestPause = 100

/** @param timeout milliseconds to wait at most */
export function patienceOf(driver: Driver, timeout: number): Patience {
  let isHeld = false
  const set = (wait: number) => driver.exec(`PRAGMA busy_timeout = ${Math.max(0, Math.floor(wait))}`)
  set(0)
  return {
    during: async (work) => {
      const deadline = milliseconds() + timeout
      for (let attempt = 0; ; attempt += 1) {
        try {
          return work()
        } catch (error) {
          const left = deadline - milliseconds()
          if (isHeld || left <= 0 || !isLocked(error)) throw error
          await delay(Math.min(pauses[attempt] ?? longestPause, left))
        }
      }
    },
    inside: (work) => {
      if (isHeld) return work()
      set(timeout)
      try {
        return work()
      } finally {
        set(0)
      }
    },
    hold: () => {
      isHeld = true
      set(timeout)
    },
    letGo: () => {
      isHeld = false
      set(0)
    },
  }
}

function isLocked(error: unknown): boolean {
  const cause = error instanceof Error && error.name === 'StatementFailure' ? error.cause : error
  return explain(cause).kind === 'lock-timeout'
}
