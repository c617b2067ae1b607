// Work that may be interrupted: it is told so, and ends where nothing is left half done.

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A second signal ends the program at once. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const forget = () => {
    for (const signal of signals) process.removeListener(signal, interrupt)
  }
  const interrupt = () => {
    forget()
    controller.abort()
  }
  for (const signal of signals) process.once(signal, interrupt)
  try {
    return await work(controller.signal)
  } finally {
    forget()
  }
}

export interface Stopping {
  /** Aborted by the first signal: to stop at the next safe point. */
  readonly signal: AbortSignal
  /** Aborted by the second one: to stop at once. A third ends the program. */
  readonly cancel: AbortSignal
  /** Until then, and after `forget`, signals have their default effect. */
  listen(): void
  forget(): void
}

/** `tell` is called with what a signal has set off. */
export function createStopping(tell: (what: 'stopping' | 'cancelling') => void): Stopping {
  const stop = new AbortController()
  const cancel = new AbortController()
  const forget = () => {
    for (const signal of signals) process.removeListener(signal, interrupt)
  }
  const interrupt = () => {
    if (stop.signal.aborted) {
      forget()
      tell('cancelling')
      cancel.abort()
      return
    }
    tell('stopping')
    stop.abort()
  }
  return {
    signal: stop.signal,
    cancel: cancel.signal,
    listen: () => {
      for (const signal of signals) process.on(signal, interrupt)
    },
    forget,
  }
}
