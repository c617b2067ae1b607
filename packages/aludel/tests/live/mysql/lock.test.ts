// The lock of a run on MariaDB: GET_LOCK on the session that runs the statements.

import { describe, expect, test } from 'vitest'
import type { AludelError } from '../../../src/errors.ts'
import { mariadb, rowsOf, withMariadb } from './mariadb.ts'

const key = 'alembic_version'

describe.skipIf(!mariadb.available)('the lock of a run on MariaDB', () => {
  test('waits as long as it is told, to the tenth of a second, and says who holds it', async () => {
    await withMariadb(async ({ db, dialect, connect }) => {
      const lock = await dialect.lock(db, { key, timeout: 0 })
      const other = await connect()
      const [[holder]] = (await rowsOf({ db }, 'SELECT CONNECTION_ID()')) as [[number]]
      for (const timeout of [0, 250, 1300]) {
        const start = performance.now()
        const refusal: AludelError = await dialect.lock(other, { key, timeout }).then(
          () => Promise.reject(new Error('The lock was had twice.')),
          (error) => error,
        )
        const waited = performance.now() - start
        expect(refusal).toMatchObject({
          code: 'lock-timeout',
          details: { holder: { connection: holder, user: 'aludel', host: expect.any(String) } },
          message: expect.stringContaining(`connection ${holder}, user aludel on `),
          hint: expect.stringContaining('aludel lock release'),
        })
        expect(waited).toBeGreaterThanOrEqual(timeout - 1)
        expect(waited).toBeLessThan(timeout + 1000)
      }
      await lock.release()
    })
  })

  test('is one for each database and key, whatever their length', async () => {
    await withMariadb((one) =>
      withMariadb(async (other) => {
        const long = 'x'.repeat(300)
        const locks = [
          await one.dialect.lock(one.db, { key: long, timeout: 0 }),
          await one.dialect.lock(await one.connect(), { key: `${long}y`, timeout: 0 }),
          await other.dialect.lock(other.db, { key: long, timeout: 0 }),
        ]
        for (const lock of locks) await lock.release()
      }),
    )
  })

  test('is given back once, and by its session’s end', async () => {
    await withMariadb(async ({ db, dialect, connect }) => {
      const first = await dialect.lock(db, { key, timeout: 0 })
      await first.release()
      const other = await connect()
      await dialect.lock(other, { key, timeout: 0 })
      await first.release()
      const refused = await dialect.lock(db, { key, timeout: 0 }).catch((error: AludelError) => error.code)
      expect(refused).toBe('lock-timeout')
      await other.close()
      await (await dialect.lock(db, { key, timeout: 5000 })).release()
    })
  })
})
