// A run that is asked to stop: it stops where nothing is half done, says where it stands, and another one goes on from there.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { AludelError, connect, upgrade } from '../../src/index.ts'
import type { ProgressEvent } from '../../src/runner/statements/events.ts'
import { onEveryEngine } from '../engines/index.ts'
import { type LiveProject, liveProject } from './project.ts'

const table = (name: string) => `op.createTable('${name}', { id: integer().primaryKey(), n: integer() })`

interface Stops {
  readonly stop: AbortController
  readonly cancel: AbortController
}

onEveryEngine((engine) => {
  let project: LiveProject
  beforeEach(async () => {
    project = await liveProject(engine)
  })
  afterEach(() => project.end())
  const isPostgres = engine.name === 'postgres'
  const sleep = (seconds: number) => (isPostgres ? `SELECT pg_sleep(${seconds})` : `SELECT SLEEP(${seconds})`)
  /** What a run is refused for that is stopped as it tells something. */
  const stopped = async (told: (event: ProgressEvent, stops: Stops) => void, statements = {}) => {
    const stops = { stop: new AbortController(), cancel: new AbortController() }
    const error = await upgrade(
      { statements },
      {
        ...project.where,
        signal: stops.stop.signal,
        cancel: stops.cancel.signal,
        random: () => 1,
        progress: (event) => told(event, stops),
      },
    ).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AludelError)
    expect((error as AludelError).code).toBe('interrupted')
    return error as AludelError
  }
  const tables = async () => (await project.schema()).tables.map(({ name }) => name)

  test('between two revisions it says how many are done, and the next run goes on', async () => {
    project.revision('a1', { upgrade: table('t') })
    for (const [id, down] of [
      ['b1', 'a1'],
      ['c1', 'b1'],
      ['d1', 'c1'],
    ] as const) {
      project.revision(id, { down, upgrade: `op.run(async () => {})\n  ${table(`t_${id}`)}` })
    }
    const error = await stopped((event, { stop }) => {
      if (event.kind === 'step-done' && event.revision === 'b1') stop.abort()
    })
    expect(error.details).toEqual({ done: ['a1', 'b1'], total: 4, current: ['b1'] })
    expect(error.message).toBe('The upgrade was interrupted after 2 of 4 revisions; the database is at b1.')
    expect(await project.rows()).toEqual(['b1'])
    const { steps } = await upgrade(undefined, project.where)
    expect(steps.map(({ revision }) => revision)).toEqual(['c1', 'd1'])
  })

  test.skipIf(engine.name === 'mysql')(
    'where one transaction holds the whole run, all of it is taken back',
    async () => {
      project.revision('a1', { upgrade: table('t') })
      project.revision('b1', { down: 'a1', upgrade: table('u') })
      const stop = new AbortController()
      const error = await upgrade(
        { transaction: 'run' },
        {
          ...project.where,
          signal: stop.signal,
          progress: ({ kind }) => {
            if (kind === 'step-done') stop.abort()
          },
        },
      ).catch((thrown) => thrown)
      expect(error).toMatchObject({
        code: 'interrupted',
        message: expect.stringContaining('The whole run was rolled back'),
      })
      expect(await tables()).toEqual([])
      expect((await project.history()).map(({ event }) => event)).toEqual(['failed'])
    },
  )

  test.runIf(isPostgres)('in a text of several revisions those stay that were committed', async () => {
    project.revision('a1', { upgrade: table('a') })
    project.revision('b1', { down: 'a1', upgrade: table('b') })
    project.revision('c1', { down: 'b1', upgrade: `${table('c')}\n  op.execute('SELECT pg_sleep(60)')` })
    project.revision('d1', { down: 'c1', upgrade: table('d') })
    await upgrade(undefined, { ...project.where, target: 'a1' })
    const error = await stopped((event, { cancel }) => {
      if (event.kind === 'statement-progress' && event.revision === 'c1') cancel.abort()
    })
    expect(error.details).toMatchObject({ revision: 'c1' })
    expect(await project.rows()).toEqual(['b1'])
    expect(await tables()).toEqual(['a', 'b'])
  })

  test('before anything is done nothing is', async () => {
    project.revision('a1', { upgrade: table('t') })
    const error = await upgrade(undefined, { ...project.where, signal: AbortSignal.abort() }).catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'interrupted', details: { done: [], total: 1, current: [] } })
    expect(await tables()).toEqual([])
  })

  test.runIf(engine.name === 'mysql')('in a step that commits by itself it stops between two statements', async () => {
    project.revision('a1', {
      upgrade: `${table('t')}\n  op.execute("INSERT INTO t (id, n) SELECT 1, SLEEP(1.3)")\n  ${table('u')}`,
    })
    const error = await stopped((event, { stop }) => {
      if (event.kind === 'statement-progress') stop.abort()
    })
    expect(error.message).toContain('2 statements of this revision had been applied and stay')
    expect(await tables()).toEqual(['t'])
    await upgrade(undefined, project.where)
    expect(await tables()).toEqual(['t', 'u'])
    const rows = await project.history()
    expect(rows.map(({ event, position }) => [event, position])).toEqual([
      ...[
        ['begin', null],
        ['statement', 0],
        ['statement', 1],
        ['failed', null],
      ],
      ...[
        ['begin', 2],
        ['statement', 2],
        ['done', null],
      ],
    ])
  })

  test.skipIf(engine.name === 'sqlite')('cancelled, it ends the statement that is under way', async () => {
    const long = isPostgres
      ? `op.execute('UPDATE t SET n = 1 WHERE pg_sleep(60) IS NOT NULL')`
      : `op.execute('UPDATE t SET n = SLEEP(60)')`
    project.revision('a1', { upgrade: `${table('t')}\n  op.bulkInsert('t', [{ id: 1, n: 7 }])` })
    project.revision('b1', { down: 'a1', upgrade: `${table('u')}\n  ${long}\n  ${table('v')}` })
    const startedAt = performance.now()
    const error = await stopped((event, { stop, cancel }) => {
      if (event.kind !== 'statement-progress') return
      stop.abort()
      cancel.abort()
    })
    expect(performance.now() - startedAt).toBeLessThan(30_000)
    expect(error.details).toMatchObject({ revision: 'b1' })
    expect(await project.rows()).toEqual(['a1'])
    expect(await tables()).toEqual(isPostgres ? ['t'] : ['t', 'u'])
    const failed = (await project.history()).filter(({ event }) => event === 'failed')
    expect(failed).toHaveLength(1)
    project.revision('b1', {
      down: 'a1',
      upgrade: `${table('u')}\n  ${long.replaceAll('60', '0')}\n  ${table('v')}`,
    })
    // What was not applied may be changed.
    await upgrade(undefined, project.where)
    expect(await tables()).toEqual(['t', 'u', 'v'])
  })

  test.runIf(engine.name === 'mysql')('cancelled in a change of a table, nothing of that change stays', async () => {
    project.revision('a1', {
      upgrade: `${table('t')}\n  op.execute('INSERT INTO t SELECT seq, 1 FROM seq_1_to_400000')`,
    })
    await upgrade(undefined, project.where)
    project.revision('b1', {
      down: 'a1',
      // A copy of the table, row by row.
      upgrade: `op.execute('ALTER TABLE t ADD COLUMN m varchar(200) DEFAULT (SHA2(REPEAT(UUID(), 60), 512)), ALGORITHM=COPY')`,
    })
    await stopped((event, { cancel }) => {
      if (event.kind === 'statement-progress') cancel.abort()
    })
    const columns = (await project.schema()).tables[0]?.columns.map(({ name }) => name)
    expect(columns).toEqual(['id', 'n'])
    const answer = await upgrade(undefined, project.where)
    expect(answer.steps.map(({ revision }) => revision)).toEqual(['b1'])
  })

  test.skipIf(engine.name === 'sqlite')('the wait for another run ends', async () => {
    project.revision('a1', { upgrade: table('t') })
    project.revision('b1', { down: 'a1', upgrade: `op.execute("${sleep(4)}")` })
    const first = upgrade(undefined, project.where)
    while (!(await project.rows().catch((): readonly string[] => [])).includes('a1')) await pause()
    const error = await stopped((event, { stop }) => {
      if (event.kind === 'waiting-for-lock') stop.abort()
    })
    expect(error.message).toContain('while another run held the lock')
    expect(await project.rows()).toEqual(['a1'])
    await first
  })

  test.skipIf(engine.name === 'sqlite')('the wait for another attempt ends', async () => {
    project.revision('a1', { upgrade: table('t') })
    await upgrade(undefined, project.where)
    project.revision('b1', { down: 'a1', upgrade: `op.addColumn('t', 'm', integer())` })
    const holder = await connect(project.where.url)
    await holder.statements(['BEGIN', 'SELECT 1 FROM t'])
    let toldAt = 0
    const error = await stopped(
      (event, { stop }) => {
        if (event.kind !== 'retrying' || event.afterMs < 200) return
        toldAt = performance.now()
        stop.abort()
      },
      { lockTimeout: 50 },
    )
    expect(performance.now() - toldAt).toBeLessThan(150)
    expect(error.details).toMatchObject({ revision: 'b1' })
    await holder.close()
    await upgrade(undefined, project.where)
  })
})

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 150))
}
