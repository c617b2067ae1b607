// The library inside a running application: events as they happen, many replicas at once, several databases in one process.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { autoMigrate, current, downgrade, type RunEvent, upgrade } from '../../src/index.ts'
import { onEveryEngine } from '../engines/index.ts'
import { type LiveProject, liveProject } from './project.ts'

const table = (name: string) => ({
  upgrade: `op.createTable('${name}', { id: integer().primaryKey() })`,
  downgrade: `op.dropTable('${name}')`,
})

onEveryEngine((engine) => {
  let project: LiveProject
  beforeEach(async () => {
    project = await liveProject(engine)
    project.revision('a1', table('t'))
    project.revision('b1', { down: 'a1', ...table('u') })
  })
  afterEach(() => project.end())

  test('a run is a promise of its result and a stream of its events', async () => {
    const run = upgrade(undefined, project.where)
    const events: RunEvent[] = []
    for await (const event of run) events.push(event)
    const kinds = events.map(({ kind, revision }) => (revision === null ? kind : `${kind} ${revision}`))
    expect(kinds.filter((kind) => kind.startsWith('step'))).toEqual(
      expect.arrayContaining(['step-started a1', 'step-done a1', 'step-started b1', 'step-done b1']),
    )
    const sent = events.flatMap((event) => (event.kind === 'statement' ? [event.sql] : []))
    expect(sent.join('\n')).toMatch(/CREATE TABLE .t.[\s\S]*CREATE TABLE .u./)
    expect(events.at(-1)).toMatchObject({ kind: 'done', steps: 2, heads: ['b1'] })
    expect(await run).toMatchObject({ heads: ['b1'], steps: [{ revision: 'a1' }, { revision: 'b1' }] })
    // Whoever comes late hears everything, too.
    const late: string[] = []
    for await (const { kind } of run) late.push(kind)
    expect(late).toHaveLength(events.length)
  })

  test('the stream throws what the run is refused for, and nobody has to catch it twice', async () => {
    project.revision('c1', { down: 'b1', upgrade: "op.execute('NO SUCH STATEMENT')" })
    const run = upgrade(undefined, project.where)
    await expect(
      (async () => {
        for await (const _ of run);
      })(),
    ).rejects.toMatchObject({ details: { revision: 'c1' } })
    expect(await project.rows()).toEqual(['b1'])
  })

  test('of many replicas that start at once one migrates, and all start', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => autoMigrate(undefined, project.where)))
    expect(results.map(({ heads }) => heads)).toEqual(results.map(() => ['b1']))
    const done = (await project.history()).filter(({ event }) => event === 'done').map(({ revision }) => revision)
    expect(done).toEqual(['a1', 'b1'])
    if (engine.name !== 'sqlite') expect(results.filter(({ steps }) => steps.length > 0)).toHaveLength(1)
  })

  test('an older replica starts beside a database that is ahead, unless it must not', async () => {
    await autoMigrate(undefined, project.where)
    const older = await liveProject(engine)
    older.revision('a1', table('t'))
    const where = { cwd: older.folder, url: project.where.url }
    const said: string[] = []
    expect(await autoMigrate(undefined, { ...where, log: (text) => said.push(text) })).toMatchObject({
      ...{ ahead: ['b1'], steps: [], heads: ['b1'] },
    })
    expect(said.join()).toContain('b1')
    await expect(autoMigrate(undefined, { ...where, whenAhead: 'refuse' })).rejects.toMatchObject({
      ...{ code: 'database-ahead', details: { ahead: ['b1'] } },
    })
    await older.end()
  })

  test('several databases of one configuration go their own ways at the same time', async () => {
    const others = await Promise.all([liveProject(engine), liveProject(engine)])
    const names = ['red', 'blue']
    for (const [at, other] of others.entries()) {
      const name = names[at] ?? ''
      other.revision(`${name}1`, table(name))
      other.revision(`${name}2`, { down: `${name}1`, ...table(`${name}_more`) })
    }
    const databases = Object.fromEntries(
      others.map((other, at) => [names[at] ?? '', { url: other.where.url, migrations: `${other.folder}/migrations` }]),
    )
    const config = { databases }
    const here = { cwd: project.folder }
    const results = await Promise.all(names.map((database) => upgrade(config, { ...here, database })))
    expect(results.map(({ heads }) => heads)).toEqual([['red2'], ['blue2']])
    const back = await Promise.all([
      downgrade(config, { ...here, database: 'red', target: 'base' }),
      current(config, { ...here, database: 'blue' }),
    ])
    expect(back).toMatchObject([{ heads: [] }, { rows: ['blue2'] }])
    await expect(upgrade(config, { ...here, database: 'green' })).rejects.toMatchObject({ code: 'unknown-database' })
    for (const other of others) await other.end()
  })
})
