// The lock of a run: GET_LOCK on the very session that runs the statements, so that it lives exactly as long as they do.

import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Connection } from '../../database/types.ts'
import { AludelError } from '../../errors.ts'
import type { Lock, LockOptions } from '../dialect.ts'

/** The server counts in whole seconds on MySQL; what is left below one is waited for here. */
const sliceSeconds = 1
const pollMilliseconds = 50

/**
 * Waits at most `timeout` milliseconds for the lock of a database and a key.
 * The lock is one server's: on a Galera cluster two nodes do not see each other's.
 */
export async function lock(db: Connection, { key, timeout, waiting, signal }: LockOptions): Promise<Lock> {
  const name = await lockName(db, key)
  const deadline = performance.now() + timeout
  while (!(await tryLock(db, name, 0))) {
    const left = deadline - performance.now()
    if (left <= 0) throw await lockTimeout(db, name, timeout)
    signal?.throwIfAborted()
    await waiting?.(async () => holderText(await holderOf(db, name)))
    if (left < sliceSeconds * 1000) await delay(Math.min(pollMilliseconds, left))
    else if (await tryLock(db, name, sliceSeconds)) break
  }
  let held = true
  return {
    async release() {
      if (!held) return
      held = false
      await db.query('SELECT RELEASE_LOCK(?)', [name])
    },
  }
}

/** Names of locks belong to the whole server and have 64 characters, so database and key are hashed into them. */
async function lockName(db: Connection, key: string): Promise<string> {
  const { rows } = await db.query<{ name: string | null }>('SELECT DATABASE() AS name')
  const digest = createHash('sha256')
    .update(`${rows[0]?.name ?? ''}\0${key}`)
    .digest('hex')
  return `aludel:${digest.slice(0, 40)}`
}

async function tryLock(db: Connection, name: string, seconds: number): Promise<boolean> {
  const { rows } = await db.query<{ got: unknown }>('SELECT GET_LOCK(?, ?) AS got', [name, seconds])
  return Number(rows[0]?.got) === 1
}

interface Holder {
  readonly id: unknown
  readonly user: string | null
  readonly host: string | null
  readonly time: unknown
}

async function holderOf(db: Connection, name: string): Promise<Holder | undefined> {
  const { rows } = await db.query<Holder>(
    `SELECT holder.id AS id, p.user AS user, p.host AS host, p.time AS time
     FROM (SELECT IS_USED_LOCK(?) AS id) holder
     LEFT JOIN information_schema.processlist p ON p.id = holder.id`,
    [name],
  )
  return rows[0]
}

function holderText(holder: Holder | undefined): string | null {
  return holder?.id == null ? null : `connection ${Number(holder.id)}${placeOf(holder)}`
}

async function lockTimeout(db: Connection, name: string, timeout: number): Promise<AludelError> {
  const holder = await holderOf(db, name)
  const id = holder?.id == null ? null : Number(holder.id)
  const who = holderText(holder) ?? 'a run that has just ended'
  return new AludelError(
    'lock-timeout',
    `Another run holds the lock of this database; ${timeout} ms were not enough. It is held by ${who}.`,
    {
      hint:
        id === null
          ? 'Try again.'
          : `Wait for it to end, raise the lock timeout, or, where it hangs, end it on the server: KILL ${id}.`,
      details: { connection: id, user: holder?.user ?? null, host: holder?.host ?? null, timeout },
    },
  )
}

// Another user's connection is seen only with the privilege PROCESS.
function placeOf(holder: Holder | undefined): string {
  if (holder?.user == null) return ''
  return ` (${holder.user} from ${holder.host ?? 'somewhere'}, in its present state for ${Number(holder.time)} s)`
}
