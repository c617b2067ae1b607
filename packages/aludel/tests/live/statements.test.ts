// What statements may take, what is tried again, and who is in the way: one suite for the engines that have locks.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Connection } from '../../src/database/types.ts'
import { AludelError, type Configuration, connect, upgrade } from '../../src/index.ts'
import type { ProgressEvent } from '../../src/runner/statements/events.ts'
import { onEveryEngine } from '../engines/index.ts'
import { type LiveProject, liveProject } from './project.ts'

type Of<Kind extends ProgressEvent['kind']> = Extract<ProgressEvent, { readonly kind: Kind }>

async function refusal(work: Promise<unknown>): Promise<AludelError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(AludelError)
  return error as AludelError
}

const table = (name: string) => `op.createTable('${name}', { id: integer().primaryKey(), n: integer() })`

onEveryEngine((engine) => {
  const isPostgres = engine.name === 'postgres'
  const quoted = (name: string) => (isPostgres ? `"${name}"` : `\`${name}\``)
  // MariaDB counts in whole seconds.
  const short = isPostgres ? 150 : 1000
  let project: LiveProject
  let events: ProgressEvent[]
  const others: Connection[] = []
  beforeEach(async () => {
    project = await liveProject(engine)
    events = []
  })
  afterEach(async () => {
    for (const db of others.splice(0)) await db.close()
    await project.end()
  })
  const other = async () => {
    const db = await connect(project.where.url, { cwd: project.folder })
    others.push(db)
    return db
  }
  const configured = (statements: Configuration['statements']): Configuration => ({ statements: statements ?? {} })
  const go = (config: Configuration = configured({ lockTimeout: short }), told?: (event: ProgressEvent) => unknown) =>
    upgrade(config, {
      ...project.where,
      target: 'heads',
      random: () => 1,
      progress: (event) => {
        events.push(event)
        void told?.(event)
      },
    })
  const seen = <Kind extends ProgressEvent['kind']>(kind: Kind) =>
    events.filter((event): event is Of<Kind> => event.kind === kind)
  /** Somebody who has read the table, and has not ended his transaction. */
  const reader = async (name: string) => {
    const db = await other()
    await db.query('BEGIN')
    await db.query(`SELECT 'a secret' FROM ${quoted(name)}`)
    return db
  }

  test.runIf(engine.name === 'sqlite')(
    'where the file is the lock, waiting for it is the limit, and nothing is tried again',
    async () => {
      project.revision('a1', { upgrade: table('t') })
      const holder = await other()
      await holder.statements(['BEGIN IMMEDIATE'])
      const error = await refusal(go({ lockTimeout: 100, statements: { attempts: 3 } }))
      expect(error.code).toBe('lock-timeout')
      expect(events.map(({ kind }) => kind)).not.toContain('retrying')
    },
  )

  describe.skipIf(engine.name === 'sqlite')('limits', () => {
    test('of the kinds are there while their statements run', async () => {
      const ask = isPostgres
        ? "current_setting('lock_timeout') AS waits, current_setting('statement_timeout') AS lasts"
        : '@@innodb_lock_wait_timeout AS waits, @@max_statement_time AS lasts, @@lock_wait_timeout AS tables_wait'
      project.revision('a1', { upgrade: `op.execute("CREATE TABLE ddl_seen AS SELECT ${ask}")` })
      project.revision('b1', { down: 'a1', upgrade: `op.execute("INSERT INTO ddl_seen SELECT ${ask}")` })
      project.revision('c1', {
        down: 'b1',
        upgrade: `op.execute("CREATE TABLE x (id int)"); op.execute("INSERT INTO ddl_seen SELECT ${ask}")`,
      })
      await go({ statementTimeout: 60_000, statements: { lockTimeout: 3000, timeouts: { data: 90_000 } } })
      const { rows } = await project.on((db) => db.query<Record<string, unknown>>('SELECT * FROM ddl_seen'))
      const values = rows.map((row) => Object.values(row).map((value) => (isPostgres ? value : Number(value))))
      expect(values).toEqual(
        isPostgres
          ? [
              ['3s', '1min'],
              ['0', '90s'],
              // What the transaction holds by now must not wait for somebody else's lock.
              ['3s', '90s'],
            ]
          : [
              [3, 60, 3],
              [50, 90, 3],
              [50, 90, 3],
            ],
      )
    })

    test('of nobody are the settings that the session has, but for locks', async () => {
      const ask = isPostgres ? "current_setting('lock_timeout')" : '@@lock_wait_timeout'
      project.revision('a1', { upgrade: `op.execute("CREATE TABLE seen AS SELECT ${ask} AS waits")` })
      await go({})
      const { rows } = await project.on((db) => db.query<{ readonly waits: unknown }>('SELECT waits FROM seen'))
      expect(String(rows[0]?.waits)).toBe(isPostgres ? '5s' : '5')
    })

    test.runIf(isPostgres)('are none while an index is built beside others', async () => {
      project.revision('a1', {
        upgrade: `${table('t')}
  op.execute(\`CREATE FUNCTION told(n int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'waits % and lasts %', current_setting('lock_timeout'), current_setting('statement_timeout'); END $$\`)
  op.bulkInsert('t', [{ id: 1, n: 1 }])`,
      })
      project.revision('b1', {
        down: 'a1',
        upgrade: `op.createIndex('ix', 't', [sql\`told(n)\`], { postgres: { concurrently: true } })`,
      })
      const error = await refusal(go({ statements: { lockTimeout: 3000 } }))
      expect(error.message).toContain('waits 0 and lasts 0')
    })

    test("leave a caller's connection as it was", async () => {
      const db = await other()
      const names = isPostgres
        ? ['lock_timeout', 'statement_timeout']
        : ['lock_wait_timeout', 'innodb_lock_wait_timeout', 'max_statement_time']
      await db.statements(names.map((name) => `SET ${name} = 77`))
      project.revision('a1', { upgrade: `${table('t')}\n  op.bulkInsert('t', [{ id: 1, n: 1 }])` })
      await upgrade(
        { connect: () => db, statements: { timeouts: { ddl: 5000, data: 6000 } } },
        { cwd: project.folder, target: 'head' },
      )
      for (const name of names) {
        const { rows } = await db.query<Record<string, unknown>>(isPostgres ? `SHOW ${name}` : `SELECT @@${name}`)
        expect(Object.values(rows[0] ?? {}).map(String)[0]).toMatch(/^77(?:ms|\.0+)?$/)
      }
      await project.on(async (fresh) => expect((await fresh.query('SELECT id FROM t')).rows).toHaveLength(1))
    })

    test.runIf(isPostgres)('cost no round trip for a revision whose statements differ', async () => {
      const db = await other()
      const texts: string[] = []
      const watched = new Proxy(db, {
        get: (target, key) =>
          key === 'statements'
            ? (list: readonly string[]) => {
                texts.push(list.join(';\n'))
                return target.statements(list)
              }
            : Reflect.get(target, key),
      })
      project.revision('a1', {
        upgrade: `op.execute("SELECT 1")\n  ${table('t')}\n  op.bulkInsert('t', [{ id: 1, n: 1 }])`,
      })
      await upgrade({ connect: () => watched }, { cwd: project.folder, target: 'head' })
      const step = texts.filter((text) => text.includes('CREATE TABLE "t"'))
      expect(step).toHaveLength(1)
      expect(step[0]).toMatch(
        /BEGIN;\nSET LOCAL lock_timeout = 0;\nSELECT 1;\nSET LOCAL lock_timeout = 5000;\nCREATE TABLE "t"/,
      )
    })
  })

  describe.skipIf(engine.name === 'sqlite')('what a lock refuses', () => {
    const change = { upgrade: `op.addColumn('t', 'm', integer())` }

    test('is tried again until the lock is to be had, and who has it is told', async () => {
      project.revision('a1', { upgrade: table('t') })
      await go()
      project.revision('b1', { down: 'a1', ...change })
      project.revision('c1', { down: 'b1', upgrade: table('u') })
      const holder = await reader('t')
      const { steps } = await go(undefined, async (event) => {
        if (event.kind === 'retrying' && event.attempt === 3) await holder.statements(['ROLLBACK'])
      })
      expect(steps.map(({ revision }) => revision)).toEqual(['b1', 'c1'])
      const [first] = seen('retrying')
      expect(first).toMatchObject({ revision: 'b1', attempt: 2, of: 10, afterMs: 50, why: 'lock-timeout' })
      expect(first?.blockers[0]?.query ?? null).toBe(isPostgres ? `SELECT … FROM "t"` : null)
      expect(first?.blockers[0]?.certain).toBe(isPostgres)
      expect(await project.rows()).toEqual(['c1'])
      const done = (await project.history()).filter(({ event }) => event === 'done' || event === 'statement')
      expect(done.map(({ event, revision }) => `${event} ${revision}`)).toEqual(
        isPostgres
          ? ['done a1', 'done b1', 'done c1']
          : ['statement a1', 'done a1', 'statement b1', 'done b1', 'statement c1', 'done c1'],
      )
    })

    test('is given up with how often and who, and a later run goes on', async () => {
      project.revision('a1', { upgrade: table('t') })
      await go()
      project.revision('b1', { down: 'a1', ...change })
      const holder = await reader('t')
      const error = await refusal(go(configured({ lockTimeout: short, attempts: 2 })))
      expect(error.code).toBe('lock-timeout')
      expect(error.message).toMatch(/It was tried 2 times in \d+\.\d s\. In its way: (?:perhaps )?session \d+ \(/)
      expect(error.message).not.toContain('secret')
      expect(error.details).toMatchObject({ attempts: 2, kind: 'lock-timeout' })
      expect(await project.rows()).toEqual(['a1'])
      await holder.statements(['ROLLBACK'])
      await go()
      expect(await project.rows()).toEqual(['b1'])
    })

    test.runIf(isPostgres)(
      'is not tried again where code is in the step, or where the whole run is one transaction',
      async () => {
        project.revision('a1', { upgrade: table('t') })
        await go()
        const holder = await reader('t')
        project.revision('b1', {
          down: 'a1',
          upgrade: `op.run(async ({ log }) => log('ran'))\n  ${change.upgrade}`,
        })
        expect((await refusal(go())).code).toBe('lock-timeout')
        project.revision('b1', { down: 'a1', ...change })
        expect((await refusal(go({ transaction: 'run', statements: { lockTimeout: short } }))).code).toBe(
          'lock-timeout',
        )
        expect(seen('retrying')).toEqual([])
        await holder.statements(['ROLLBACK'])
      },
    )

    test.runIf(isPostgres)('is not tried again where a text ended the transaction by itself', async () => {
      project.revision('a1', { upgrade: table('t') })
      await go()
      const holder = await reader('t')
      project.revision('b1', {
        down: 'a1',
        upgrade: `op.execute("CREATE TABLE stays (id int); COMMIT; BEGIN")\n  ${change.upgrade}`,
      })
      expect((await refusal(go())).code).toBe('lock-timeout')
      expect(seen('retrying')).toEqual([])
      await holder.statements(['ROLLBACK'])
    })

    test('by a deadlock is tried again', async () => {
      project.revision('a1', {
        upgrade: `${table('t')}\n  op.bulkInsert('t', Array.from({ length: 400 }, (_, id) => ({ id, n: 0 })))`,
      })
      await go()
      project.revision('b1', { down: 'a1', upgrade: `op.execute("UPDATE t SET n = n + 1 WHERE id IN (1, 300)")` })
      const holder = await other()
      // The other one has changed more, so it is not the one that MariaDB takes back.
      await holder.statements(['BEGIN', 'UPDATE t SET n = 5 WHERE id >= 200'])
      const running = go()
      running.catch(() => undefined)
      await waiting(project, isPostgres)
      await holder.statements(['UPDATE t SET n = 5 WHERE id = 1', 'COMMIT'])
      await running
      expect(seen('retrying').map(({ why }) => why)).toEqual(['deadlock'])
      const { rows } = await project.on((db) =>
        db.query<{ readonly n: number }>('SELECT n FROM t WHERE id IN (1, 300)'),
      )
      expect(rows.map(({ n }) => n)).toEqual([6, 6])
    })

    test.runIf(isPostgres)('by another transaction, where they are serializable, is tried again', async () => {
      project.revision('a1', { upgrade: `${table('t')}\n  op.bulkInsert('t', [{ id: 1, n: 0 }])` })
      await go()
      await project.on((db) =>
        db.statements([
          "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = serializable', current_database()); END $$",
        ]),
      )
      project.revision('b1', { down: 'a1', upgrade: `op.execute("UPDATE t SET n = n + 1")` })
      const holder = await other()
      await holder.statements(['BEGIN', 'UPDATE t SET n = 5'])
      const running = go()
      running.catch(() => undefined)
      await waiting(project, isPostgres)
      await holder.statements(['COMMIT'])
      await running
      expect(seen('retrying').map(({ why }) => why)).toEqual(['serialization'])
      const { rows } = await project.on((db) => db.query<{ readonly n: number }>('SELECT n FROM t'))
      expect(rows).toEqual([{ n: 6 }])
    })

    test.runIf(isPostgres)('while an index is built beside others leaves no invalid one', async () => {
      project.revision('a1', { upgrade: table('t') })
      await go()
      project.revision('b1', {
        down: 'a1',
        upgrade: `op.createIndex('ix_n', 't', ['n'], { postgres: { concurrently: true } })`,
      })
      const holder = await other()
      await holder.statements(['BEGIN', 'INSERT INTO t (id) VALUES (1)'])
      const running = go()
      running.catch(() => undefined)
      await waiting(project, isPostgres)
      await holder.statements(['LOCK TABLE t IN SHARE MODE', 'COMMIT'])
      await running
      expect(seen('retrying').map(({ why }) => why)).toEqual(['deadlock'])
      const { rows } = await project.on((db) =>
        db.query<{ readonly name: string; readonly valid: boolean }>(
          "SELECT indexrelid::regclass::text AS name, indisvalid AS valid FROM pg_index WHERE indrelid = 't'::regclass ORDER BY 1",
        ),
      )
      expect(rows).toEqual([
        { name: 'ix_n', valid: true },
        { name: 'pk_t', valid: true },
      ])
    })
  })

  describe.skipIf(engine.name === 'sqlite')('what takes long', () => {
    test('is told once a second, with who is in the way and what is to be locked', async () => {
      project.revision('a1', { upgrade: table('t') })
      await go()
      project.revision('b1', { down: 'a1', upgrade: `op.addColumn('t', 'm', integer())` })
      const holder = await reader('t')
      await go({}, async (event) => {
        if (event.kind === 'waiting-for-lock') await holder.statements(['ROLLBACK'])
      })
      const [wait] = seen('waiting-for-lock')
      expect(wait).toMatchObject({ of: 'statement', revision: 'b1', object: isPostgres ? 't' : null })
      expect(wait?.elapsedMs).toBeGreaterThanOrEqual(1000)
      if (wait?.of !== 'statement') throw new Error('No statement waited.')
      expect(wait.statement).toMatch(/^ALTER TABLE/)
      expect(wait.blockers[0]?.certain).toBe(isPostgres)
      expect(wait.blockers[0]?.user).toBe('aludel')
      expect(seen('retrying')).toEqual([])
    })

    test('tells its time, and nothing stays open', async () => {
      const sleep = isPostgres ? 'SELECT pg_sleep(1.3)' : 'SELECT SLEEP(1.3)'
      project.revision('a1', { upgrade: `op.execute("${sleep}")` })
      let asked = 0
      const url = () => {
        asked += 1
        return project.where.url
      }
      const slow = await upgrade({ url }, { cwd: project.folder, progress: (event) => events.push(event) })
      expect(slow.steps).toHaveLength(1)
      expect(seen('statement-progress')[0]).toMatchObject({ revision: 'a1', statement: sleep, position: 1, total: 1 })
      expect(asked).toBe(2)
      expect(await connections(project, isPostgres)).toBe(0)
      project.revision('b1', { down: 'a1', upgrade: table('t') })
      await upgrade({ url }, { cwd: project.folder, progress: (event) => events.push(event) })
      expect(asked).toBe(3)
    })

    test.runIf(isPostgres)(
      'is counted by the server where it builds an index, and found in a text of several revisions',
      async () => {
        project.revision('a1', {
          upgrade: `${table('t')}
  op.execute('CREATE FUNCTION slow(n int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.006); RETURN n; END $$')
  op.execute('INSERT INTO t SELECT i, i FROM generate_series(1, 400) i')`,
        })
        await go()
        project.revision('b1', { down: 'a1', upgrade: table('u') })
        project.revision('c1', { down: 'b1', upgrade: table('v') })
        project.revision('d1', { down: 'c1', upgrade: `op.createIndex('ix', 't', [sql\`slow(n)\`])` })
        await go()
        const found = seen('statement-progress').find(({ progress }) => progress !== null)
        expect(found).toMatchObject({ revision: 'd1', stage: expect.stringMatching(/^building index/) })
        expect(found?.progress?.total).toBeGreaterThan(0)
      },
    )

    test('goes on where nobody can look after it', async () => {
      const sleep = isPostgres ? 'SELECT pg_sleep(1.3)' : 'SELECT SLEEP(1.3)'
      project.revision('a1', { upgrade: `op.execute("${sleep}")` })
      let asked = 0
      const url = () => {
        asked += 1
        if (asked > 1) throw new Error('No more addresses.')
        return project.where.url
      }
      await upgrade({ url }, { cwd: project.folder, progress: (event) => events.push(event) })
      expect(seen('statement-progress')[0]).toMatchObject({ revision: 'a1', stage: null, progress: null })
      expect(asked).toBe(2)
    })

    test('is told of the run, too, that waits for another one', async () => {
      project.revision('a1', { upgrade: table('t') })
      project.revision('b1', {
        down: 'a1',
        upgrade: `op.run(async ({ db }) => void (await db.query("SELECT ${isPostgres ? 'pg_sleep' : 'SLEEP'}(2.5)")))`,
      })
      const first = upgrade(undefined, { ...project.where, target: 'head' })
      await until(async () => (await project.rows().catch((): readonly string[] => [])).includes('a1'))
      const second = await go()
      expect(second.steps).toEqual([])
      const [wait] = seen('waiting-for-lock')
      expect(wait).toMatchObject({
        of: 'run',
        revision: null,
        holder: expect.stringMatching(/(?:process|connection) \d+/),
      })
      await first
    })
  })
})

// InnoDB's tables about transactions are made anew only where nobody has looked for a tenth of a second.
const pause = 150

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, pause))
}

/** Until somebody waits for a lock in this database: other tests have others on the same server. */
async function waiting(project: LiveProject, isPostgres: boolean): Promise<void> {
  const question = isPostgres
    ? 'SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()'
    : `SELECT 1 FROM information_schema.innodb_lock_waits
       JOIN information_schema.innodb_trx ON trx_id = requesting_trx_id
       JOIN information_schema.processlist ON id = trx_mysql_thread_id WHERE db = DATABASE()`
  await project.on((db) => until(async () => (await db.query(question)).rows.length > 0))
}

async function connections(project: LiveProject, isPostgres: boolean): Promise<number> {
  return project.on(async (db) => {
    const question = isPostgres
      ? 'SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()'
      : 'SELECT count(*) AS n FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()'
    await until(async () => Number((await db.query<{ readonly n: unknown }>(question)).rows[0]?.n) === 0)
    return 0
  })
}
