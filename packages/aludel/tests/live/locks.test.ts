// The lock of a run, seen and taken away from outside; and the lease that stands for it on a cluster.

import { hostname } from 'node:os'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Connection } from '../../src/database/types.ts'
import { dialectNamed } from '../../src/dialects/registry.ts'
import { connect, current, lockStatus, releaseLock, stamp, upgrade } from '../../src/index.ts'
import { openProject } from '../../src/project/project.ts'
import { sessionOver } from '../../src/runner/contact.ts'
import { leaseRun } from '../../src/runner/lease.ts'
import type { Session } from '../../src/runner/session.ts'
import { onEveryEngine } from '../engines/index.ts'
import { type LiveProject, liveProject } from './project.ts'

onEveryEngine((engine) => {
  let project: LiveProject
  beforeEach(async () => {
    project = await liveProject(engine)
    project.revision('a1', { upgrade: "op.createTable('user', { id: integer().primaryKey() })" })
  })
  afterEach(() => project.end())
  const go = (options = {}) => upgrade(undefined, { ...project.where, target: 'head', ...options })
  const status = () => lockStatus(undefined, project.where)
  const open = async () => {
    const db = await connect(project.where.url, { cwd: project.folder })
    onTestFinished(() => db.close().catch(() => undefined))
    return db
  }
  const dialectOf = async (db: Connection) => {
    const dialect = await dialectNamed(engine.name)
    return sessionOver({ db, dialect, isOwn: true, close: () => db.close() })
  }
  const opened = () =>
    openProject({
      cwd: project.folder,
      url: project.where.url,
      environment: {},
      lockTimeout: 0,
      own: () => import('../../src/index/own.ts').then((module) => module.ownModules()),
    })

  test.skipIf(engine.name === 'sqlite')('who holds it is told, and a run that is stuck is ended', async () => {
    await go()
    expect(await status()).toMatchObject({ held: false, holder: null, latest: null })
    const { db, dialect } = await dialectOf(await open())
    await dialect.lock(db, { key: 'alembic_version', timeout: 0, owner: { host: hostname(), process: process.pid } })
    const told = await status()
    expect(told).toMatchObject({ held: true, holder: { connection: expect.any(Number) }, latest: { revision: 'a1' } })
    if (engine.name === 'postgres') expect(told.holder).toMatchObject({ process: process.pid, host: hostname() })
    project.revision('b1', { down: 'a1' })
    await expect(go({ lockTimeout: 0 })).rejects.toMatchObject({ code: 'lock-timeout' })
    const no = async () => Promise.reject(new Error('no'))
    await expect(releaseLock(undefined, { ...project.where, confirm: no })).rejects.toThrow('no')
    expect((await status()).held).toBe(true)
    expect(await releaseLock(undefined, project.where)).toMatchObject({ held: false })
    await expect(db.query('SELECT 1')).rejects.toThrow()
    await go({ lockTimeout: 0 })
    expect(await releaseLock(undefined, project.where)).toMatchObject({ held: false })
  })

  test.skipIf(engine.name !== 'sqlite')(
    'a file that somebody writes into is told, and nobody can be ended',
    async () => {
      await go()
      const db = await open()
      await db.statements(['BEGIN IMMEDIATE'])
      expect(await status()).toMatchObject({ held: true })
      await expect(releaseLock(undefined, project.where)).rejects.toMatchObject({ code: 'no-run-lock' })
      await db.statements(['ROLLBACK'])
      expect(await status()).toMatchObject({ held: false })
    },
  )

  test('a lease is one run’s, until it is given back or its time is over', async () => {
    let now = 1_000_000
    const clock = async () => now
    const first: Session = await dialectOf(await open())
    const second: Session = await dialectOf(await open())
    const at = await opened()
    const lease = await leaseRun(at, first, { clock, lasts: 1000 })
    await expect(leaseRun(at, second, { clock, lasts: 1000 })).rejects.toMatchObject({ code: 'lock-timeout' })
    now += 900
    await lease.fence?.()
    now += 900
    await lease.fence?.()
    await expect(leaseRun(at, second, { clock, lasts: 1000 })).rejects.toMatchObject({ code: 'lock-timeout' })
    now += 1001
    const taken = await leaseRun(at, second, { clock, lasts: 1000 })
    await expect(lease.fence?.()).rejects.toMatchObject({ code: 'lock-lost' })
    // Who was too late gives nothing away.
    await lease.release()
    await taken.fence?.()
    await taken.release()
    await (await leaseRun(at, first, { clock, lasts: 1000 })).release()
  })

  test('a run with a lease does its work, and whoever lost it commits nothing', async () => {
    project.write('aludel.config.ts', "export default { lock: 'lease' }\n")
    await go()
    expect((await current(undefined, project.where)).rows).toEqual(['a1'])
    project.revision('b1', {
      down: 'a1',
      upgrade:
        "op.run(async ({ db }) => { await db.query('DELETE FROM aludel_lock') })\n  op.addColumn('user', 'age', integer())",
    })
    await expect(go()).rejects.toMatchObject({ code: 'lock-lost' })
    expect((await current(undefined, project.where)).rows).toEqual(['a1'])
    project.revision('b1', { down: 'a1', upgrade: '' })
    if (engine.name !== 'mysql') await go()
    expect((await status()).held).toBe(false)
  })

  test('a stamp is refused where somebody moves the rows while it plans', async () => {
    await go()
    const other = await open()
    const db = await open()
    const overtaken: Connection = Object.assign(Object.create(db) as Connection, {
      transaction: async <T>(work: () => Promise<T>) => {
        await other.query("UPDATE alembic_version SET version_num = 'z9'")
        return db.transaction(work)
      },
    })
    const { url: _, ...where } = project.where
    await expect(stamp({ connect: () => overtaken }, { ...where, targets: ['base'] })).rejects.toMatchObject({
      code: 'rows-moved',
    })
    const { rows } = await other.query('SELECT version_num FROM alembic_version')
    expect(rows).toEqual([{ version_num: 'z9' }])
    const { rows: told } = await other.query("SELECT event FROM aludel_history WHERE event = 'stamp'")
    expect(told).toEqual([])
  })

  test.skipIf(engine.name === 'sqlite')('a stamp that waits for another run tells so', async () => {
    await go()
    const { db, dialect } = await dialectOf(await open())
    await dialect.lock(db, { key: 'alembic_version', timeout: 0, owner: { host: hostname(), process: process.pid } })
    const kinds: string[] = []
    const waiting = stamp(undefined, {
      ...project.where,
      ...{ targets: ['base'], lockTimeout: 1500 },
      progress: ({ kind }) => kinds.push(kind),
    })
    await expect(waiting).rejects.toMatchObject({ code: 'lock-timeout' })
    expect(kinds).toContain('waiting-for-lock')
  })

  test.skipIf(engine.name === 'sqlite')('who holds a lease is told, and it is taken away', async () => {
    const at = await opened()
    await leaseRun(at, await dialectOf(await open()))
    expect(await status()).toMatchObject({ held: true, holder: { process: process.pid, connection: null } })
    expect(await releaseLock(undefined, project.where)).toMatchObject({ held: false })
  })
})
