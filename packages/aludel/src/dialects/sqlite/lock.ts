// SQLite has no run lock: every step begins with BEGIN IMMEDIATE and reads the version rows again inside it.

import type { Connection } from '../../database/types.ts'
import type { Lock, LockOptions } from '../dialect.ts'

export async function lock(_db: Connection, _options: LockOptions): Promise<Lock> {
  return { release: async () => undefined }
}
