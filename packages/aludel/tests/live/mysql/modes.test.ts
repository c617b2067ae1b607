// The server's modes change what a text means. They are the whole server's, so this one is started for these tests alone.

import mysql from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/database/types.ts'
import { engine } from '../../../src/dialects/mysql/engine.ts'
import { integer, string } from '../../../src/schema/column.ts'
import { emptySchema } from '../../../src/schema/model.ts'
import { sql } from '../../../src/schema/sql.ts'
import { startMariadb } from '../../engines/mariadb.ts'
import type { Server } from '../../engines/server.ts'
import { mariadb, ops, rowsOf } from './mariadb.ts'

const awkward = "a'b\\c\\'; -- \" \n\0\u001a😀"

describe.skipIf(!mariadb.available)('on a server of another mode', () => {
  let server: Server
  beforeAll(async () => {
    server = await startMariadb()
  })
  afterAll(() => server?.stop())

  async function withMode<T>(mode: string, work: (db: Connection) => Promise<T>): Promise<T> {
    const keeper = await mysql.createConnection(server.url)
    const url = new URL(server.url)
    url.pathname = '/modes'
    try {
      await keeper.query(`SET GLOBAL sql_mode = ${mode}`)
      await keeper.query('CREATE OR REPLACE DATABASE modes CHARACTER SET utf8mb4')
      const connecting = {
        url: url.href,
        directory: '/',
        lockTimeout: 0,
        mustExist: true,
        resolveFrom: [process.cwd()],
      }
      const db = await engine.connect(connecting)
      return await work(db).finally(() => db.close())
    } finally {
      await keeper.end()
    }
  }

  test('a session speaks UTF-8, lives in UTC and refuses what does not fit, and keeps the other modes', async () => {
    const settings = 'SELECT @@character_set_client, @@time_zone, @@autocommit, @@sql_mode'
    const found = (mode: string) => withMode(mode, (db) => rowsOf({ db }, settings))
    const [[, , , usual] = []] = await found('DEFAULT')
    expect(usual).toBe('STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION')
    expect(await found("''")).toEqual([['utf8mb4', '+00:00', 1, 'STRICT_TRANS_TABLES']])
    expect(await found("'ANSI_QUOTES'")).toEqual([['utf8mb4', '+00:00', 1, 'ANSI_QUOTES,STRICT_TRANS_TABLES']])
    expect(await found("'STRICT_ALL_TABLES'")).toEqual([['utf8mb4', '+00:00', 1, 'STRICT_ALL_TABLES']])
  })

  test.each(['DEFAULT', "'NO_BACKSLASH_ESCAPES'", "'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'"])(
    'a value is the same value in parameters, literals, scripts and definitions: %s',
    async (mode) => {
      await withMode(mode, async (db) => {
        const dialect = engine.dialectFor(db.server)
        const made = ops({ dialect }, (op) => {
          op.createTable('t', {
            a: string(40).default(awkward),
            b: string(40).generated(sql`concat(a, ${"'\\'"})`),
            n: integer(),
          })
          op.createCheckConstraint('ck', 't', sql`a <> ${"x\\'y"}`)
        })
        for (const { sql: text } of dialect.render(made, emptySchema)) await db.query(text)
        await db.query('INSERT INTO t (a, n) VALUES (?, 1)', [awkward])
        await db.query(`INSERT INTO t (a, n) VALUES (${dialect.literal(awkward)}, 2)`)
        await db.query('INSERT INTO t (n) VALUES (3)')
        await db.query('FLUSH TABLES')
        const row = (n: number) => ({ a: awkward, b: `${awkward}'\\'`, n })
        expect((await db.query('SELECT * FROM t')).rows).toEqual([row(1), row(2), row(3)])
        await expect(db.query('INSERT INTO t (a) VALUES (?)', ["x\\'y"])).rejects.toThrow('ck')
        const { tables } = await dialect.introspect(db, 'all')
        expect(tables[0]?.columns[0]?.default).toEqual({ kind: 'value', value: awkward })
        await db.script("UPDATE t SET a = '\\\\' WHERE n = 1; UPDATE t SET a = ';' WHERE n = 2")
        const slashes = mode === 'DEFAULT' ? '\\' : '\\\\'
        expect(await rowsOf({ db }, 'SELECT a FROM t ORDER BY n LIMIT 2')).toEqual([[slashes], [';']])
      })
    },
  )
})
