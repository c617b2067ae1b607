// Signals at the command line, sent to a process of its own while it is at work.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../../src/index.ts'
import { engines } from '../engines/index.ts'
import { tablesOf } from './database.ts'
import { chain, command, projectWith, revisionFile, type TestProject } from './project.ts'

beforeAll(() => {
  execFileSync(process.execPath, [join(dirname(command), '../build.mjs'), '--if-stale'])
})

interface Running {
  readonly child: ChildProcess
  /** Until stderr has the text. */
  said(text: string): Promise<void>
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null; readonly stderr: string }>
}

function start(project: TestProject, words: readonly string[]): Running {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [command, ...words], {
    cwd: project.folder,
    env: { PATH, HOME },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  const waiting: (() => void)[] = []
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    for (const look of waiting) look()
  })
  return {
    child,
    said: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (stderr.includes(text)) resolve()
        }
        waiting.push(look)
        child.once('close', () => reject(new Error(`It ended without "${text}": ${stderr}`)))
        look()
      }),
    ended: new Promise((resolve) => {
      child.once('close', (code, signal) => resolve({ code, signal, stderr }))
    }),
  }
}

/** Until the server runs the statement that takes long. */
async function asleep(url: string): Promise<void> {
  const db = await connect(url)
  const question = url.startsWith('postgres')
    ? "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"
    : "SELECT 1 FROM information_schema.processlist WHERE db = DATABASE() AND state = 'User sleep'"
  while ((await db.query(question)).rows.length === 0) await new Promise((resolve) => setTimeout(resolve, 50))
  await db.close()
}

for (const engine of engines) {
  const sleep = (seconds: number) =>
    engine.name === 'postgres' ? `SELECT pg_sleep(${seconds})` : `SELECT 1 + SLEEP(${seconds})`
  const long = (seconds: number) =>
    `op.createTable('t_b1', { id: integer().primaryKey() })\n  op.run(async ({ db }) => void (await db.query('${sleep(seconds)}')))`

  describe.skipIf(!engine.available || engine.name === 'sqlite')(engine.name, () => {
    const withProject = async (seconds: number, work: (project: TestProject, url: string) => Promise<void>) => {
      const { url, drop } = await engine.freshDatabase()
      const project = projectWith({
        'aludel.config.json': JSON.stringify({ url }),
        ...chain('a1', 'c1<b1'),
        'migrations/versions/b1.ts': revisionFile('b1', ['a1'], { upgrade: long(seconds) }),
      })
      await work(project, url).finally(drop)
    }

    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      test(`one ${signal} lets the revision end that is under way, and says where the database stands`, async () => {
        await withProject(2, async (project, url) => {
          const { child, said, ended } = start(project, ['upgrade', '--events'])
          await said('"statement-progress"')
          child.kill(signal)
          const { code, stderr } = await ended
          expect(code).toBe(1)
          expect(stderr).toContain('FAILED: The upgrade was interrupted after 2 of 3 revisions; the database is at b1.')
          expect(stderr).toContain('Run `aludel upgrade` again')
          expect(await tablesOf(url)).toEqual(['t_a1', 't_b1'])
          expect(await project.spawn('upgrade')).toMatchObject({ code: 0 })
          expect(await tablesOf(url)).toEqual(['t_a1', 't_b1', 't_c1'])
        })
      })
    }

    test('a second one ends the statement on the server', async () => {
      await withProject(60, async (project, url) => {
        const { child, said, ended } = start(project, ['upgrade'])
        await said('a1')
        await asleep(url)
        child.kill('SIGINT')
        await said('Stopping as soon as nothing is left half done')
        child.kill('SIGINT')
        const { code, stderr } = await ended
        expect(code).toBe(1)
        expect(stderr).toContain('Cancelling the statement under way.')
        expect(stderr).toContain('Revision b1 (migrations/versions/b1.ts) was interrupted.')
        expect(await tablesOf(url)).toEqual(engine.name === 'postgres' ? ['t_a1'] : ['t_a1', 't_b1'])
      })
    })

    test('a third one ends the program', async () => {
      await withProject(0, async (project) => {
        const waiting = 'op.run(() => new Promise((done) => setTimeout(done, 60_000)))'
        project.write({ 'migrations/versions/b1.ts': revisionFile('b1', ['a1'], { upgrade: waiting }) })
        const { child, said, ended } = start(project, ['upgrade', '--events'])
        await said('"statement-progress"')
        child.kill('SIGTERM')
        await said('Stopping')
        child.kill('SIGTERM')
        await said('Cancelling')
        child.kill('SIGTERM')
        expect((await ended).signal).toBe('SIGTERM')
      })
    })
  })
}

test('on SQLite a signal ends the program, and the next run goes on', async () => {
  const project = projectWith({
    'aludel.config.json': '{ "url": "sqlite:app.db" }',
    ...chain('a1'),
    'migrations/versions/b1.ts': revisionFile('b1', ['a1'], {
      upgrade: `op.createTable('t_b1', { id: integer().primaryKey() })\n  op.run(() => new Promise((done) => setTimeout(done, process.env.QUICK ? 0 : 60_000)))`,
    }),
  })
  const { child, said, ended } = start(project, ['upgrade', '--events'])
  await said('"revision":"b1"')
  child.kill('SIGINT')
  expect((await ended).signal).toBe('SIGINT')
  expect(await project.spawn('upgrade', { QUICK: '1' })).toMatchObject({ code: 0 })
})
