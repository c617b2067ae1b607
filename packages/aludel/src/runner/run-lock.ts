// The lock of a run: the session's own where that guards the database, else a lease in a row of it.

import { hostname } from 'node:os'
import type { Lock, LockOptions } from '../dialects/dialect.ts'
import type { Project } from '../project/project.ts'
import { lockKey } from './own-tables.ts'
import type { Session } from './session.ts'

/**
 * Waits at most the project's lock timeout for the lock of the database and its version table.
 *
 * @throws AludelError `lock-timeout`, with who holds it; `pooled-connection`
 */
export async function lockRun(
  project: Project,
  session: Session,
  patience: Pick<LockOptions, 'waiting' | 'signal'> = {},
): Promise<Lock> {
  const { db, dialect } = session
  if (project.configuration.lock === 'lease' || (await dialect.needsLease(db))) {
    const { leaseRun } = await import('./lease.ts')
    return leaseRun(project, session, patience)
  }
  return dialect.lock(db, {
    key: lockKey(project),
    timeout: project.lockTimeout,
    ...patience,
    owner: { host: hostname(), process: process.pid },
  })
}
