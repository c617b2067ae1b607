// Waiting for the lock of a run: told about, and given up where the run is to stop.

import type { Lock, LockOptions } from '../../dialects/dialect.ts'
import type { Project } from '../../project/project.ts'
import { lockRun } from '../run-lock.ts'
import type { Session } from '../session.ts'
import type { ProgressEvent } from './events.ts'
import { interruptedWaiting } from './interruption.ts'

export interface AwaitedLockRequest {
  readonly project: Project
  readonly session: Session
  readonly progress: (event: ProgressEvent) => void
  /** Ends the waiting; left out where nothing does. */
  readonly signal?: AbortSignal
}

const tellEvery = 1000

/** Takes the lock. Who has it meanwhile is told once a second. */
export async function awaitedLock({ project, session, progress, signal }: AwaitedLockRequest): Promise<Lock> {
  const startedAt = performance.now()
  let toldAt = startedAt
  const waiting: LockOptions['waiting'] = async (holder) => {
    if (performance.now() - toldAt < tellEvery) return
    toldAt = performance.now()
    const elapsedMs = Math.round(toldAt - startedAt)
    progress({ kind: 'waiting-for-lock', of: 'run', revision: null, elapsedMs, holder: await holder() })
  }
  const patience = signal === undefined ? { waiting } : { waiting, signal }
  return lockRun(project, session, patience).catch((error: unknown) => {
    throw signal?.aborted ? interruptedWaiting() : error
  })
}
