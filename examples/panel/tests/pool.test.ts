// The pool: a transaction has its connection alone, dead connections are replaced, and nobody waits for ever.

import { connect } from 'aludel'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FreshDatabase, onEveryEngine } from '../../../packages/aludel/tests/engines/index.ts'
import { createPool, type Pool } from '../src/database/pool.ts'

onEveryEngine((engine) => {
  let place: FreshDatabase
  let pool: Pool
  beforeEach(async () => {
    place = await engine.freshDatabase()
    pool = createPool(place.url, { cwd: '/', size: 2, patience: 200 })
  })
  afterEach(async () => {
    await pool.close()
    await place.drop()
  })

  const healthy = { failed: false }

  test('a connection is lent to one at a time, and again when it is back', async () => {
    const first = await pool.borrow()
    pool.giveBack(first, healthy)
    expect(await pool.borrow()).toBe(first)
    pool.giveBack(first, healthy)
  })

  test('who waits gets the first that comes back', async () => {
    const lent = await Promise.all(Array.from({ length: engine.name === 'sqlite' ? 1 : 2 }, () => pool.borrow()))
    expect(new Set(lent).size).toBe(lent.length)
    const waiting = pool.borrow()
    for (const connection of lent) pool.giveBack(connection, healthy)
    const got = await waiting
    expect(lent).toContain(got)
    pool.giveBack(got, healthy)
  })

  test('who waits too long is told, and the others go on', async () => {
    const lent = await Promise.all(Array.from({ length: engine.name === 'sqlite' ? 1 : 2 }, () => pool.borrow()))
    await expect(pool.borrow()).rejects.toThrow('No database connection became free')
    for (const connection of lent) pool.giveBack(connection, healthy)
    const again = await pool.borrow()
    pool.giveBack(again, healthy)
  })

  test('closing waits for what is lent, and lends nothing more', async () => {
    const lent = await pool.borrow()
    let isClosed = false
    const closing = pool.close().then(() => {
      isClosed = true
    })
    await expect(pool.borrow()).rejects.toThrow('stopping')
    expect(isClosed).toBe(false)
    expect((await lent.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    pool.giveBack(lent, healthy)
    await closing
  })

  // SQLite has no server that could end a connection.
  test.skipIf(engine.name === 'sqlite')('a connection that the server ended is replaced', async () => {
    const doomed = await pool.borrow()
    const number = engine.name === 'postgres' ? 'pg_backend_pid()' : 'connection_id()'
    const { rows } = await doomed.query<{ id: number }>(`SELECT ${number} AS id`)
    const other = await connect(place.url)
    await other.query(
      engine.name === 'postgres' ? `SELECT pg_terminate_backend(${rows[0]?.id})` : `KILL ${rows[0]?.id}`,
    )
    await other.close()
    const failed = await doomed.query('SELECT 1').then(
      () => false,
      () => true,
    )
    expect(failed).toBe(true)
    pool.giveBack(doomed, { failed })
    const fresh = await pool.borrow()
    expect(fresh).not.toBe(doomed)
    expect((await fresh.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    pool.giveBack(fresh, healthy)
  })
})

test('a database that cannot be reached takes no place in the pool', async () => {
  const pool = createPool('sqlite:/nowhere/at/all/panel.db', { cwd: '/', patience: 100 })
  for (const _ of [1, 2, 3]) await expect(pool.borrow()).rejects.toMatchObject({ code: 'unreachable' })
  await pool.close()
})
