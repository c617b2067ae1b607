// A few connections for many requests: lent one at a time, looked at after a failure or a long rest, closed in the end.

import { type Connection, connect, dialectOf } from 'aludel'
import type { ConnectionSource } from 'aludel/kysely'
import { type Permits, permits } from './permits.ts'

export interface PoolOptions {
  /** The folder that the name of a SQLite file starts from. */
  readonly cwd: string
  /** How many connections at most. */
  readonly size?: number
  /** Milliseconds to wait for a free one before the request is refused. */
  readonly patience?: number
}

export interface Pool extends ConnectionSource {
  /** Lends nothing more, waits until everything is back, and closes it. */
  close(): Promise<void>
}

interface Resting {
  readonly connection: Connection
  readonly since: number
  /** Something sent over it was refused, perhaps because the server is gone. */
  readonly isSuspect: boolean
}

const longRest = 30_000
const answerTime = 3000
const lockTimeout = 5000

/** Connects when the first connection is wanted, so that a database that is down stops nobody from starting. */
export function createPool(url: string, { cwd, size = 8, patience = 10_000 }: PoolOptions): Pool {
  const dialect = dialectOf(url)
  // SQLite's driver waits inside one call: a second connection could only stop the first from going on.
  const lendable = permits(dialect === 'sqlite' ? 1 : size, patience)
  const resting: Resting[] = []

  const available = async (): Promise<Connection> => {
    for (let found = resting.pop(); found !== undefined; found = resting.pop()) {
      const isFresh = !found.isSuspect && Date.now() - found.since < longRest
      if (isFresh || (await answers(found.connection))) return found.connection
      abandon(found.connection)
    }
    return connect(url, { cwd, lockTimeout })
  }

  return {
    dialect,
    borrow: () => withPermit(lendable, available),
    giveBack: (connection, { failed }) => {
      resting.push({ connection, since: Date.now(), isSuspect: failed })
      lendable.release()
    },
    close: async () => {
      await lendable.close()
      await Promise.allSettled(resting.splice(0).map(({ connection }) => connection.close()))
    },
  }
}

async function withPermit(lendable: Permits, work: () => Promise<Connection>): Promise<Connection> {
  await lendable.acquire()
  try {
    return await work()
  } catch (error) {
    lendable.release()
    throw error
  }
}

/** Whether the other side still answers, in time. */
async function answers(connection: Connection): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), answerTime)
  })
  const answer = connection.query('SELECT 1').then(
    () => true,
    () => false,
  )
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer))
}

// Nobody waits for a connection that may never answer.
function abandon(connection: Connection): void {
  connection.close().catch(() => undefined)
}
