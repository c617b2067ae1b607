// Databases for a moment: SQLite makes them in memory, whatever address was given.

import type { ScratchOptions, ScratchServer } from '../dialect.ts'
import { loadTexts } from '../load-texts.ts'
import { connect } from './connect.ts'
import { explain } from './explain.ts'
import { split } from './split.ts'

export async function scratch({ directory, lockTimeout, resolveFrom, signal }: ScratchOptions): Promise<ScratchServer> {
  const open = () => connect({ url: 'sqlite::memory:', directory, lockTimeout, mustExist: false, resolveFrom })
  const first = await open()
  await first.close()
  return {
    server: first.server,
    separate: true,
    open: async (texts) => {
      const db = await open()
      try {
        await loadTexts(db, texts, { split, explain, signal, send: (sql) => db.script(sql) })
        // A dump switches them off for itself.
        await db.script('PRAGMA foreign_keys = ON')
        return db
      } catch (error) {
        await db.close()
        throw error
      }
    },
    close: async () => {},
  }
}
