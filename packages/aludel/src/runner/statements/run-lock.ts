// The lock of a run: waited for, told about, and given up where the run is to stop.

import type { Lock, LockOptions } from '../../dialects/dialect.ts'
import type { Project } from '../../project/project.ts'
import { lockRun } from '../run-lock.ts'
import type { Session } from '../session.ts'
import type { ProgressEvent } from './events.ts'
import { interruptedWaiting } from './interruption.ts'
import type { Stop } from './stop.ts'

interface LockRequest {
  readonly project: Project
  readonly session: Session
  readonly progress: (event: ProgressEvent) => void
}

const tellEvery = 1000

/** Takes the lock. Who has it meanwhile is told once a second. */
export async function lockOfRun({ project, session, progress }: LockRequest, { signal }: Stop): Promise<Lock> {
  const startedAt = performance.now()
  let toldAt = startedAt
  const waiting: LockOptions['waiting'] = async (holder) => {
    if (performance.now() - toldAt < tellEvery) return
    toldAt = performance.now()
    const elapsedMs = Math.round(toldAt - startedAt)
    progress({ kind: 'waiting-for-lock', of: 'run', revision: null, elapsedMs, holder: await holder() })
  }
  return lockRun(project, session, { waiting, signal }).catch((error: unknown) => {
    throw signal.aborted ? interruptedWaiting() : error
  })
}
