// lock: who holds the lock of a run, and taking it away.

import type { LockHolder } from '../dialects/dialect.ts'
import { AludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import { type HeldLock, releaseRunLock, runLockHolder } from '../runner/held-lock.ts'
import { type Session, withSession } from '../runner/session.ts'
import { type LogEntry, readLog } from '../runner/told.ts'

export interface LockStatus {
  readonly database: string
  readonly held: boolean
  /** Null where nobody holds it. */
  readonly holder: LockHolder | null
  /** What the history says last, which may be of that run; null where nobody holds the lock. */
  readonly latest: LogEntry | null
}

export interface ReleaseLockOptions {
  /** Asked before a run is ended. */
  readonly confirm?: (status: LockStatus) => Promise<void>
}

/** Never waits. */
export function lockStatus(project: Project): Promise<LockStatus> {
  const patient = { ...project, lockTimeout: 0 }
  return withSession(patient, { mustExist: true }, async (session) => (await statusOf(patient, session)).status)
}

async function statusOf(
  project: Project,
  session: Session,
): Promise<{ readonly status: LockStatus; readonly lock: HeldLock | null }> {
  const lock = await runLockHolder(project, session)
  const [latest = null] = lock === null ? [] : await readLog(project, session, { revision: null, limit: 1 })
  const status = { database: session.db.address, held: lock !== null, holder: lock?.holder ?? null, latest }
  return { status, lock }
}

/** Ends the session that holds the lock, with what it is doing; done where nobody holds it. */
export function releaseLock(project: Project, { confirm }: ReleaseLockOptions = {}): Promise<LockStatus> {
  const patient = { ...project, lockTimeout: 0 }
  return withSession(patient, { mustExist: true }, async (session) => {
    const { status, lock } = await statusOf(patient, session)
    if (lock === null) return status
    await confirm?.(status)
    await releaseRunLock(patient, session, lock)
    const after = await statusOf(patient, session)
    if (!after.status.held) return after.status
    throw new AludelError('still-locked', 'The lock is still held.', {
      hint: '`aludel lock status` tells by whom.',
      details: { holder: after.status.holder },
    })
  })
}
