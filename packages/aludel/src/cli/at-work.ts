// A run on the command line: what it tells is shown, and signals stop it where nothing is left half done.

import type { Features } from '../database/types.ts'
import type { Signals } from '../runner/run.ts'
import type { ProgressEvent } from '../runner/statements/events.ts'
import type { VerbContext } from './context.ts'
import { createStopping, type Stopping } from './interrupt.ts'
import { createProgress, type Progress } from './progress.ts'

/** What a run is given to tell, and to be stopped by. */
export interface Surrounding {
  readonly progress: (event: ProgressEvent) => void
  readonly log: (message: string) => void
  readonly started: (features: Features) => void
  readonly signals: () => Signals
}

export async function atWork<T>(context: VerbContext, work: (surrounding: Surrounding) => Promise<T>): Promise<T> {
  const progress = createProgress(context)
  // Made where there is something to stop: what it takes is loaded slowly.
  let made: Stopping | null = null
  const stopping = () => {
    made ??= createStopping((what) => tellStopping(context, progress, what))
    return made
  }
  try {
    return await work({
      ...{ progress: progress.tell, log: progress.note, signals: stopping },
      started: ({ cancellable }) => {
        context.longWork()
        // Where no signal is noticed while a statement runs, it ends the program, and the engine takes back what was broken off.
        if (cancellable) stopping().listen()
      },
    })
  } finally {
    progress.end()
    ;(made as Stopping | null)?.forget()
  }
}

/** The same for work of one transaction, which any signal may end: only what it waits for is shown. */
export async function whileShown<T>(
  context: VerbContext,
  work: (progress: Surrounding['progress']) => Promise<T>,
): Promise<T> {
  const progress = createProgress(context)
  try {
    return await work(progress.tell)
  } finally {
    progress.end()
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
