// What a step of several transactions holds: the lock of a file beside the database, which the system gives back when its holder dies.

import { setTimeout as delay } from 'node:timers/promises'
import type { Connection } from '../../database/types.ts'
import { AludelError } from '../../errors.ts'
import type { Lock, LockOptions } from '../dialect.ts'
import { openDriver } from './driver.ts'
import { explain } from './explain.ts'

const firstPause = 5
const longestPause = 100
const growth = 1.5

/**
 * Waits at most `timeout` milliseconds. The application reads and writes meanwhile: only another such step waits.
 * The file stays, empty: whoever removed it could not tell whether somebody holds it by now.
 */
export async function lockStep(db: Connection, { timeout }: Pick<LockOptions, 'timeout'>): Promise<Lock> {
  const { rows } = await db.query<{ name: string; file: string | null }>('PRAGMA database_list')
  const file = rows.find(({ name }) => name === 'main')?.file ?? ''
  // Nobody else sees a database in memory.
  if (file === '') return { release: async () => undefined, fence: null }
  const driver = openDriver(`${file}-aludel`, [])
  try {
    driver.exec('PRAGMA busy_timeout = 0')
    const deadline = performance.now() + timeout
    for (let pause = firstPause; !isTaken(() => driver.exec('BEGIN EXCLUSIVE')); pause *= growth) {
      const left = deadline - performance.now()
      if (left <= 0) throw held(file, timeout)
      await delay(Math.min(pause, longestPause, left))
    }
  } catch (error) {
    driver.close()
    throw error
  }
  return {
    release: async () => {
      driver.exec('ROLLBACK')
      driver.close()
    },
    fence: null,
  }
}

function isTaken(take: () => void): boolean {
  try {
    take()
    return true
  } catch (error) {
    if (explain(error).kind === 'lock-timeout') return false
    throw error
  }
}

function held(file: string, timeout: number): AludelError {
  return new AludelError(
    'lock-timeout',
    `Another run is at work on ${file} outside a transaction, and did not end within ${timeout} ms.`,
    { hint: 'Wait for it to end, or wait longer with a higher lockTimeout.' },
  )
}
