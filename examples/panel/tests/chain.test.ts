// The Panel's revisions: all the way up, down and up again, on every engine, and nothing lost that need not be.

import { type Connection, check, connect, downgrade, history, introspect, upgrade } from 'aludel'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FreshDatabase, onEveryEngine } from '../../../packages/aludel/tests/engines/index.ts'
import { configFile } from '../src/settings.ts'

onEveryEngine((engine) => {
  let place: FreshDatabase
  let db: Connection
  beforeEach(async () => {
    place = await engine.freshDatabase()
    db = await connect(place.url)
  })
  afterEach(async () => {
    await db.close()
    await place.drop()
  })

  const up = (target = 'head') => upgrade(configFile, { url: place.url, target })
  const down = (target: string) => downgrade(configFile, { url: place.url, target })
  const differences = async () => (await check(configFile, { url: place.url })).text
  const userTable = engine.name === 'mysql' ? '`user`' : '"user"'
  const users = async (column: string) =>
    (await db.query(`SELECT email, ${column} AS value FROM ${userTable} ORDER BY email`)).rows

  async function addUsers(): Promise<void> {
    await db.script(
      `INSERT INTO ${userTable} (email, first_name, last_name, password_hash, is_active) VALUES
       ('ada@example.org', 'Ada', 'L', 'x', ${engine.name === 'postgres' ? 'true' : '1'}),
       ('bob@example.org', 'Bob', 'M', 'x', ${engine.name === 'postgres' ? 'false' : '0'})`,
    )
  }

  test('the models are what the chain makes', async () => {
    await up()
    expect(await differences()).toEqual([])
  })

  test('down to nothing and up again is the same as up', async () => {
    await up()
    await down('base')
    const tables = (await introspect(db)).tables.map((table) => table.name)
    expect(tables.filter((name) => !['alembic_version', 'aludel_history'].includes(name))).toEqual([])
    await up()
    expect(await differences()).toEqual([])
  })

  test('every step can be taken back and taken again', async () => {
    const { revisions } = await history(configFile, { url: place.url })
    for (const { id, marks } of [...revisions].reverse()) {
      await up(id)
      // A merge has two revisions below it, and the first none.
      if (marks.includes('mergepoint')) continue
      await down(marks.includes('base') ? 'base' : `${id}-1`)
      await up(id)
    }
    await up()
    expect(await differences()).toEqual([])
  })

  test('the status comes from is_active, for users who were there before', async () => {
    await up('d5b8e1943f06')
    await addUsers()
    await up('3f2a9c1b7d04')
    expect(await users('status')).toEqual([
      { email: 'ada@example.org', value: 'active' },
      { email: 'bob@example.org', value: 'suspended' },
    ])
    await expect(db.query(`UPDATE ${userTable} SET status = NULL`)).rejects.toThrow()
  })

  test('users and servers stay through the whole way down to their tables and up again', async () => {
    await up('2b6e84f1c7a0')
    await addUsers()
    await db.query(
      `INSERT INTO server (name, host, port, owner_id) SELECT 'first', 'et.example.org', 27960, id FROM ${userTable} WHERE first_name = 'Ada'`,
    )
    await up()
    await down('2b6e84f1c7a0')
    await up()
    expect((await users('is_active')).map((row) => row.value)).toEqual([true, false])
    const { rows } = await db.query('SELECT name, port, game_type, description FROM server')
    expect(rows).toEqual([{ name: 'first', port: 27960, game_type: 'etlegacy', description: null }])
    expect(await differences()).toEqual([])
  })

  test('who has no password gets one that nobody knows on the way down', async () => {
    await up('91e3a7b6c0d5')
    await addUsers()
    await db.query(
      `UPDATE ${userTable} SET password_hash = NULL, oauth_provider = 'github', oauth_id = '1' WHERE first_name = 'Ada'`,
    )
    await down('c4d97e05b2f8')
    expect((await users('password_hash')).map((row) => row.value)).toEqual(['!', 'x'])
  })

  test('the forum is a branch that can be had alone', async () => {
    await up('forum@6c4e20f8b7a1')
    const { rows } = await db.query('SELECT name FROM forum_category ORDER BY position')
    expect(rows).toEqual([{ name: 'News' }, { name: 'General' }])
    await expect(db.query('SELECT * FROM audit_log')).rejects.toThrow()
    await up()
    expect(await differences()).toEqual([])
  })
})
