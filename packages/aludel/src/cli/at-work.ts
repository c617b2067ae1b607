// A run on the command line: what it tells is shown, and signals stop it where nothing is left half done.

import type { Features } from '../database/types.ts'
import type { ProgressEvent } from '../runner/statements/events.ts'
import type { VerbContext } from './context.ts'
import { createStopping } from './interrupt.ts'
import { createProgress, type Progress } from './progress.ts'

/** What a run is given to tell, and to be stopped by. */
export interface Surrounding {
  readonly progress: (event: ProgressEvent) => void
  readonly log: (message: string) => void
  readonly signal: AbortSignal
  readonly cancel: AbortSignal
  readonly started: (features: Features) => void
}

export async function atWork<T>(context: VerbContext, work: (surrounding: Surrounding) => Promise<T>): Promise<T> {
  const progress = createProgress(context)
  const stopping = createStopping((what) => tellStopping(context, progress, what))
  try {
    return await work({
      ...{ progress: progress.tell, log: progress.note, signal: stopping.signal, cancel: stopping.cancel },
      // Where no signal is noticed while a statement runs, it ends the program, and the engine takes back what was broken off.
      started: ({ cancellable }) => {
        if (cancellable) stopping.listen()
      },
    })
  } finally {
    progress.end()
    stopping.forget()
  }
}

function tellStopping({ options }: VerbContext, progress: Progress, what: 'stopping' | 'cancelling'): void {
  if (options.json || options.quiet) return
  progress.note(
    what === 'stopping'
      ? 'Stopping as soon as nothing is left half done. Once more ends the statement under way, a third time the program.'
      : 'Cancelling the statement under way.',
  )
}
