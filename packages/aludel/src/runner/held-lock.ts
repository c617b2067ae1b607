// The lock of a run that somebody else holds: who, and how it is taken away.

import { setTimeout as delay } from 'node:timers/promises'
import type { LockHolder } from '../dialects/dialect.ts'
import type { Project } from '../project/project.ts'
import { endLease, leaseHolder } from './lease.ts'
import { lockKey } from './own-tables.ts'
import type { Session } from './session.ts'

export interface HeldLock {
  readonly kind: 'session' | 'lease'
  readonly holder: LockHolder
}

export async function runLockHolder(project: Project, session: Session): Promise<HeldLock | null> {
  const holder = await session.dialect.lockHolder(session.db, lockKey(project))
  if (holder !== null) return { kind: 'session', holder }
  const leased = await leaseHolder(project, session)
  return leased === null ? null : { kind: 'lease', holder: leased }
}

const longest = 5000
const pause = 100

/** Ends the session, and waits until the server has let go; or takes the row away. */
export async function releaseRunLock(project: Project, session: Session, { kind, holder }: HeldLock): Promise<void> {
  if (kind === 'lease') return endLease(project, session)
  await session.dialect.endHolder(session.db, holder)
  for (const deadline = performance.now() + longest; performance.now() < deadline; ) {
    const now = await session.dialect.lockHolder(session.db, lockKey(project))
    if (now?.connection !== holder.connection) return
    await delay(pause)
  }
}
