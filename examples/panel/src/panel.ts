// The Panel put together: database, settings and web application, with one way to close it all.

import { join } from 'node:path'
import { type Health, health } from 'aludel/health'
import { kyselyOn } from 'aludel/kysely'
import { createPool } from './database/pool.ts'
import type { Db } from './database/queries.ts'
import type { Database } from './models.ts'
import { home, type Settings } from './settings.ts'
import { createApp } from './web/app.ts'

export interface OpenDatabase {
  readonly db: Db
  close(): Promise<void>
}

export interface Panel extends OpenDatabase {
  readonly app: ReturnType<typeof createApp>
  health(): Promise<Health>
}

const migrations = join(home, 'migrations')
const healthTimeout = 2500

export function openDatabase(url: string): OpenDatabase {
  const pool = createPool(url, { cwd: home })
  return { db: kyselyOn<Database>(pool), close: pool.close }
}

export function openPanel(settings: Settings, log: (text: string) => void): Panel {
  const { databaseUrl } = settings
  const { db, close } = openDatabase(databaseUrl)
  const ask = sharedWhileRunning(() => health({ migrations }, { cwd: home, url: databaseUrl, timeout: healthTimeout }))
  return { app: createApp({ db, settings, health: ask, log }), db, health: ask, close }
}

/** Who asks while an answer is on its way gets the same: many questions at once open one connection. */
function sharedWhileRunning<T>(ask: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null
  return () => {
    running ??= ask().finally(() => {
      running = null
    })
    return running
  }
}
