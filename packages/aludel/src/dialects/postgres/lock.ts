// The lock of a run: an advisory lock on the very session that runs the statements, outside any transaction.

import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Connection } from '../../database/types.ts'
import { AludelError } from '../../errors.ts'
import type { Lock, LockHolder, LockOptions, LockOwner } from '../dialect.ts'
import { holderText, lockTimeout } from '../lock-timeout.ts'
import { sessionOf } from './connection/session.ts'
import { explain } from './explain.ts'

const firstPause = 25
const longestPause = 1000
const growth = 1.5

/**
 * Tries again and again: a session that waits in `pg_advisory_lock` holds a snapshot, and CREATE INDEX CONCURRENTLY of
 * the session that has the lock would wait for it, a deadlock.
 */
export async function lock(db: Connection, { key, timeout, owner, waiting, signal }: LockOptions): Promise<Lock> {
  await refusePooler(db)
  await endSoonWithClient(db)
  const number = await lockNumber(db, key)
  const deadline = Date.now() + timeout
  const name = owner === undefined ? null : sessionName(owner)
  for (let pause = firstPause; !(await isTaken(db, number, name)); pause = Math.min(pause * growth, longestPause)) {
    const left = deadline - Date.now()
    if (left <= 0) throw await held(db, number, timeout)
    await waiting?.(async () => holderText(await holderOf(db, number)))
    await delay(Math.min(pause, left), undefined, { signal })
  }
  return { release: () => release(db, number), fence: null }
}

/** With the lock the session gets the name by which others know who holds it. */
async function isTaken(db: Connection, number: bigint, name: string | null): Promise<boolean> {
  const { rows } = await db.query<{ taken: boolean }>(
    `SELECT taken, CASE WHEN taken AND $2::text IS NOT NULL THEN set_config('application_name', $2, false) END AS name
    FROM (SELECT pg_try_advisory_lock($1) AS taken) lock`,
    [number, name],
  )
  return rows[0]?.taken === true
}

const longestName = 63

/** `aludel 4711@build-7 2026-11-23T10:00:00Z`: the server shows the name of a session to everybody. */
function sessionName({ host, process }: LockOwner): string {
  const [start, end] = [`aludel ${process}@`, ` ${new Date().toISOString().slice(0, 19)}Z`]
  return `${start}${host.replace(/[^\x21-\x7e]/g, '?').slice(0, longestName - start.length - end.length)}${end}`
}

/** Advisory locks are numbers; the key's is drawn from its hash, so that two version tables do not wait for each other. */
async function lockNumber(db: Connection, key: string): Promise<bigint> {
  const { rows } = await db.query<{ name: string; namespace: string | null }>(
    'SELECT current_database() AS name, current_schema() AS namespace',
  )
  const { name, namespace } = rows[0] ?? {}
  const digest = createHash('sha256')
    .update(`aludel\0${name}\0${namespace ?? ''}\0${key}`)
    .digest()
  return digest.readBigInt64BE(0)
}

// A pooler answers with a number of its own, and gives each transaction whichever session is free: a lock would be
// taken on one session and the statements run on another.
async function refusePooler(db: Connection): Promise<void> {
  const given = sessionOf(db)?.processId ?? null
  if (given === null) return
  const { rows } = await db.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  if (rows[0]?.pid === given) return
  throw new AludelError(
    'pooled-connection',
    `Between here and the server stands a connection pooler (${db.address}), and through one no lock can be held.`,
    {
      hint: "Give migrations the server's own address, as a rule port 5432, and leave the pooler to the application.",
    },
  )
}

/** Lets the server notice within half a second that its client was killed, so that the lock does not outlive it for long. */
async function endSoonWithClient(db: Connection): Promise<void> {
  try {
    await db.query("SELECT set_config('client_connection_check_interval', '500ms', false)")
  } catch (error) {
    // Some operating systems cannot watch a connection; then the server notices at the end of the statement.
    if (!['22023', '55P02'].includes(explain(error).code)) throw error
  }
}

async function release(db: Connection, number: bigint): Promise<void> {
  try {
    const { rows } = await db.query<{ released: boolean }>('SELECT pg_advisory_unlock($1) AS released', [number])
    if (rows[0]?.released === true) return
  } catch (error) {
    // The lock ends with its session.
    if (explain(error).kind === 'unreachable') return
    throw error
  }
  throw new AludelError('lock-lost', `The lock of this run was no longer there at its end (${db.address}).`, {
    hint: 'Another run may have worked at the same time: compare the history with what you expect.',
  })
}

interface Session {
  readonly pid: number
  readonly user: string | null
  readonly application: string | null
  readonly client: string | null
  readonly since: Date | null
}

export async function lockHolder(db: Connection, key: string): Promise<LockHolder | null> {
  return holderOf(db, await lockNumber(db, key))
}

/** Who has the lock. The server keeps a bigint's halves in two columns. */
async function holderOf(db: Connection, number: bigint): Promise<LockHolder | null> {
  const { rows } = await db.query<Session>(
    `SELECT l.pid, a.usename AS user, nullif(a.application_name, '') AS application, host(a.client_addr) AS client,
      a.backend_start AS since
    FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND l.classid::bigint = $1 AND l.objid::bigint = $2`,
    [BigInt.asUintN(64, number) >> 32n, BigInt.asUintN(32, number)],
  )
  const [session] = rows
  if (session === undefined) return null
  const [, process, host, since] = /^aludel (\d+)@(\S*) (\S+)$/.exec(session.application ?? '') ?? []
  return {
    connection: session.pid,
    user: session.user,
    host: host ?? session.client,
    process: process === undefined ? null : Number(process),
    since: since ?? session.since?.toISOString() ?? null,
  }
}

export async function endHolder(db: Connection, { connection }: LockHolder): Promise<void> {
  await db.query('SELECT pg_terminate_backend($1)', [connection])
}

/** A server writes alone. */
export async function needsLease(): Promise<boolean> {
  return false
}

async function held(db: Connection, number: bigint, timeout: number): Promise<AludelError> {
  return lockTimeout(await holderOf(db, number), timeout)
}
