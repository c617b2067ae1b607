// PostgreSQL connections: what the server, the network and a pooler do to them, and how that is told.

import type { AddressInfo } from 'node:net'
import { connect as connectSocket, createServer, type Server, type Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { engine } from '../../src/dialects/postgres/engine.ts'
import type { AludelError } from '../../src/errors.ts'
import { postgres, rowsOf, withPostgres } from './postgres.ts'

const options = { directory: '/', lockTimeout: 1000, mustExist: true, resolveFrom: [] }

async function refusal(url: string): Promise<AludelError> {
  const answer = await engine.connect({ ...options, url }).catch((error) => error)
  if (!(answer instanceof Error)) throw new Error('The connection came about.')
  return answer as AludelError
}

/** A pooler in little: it hands every byte on, but gives clients a session number of its own, as poolers do. */
async function startPooler(target: URL): Promise<Server> {
  const pooler = createServer((client) => {
    const server = connectSocket(Number(target.port), target.hostname)
    const drop = (socket: Socket) => () => socket.destroy()
    server.on('data', (bytes: Buffer) => {
      // BackendKeyData: 'K', the length 12, the number, the secret.
      const at = bytes.indexOf(Buffer.from([0x4b, 0, 0, 0, 12]))
      if (at !== -1) bytes.writeInt32BE(bytes.readInt32BE(at + 5) + 1, at + 5)
      client.write(bytes)
    })
    client.pipe(server)
    client.on('close', drop(server)).on('error', drop(server))
    server.on('close', drop(client)).on('error', drop(client))
  })
  await new Promise<void>((resolve) => pooler.listen(0, '127.0.0.1', resolve))
  return pooler
}

describe.skipIf(!postgres.available)('a PostgreSQL connection', () => {
  test('says who it is', async () => {
    await withPostgres(async (bench) => {
      expect(await rowsOf(bench, "SELECT current_setting('application_name')")).toEqual([['aludel']])
      expect(bench.db.server.product).toBe('PostgreSQL')
      expect(bench.db.server.version[0]).toBeGreaterThanOrEqual(14)
    })
  })

  test('leaves the search path and the time zone as they are', async () => {
    await withPostgres(async (bench) => {
      const settings = "SELECT name FROM pg_settings WHERE source = 'session' ORDER BY lower(name)"
      expect((await rowsOf(bench, settings)).flat()).toEqual([
        'bytea_output',
        'DateStyle',
        'extra_float_digits',
        'IntervalStyle',
        'standard_conforming_strings',
      ])
    })
  })

  test('reads moments that are odd', async () => {
    await withPostgres(async ({ db }) => {
      const { rows } = await db.query(`SELECT timestamptz '2024-07-01 12:00:00.123456+05:30' AS half,
        timestamp '0044-03-15 12:00:00 BC' AS old, timestamp '0001-01-01' AS first, timestamp 'infinity' AS never, NULL::timestamp AS none`)
      expect(rows).toEqual([
        {
          half: new Date('2024-07-01T06:30:00.123Z'),
          old: new Date('-000043-03-15T12:00:00Z'),
          first: new Date('0001-01-01T00:00:00Z'),
          never: 'infinity',
          none: null,
        },
      ])
    })
  })

  test('tells the bigints of a column from what is counted', async () => {
    await withPostgres(async ({ db }) => {
      await db.statements(['CREATE TABLE a (big bigint, small int)', 'INSERT INTO a VALUES (1, 2)'])
      const { rows } = await db.query(
        'SELECT big, count(*) AS n, sum(small) AS total, 9007199254740993 AS huge FROM a GROUP BY big',
      )
      expect(rows).toEqual([{ big: 1n, n: 1, total: 2, huge: 9007199254740993n }])
      for await (const batch of db.stream('SELECT big, big + 0 AS sum FROM a', [], 10))
        expect(batch).toEqual([{ big: 1n, sum: 1 }])
    })
  })

  test('answers questions that are asked at once one after another, without a warning', async ({ onTestFinished }) => {
    const warnings: Error[] = []
    const listen = (warning: Error) => warnings.push(warning)
    process.on('warning', listen)
    onTestFinished(() => void process.off('warning', listen))
    await withPostgres(async ({ db }) => {
      const asked = [1, 2, 3, 4].map((value) => db.query<{ n: number }>(`SELECT ${value} AS n, pg_sleep(0.01)`))
      expect((await Promise.all(asked)).map(({ rows }) => rows[0]?.n)).toEqual([1, 2, 3, 4])
    })
    expect(warnings).toEqual([])
  })

  test('can be told to stop what it is doing, and works on', async () => {
    await withPostgres(async ({ db, dialect, connect }) => {
      const watch = await connect()
      const sleeping = db.query("SELECT pg_sleep(30), 'asleep'").catch((error) => error)
      const isAsleep = async () =>
        (await watch.query("SELECT FROM pg_stat_activity WHERE query LIKE '%''asleep''' AND wait_event = 'PgSleep'"))
          .rows.length > 0
      while (!(await isAsleep()));
      await db.cancel()
      expect(dialect.explain(await sleeping).code).toBe('57014')
      expect((await db.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    })
  })

  test('never says that it committed what the server rolled back', async () => {
    await withPostgres(async ({ db }) => {
      await db.statements(['CREATE TABLE a (id int)'])
      const work = async () => {
        await db.query('INSERT INTO a VALUES (1)')
        await db.query('SELECT nonsense').catch(() => undefined)
      }
      await expect(db.transaction(work)).rejects.toMatchObject({ code: 'transaction-aborted' })
      expect((await db.query('SELECT FROM a')).rows).toEqual([])
    })
  })

  test('stands outside every transaction after a list with its own BEGIN has failed', async () => {
    await withPostgres(async ({ db }) => {
      const list = ['BEGIN', 'CREATE TABLE a (id int)', 'SELECT 1/0', 'COMMIT']
      await expect(db.statements(list)).rejects.toMatchObject({ name: 'StatementFailure', position: 2 })
      await db.statements(['CREATE TABLE a (id int)'])
    })
  })

  test('counts the statements of texts that hold several', async () => {
    await withPostgres(async ({ db }) => {
      const list = ["SELECT ';'; SELECT 2;", '-- nothing;', 'SELECT 3; SELECT 1/0; SELECT 5', 'SELECT 6']
      await expect(db.statements(list)).rejects.toMatchObject({ position: 2 })
    })
  })

  test('refuses what the protocol would cut short', async () => {
    await withPostgres(async ({ db }) => {
      await expect(db.query('SELECT 1 \0; DROP TABLE a')).rejects.toMatchObject({ code: 'invalid-parameter' })
      await expect(db.statements(['SELECT 1', 'SELECT 2 \0'])).rejects.toMatchObject({ position: 1 })
    })
  })

  test('tells a lost server', async () => {
    await withPostgres(async ({ db, dialect, connect }) => {
      const other = await connect()
      const [[pid]] = (await rowsOf({ db: other }, 'SELECT pg_backend_pid()')) as [[number]]
      await db.query('SELECT pg_terminate_backend($1)', [pid])
      const lost = await other.query('SELECT 1').catch((error) => error)
      expect(dialect.explain(lost).kind).toBe('unreachable')
      expect(dialect.explain(await other.query('SELECT 1').catch((error) => error)).kind).toBe('unreachable')
    })
  })

  test('is not taken for a lock where a pooler stands in between', async ({ onTestFinished }) => {
    const { url, drop } = await postgres.freshDatabase()
    const pooler = await startPooler(new URL(url))
    onTestFinished(() => drop().then(() => void pooler.close()))
    const pooled = new URL(url)
    pooled.port = String((pooler.address() as AddressInfo).port)
    const db = await engine.connect({ ...options, url: pooled.href })
    const refused = await engine
      .dialectFor(db.server)
      .lock(db, { key: 'alembic_version', timeout: 0 })
      .catch((error) => error)
    await db.close()
    expect(refused).toMatchObject({ code: 'pooled-connection' })
    expect(refused.message).not.toContain('secret')
  })

  test('that waits for a lock says who holds it', async () => {
    await withPostgres(async ({ db, dialect, connect }) => {
      await dialect.lock(db, { key: 'k', timeout: 0, owner: { host: `h${'x'.repeat(80)}`, process: 4711 } })
      const refused = await dialect.lock(await connect(), { key: 'k', timeout: 0 }).catch((error) => error)
      const connection = expect.any(Number)
      const since = expect.stringMatching(/^\d{4}-.*Z$/)
      expect(refused).toMatchObject({
        code: 'lock-timeout',
        details: { holder: { connection, process: 4711, host: expect.stringMatching(/^hx{10,}$/), since } },
      })
      expect(refused.message).toMatch(/held by process 4711 on hx+ \(connection \d+, user .*\) since \d{4}-/)
    })
  })
})

describe.skipIf(!postgres.available)('a connection that does not come about is told', () => {
  const broken = async (change: Partial<URL>) => {
    const { url, drop } = await postgres.freshDatabase()
    const address = Object.assign(new URL(url), change)
    return refusal(address.href).finally(drop)
  }

  test.each([
    ['a wrong password', 'authentication', { password: 'wrong-secret' }],
    ['no password', 'authentication', { password: '' }],
    ['an unknown user', 'authentication', { username: 'nobody-here' }],
    ['an unknown database', 'unknown-database', { pathname: '/nowhere' }],
    ['a port where nobody listens', 'unreachable', { port: '1' }],
    ['a host that is not there', 'unreachable', { hostname: 'nowhere.invalid' }],
  ])('%s', async (_what, code, change) => {
    const error = await broken(change)
    expect(error.code).toBe(code)
    expect(error.hint).toBeTruthy()
    expect(`${error.message} ${error.hint} ${JSON.stringify(error.details)}`).not.toMatch(/secret/)
  })

  test.each([
    'postgresql://user:sec/ret@localhost/db',
    'postgresql://user:sec#ret@localhost/db',
    'postgresql://user:se cret@local host/db',
  ])('an address that is none: %s', async (url) => {
    const error = await refusal(url)
    expect(['invalid-url', 'unreachable']).toContain(error.code)
    expect(`${error.message} ${error.hint} ${JSON.stringify(error.details)} ${error.cause}`).not.toMatch(/ret|sec/)
  })
})
