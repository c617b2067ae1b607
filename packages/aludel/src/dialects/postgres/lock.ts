// The lock of a run: an advisory lock on the very session that runs the statements, outside any transaction.

import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Connection } from '../../database/types.ts'
import { AludelError } from '../../errors.ts'
import type { Lock, LockOptions } from '../dialect.ts'
import { sessionOf } from './connection/session.ts'
import { explain } from './explain.ts'

const firstPause = 25
const longestPause = 1000
const growth = 1.5

/**
 * Tries again and again: a session that waits in `pg_advisory_lock` holds a snapshot, and CREATE INDEX CONCURRENTLY of
 * the session that has the lock would wait for it, a deadlock.
 */
export async function lock(db: Connection, { key, timeout, waiting, signal }: LockOptions): Promise<Lock> {
  await refusePooler(db)
  await endSoonWithClient(db)
  const number = await lockNumber(db, key)
  const deadline = Date.now() + timeout
  for (let pause = firstPause; !(await isTaken(db, number)); pause = Math.min(pause * growth, longestPause)) {
    const left = deadline - Date.now()
    if (left <= 0) throw await held(db, number, timeout)
    await waiting?.(async () => holderText(await holders(db, number)))
    await delay(Math.min(pause, left), undefined, { signal })
  }
  return { release: () => release(db, number) }
}

async function isTaken(db: Connection, number: bigint): Promise<boolean> {
  const { rows } = await db.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [number])
  return rows[0]?.taken === true
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

interface Holder {
  readonly pid: number
  readonly application: string | null
  readonly client: string | null
  readonly since: Date | null
}

/** Who has the lock. The server keeps a bigint's halves in two columns. */
async function holders(db: Connection, number: bigint): Promise<readonly Holder[]> {
  const { rows } = await db.query<Holder>(
    `SELECT l.pid, nullif(a.application_name, '') AS application, host(a.client_addr) AS client, a.backend_start AS since
    FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND l.classid::bigint = $1 AND l.objid::bigint = $2`,
    [BigInt.asUintN(64, number) >> 32n, BigInt.asUintN(32, number)],
  )
  return rows
}

function holderText([holder]: readonly Holder[]): string | null {
  return holder === undefined ? null : describe(holder)
}

async function held(db: Connection, number: bigint, timeout: number): Promise<AludelError> {
  const rows = await holders(db, number)
  const [holder] = rows
  const who = holder === undefined ? 'It was given back just now' : `It is held by ${describe(holder)}`
  return new AludelError('lock-timeout', `Another run holds the lock, and did not end within ${timeout} ms. ${who}.`, {
    hint:
      holder === undefined
        ? 'Try again.'
        : `Wait for it to end, or wait longer with a higher lockTimeout. If it is stuck: SELECT pg_terminate_backend(${holder.pid})`,
    details: { holders: rows },
  })
}

function describe({ pid, application, client, since }: Holder): string {
  const facts = [
    ...(application === null ? [] : [`"${application}"`]),
    ...(client === null ? [] : [`from ${client}`]),
    ...(since === null ? [] : [`connected since ${since.toISOString()}`]),
  ]
  return facts.length === 0 ? `process ${pid}` : `process ${pid}, ${facts.join(', ')}`
}
