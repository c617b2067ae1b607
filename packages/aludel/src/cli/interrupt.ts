// Work that may be interrupted at the terminal: it is told so, and takes away what it has made before it ends.

/** A second signal ends the program at once. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
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
