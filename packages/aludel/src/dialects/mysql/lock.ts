// The lock of a run: GET_LOCK on the very session that runs the statements, so that it lives exactly as long as they do.

import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Connection } from '../../database/types.ts'
import type { Lock, LockHolder, LockOptions } from '../dialect.ts'
import { holderText, lockTimeout } from '../lock-timeout.ts'

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
    if (left <= 0) throw lockTimeout(await holderOf(db, name), timeout)
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
    fence: null,
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

interface Session {
  readonly id: unknown
  readonly user: string | null
  readonly host: string | null
}

export async function lockHolder(db: Connection, key: string): Promise<LockHolder | null> {
  return holderOf(db, await lockName(db, key))
}

/** Another user's connection is seen only with the privilege PROCESS; its process only where the server keeps that. */
async function holderOf(db: Connection, name: string): Promise<LockHolder | null> {
  const { rows } = await db.query<Session>(
    `SELECT holder.id AS id, p.user AS user, p.host AS host
     FROM (SELECT IS_USED_LOCK(?) AS id) holder
     LEFT JOIN information_schema.processlist p ON p.id = holder.id`,
    [name],
  )
  const [session] = rows
  if (session?.id == null) return null
  const connection = Number(session.id)
  const told = await attributesOf(db, connection)
  const process = Number(told.get('_pid') ?? Number.NaN)
  return {
    connection,
    user: session.user,
    host: told.get('aludel_host') ?? session.host?.replace(/:\d+$/, '') ?? null,
    process: Number.isInteger(process) ? process : null,
    since: null,
  }
}

/** What the client said of itself as it connected; servers without the performance schema keep none of it. */
async function attributesOf(db: Connection, connection: number): Promise<ReadonlyMap<string, string | null>> {
  try {
    const { rows } = await db.query<{ readonly name: string; readonly value: string | null }>(
      `SELECT attr_name AS name, attr_value AS value FROM performance_schema.session_connect_attrs
       WHERE processlist_id = ?`,
      [connection],
    )
    return new Map(rows.map(({ name, value }) => [name, value]))
  } catch {
    return new Map()
  }
}

export async function endHolder(db: Connection, { connection }: LockHolder): Promise<void> {
  await db.query(`KILL ${Number(connection)}`)
}

/** On a Galera cluster two nodes do not see each other's locks. */
export async function needsLease(db: Connection): Promise<boolean> {
  const { rows } = await db.query<{ readonly Value: string }>("SHOW VARIABLES LIKE 'wsrep_on'")
  return rows[0]?.Value === 'ON'
}
