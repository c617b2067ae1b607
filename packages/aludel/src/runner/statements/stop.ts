// Being asked to stop: at the next safe point, or at once.

import { setTimeout as delay } from 'node:timers/promises'

export interface Stop {
  /** Aborted as soon as the run is to stop, however. */
  readonly signal: AbortSignal
  readonly isAsked: boolean
  /** True where even the statement under way is to end. */
  readonly isCancelled: boolean
  /** At a safe point: throws {@link Stopped} where the run is to stop. */
  check(): void
  /** Waits for so many milliseconds, or throws {@link Stopped} as soon as the run is to stop. */
  sleep(milliseconds: number): Promise<void>
}

/** Thrown at a safe point. What it means is told where it is known what was done. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
}

export function isStopped(error: unknown): boolean {
  return error instanceof Error && error.name === 'Stopped'
}

/** `stop` asks to stop at a safe point, `cancel` at once. */
export function createStop(stop: AbortSignal, cancel: AbortSignal): Stop {
  const signal = AbortSignal.any([stop, cancel])
  const check = () => {
    if (signal.aborted) throw new Stopped('The run was asked to stop.')
  }
  return {
    signal,
    get isAsked() {
      return signal.aborted
    },
    get isCancelled() {
      return cancel.aborted
    },
    check,
    sleep: async (milliseconds) => {
      await delay(milliseconds, undefined, { signal }).catch(() => undefined)
      check()
    },
  }
}
