// SQLite has no run lock: every step begins with BEGIN IMMEDIATE and reads the version rows again inside it.

import type { Connection } from '../../database/types.ts'
import { AludelError } from '../../errors.ts'
import type { Lock, LockHolder, LockOptions } from '../dialect.ts'
import { explain } from './explain.ts'

export async function lock(_db: Connection, _options: LockOptions): Promise<Lock> {
  return { release: async () => undefined, fence: null }
}

/** Whether somebody writes at this moment; the file does not say who. */
export async function lockHolder(db: Connection, _key: string): Promise<LockHolder | null> {
  try {
    await db.statements(['BEGIN IMMEDIATE', 'ROLLBACK'])
    return null
  } catch (error) {
    const cause = error instanceof Error && error.name === 'StatementFailure' ? error.cause : error
    if (explain(cause).kind !== 'lock-timeout') throw error
    return { connection: null, user: null, host: null, process: null, since: null }
  }
}

export async function endHolder(_db: Connection, _holder: LockHolder): Promise<void> {
  throw new AludelError('no-run-lock', 'SQLite has no lock of a run that could be taken away from another process.', {
    hint: 'A lock on the file ends with the process that writes: end that.',
  })
}

/** A file is one. */
export async function needsLease(): Promise<boolean> {
  return false
}
