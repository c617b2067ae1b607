// A pooler that gives each transaction another session can hold no lock: it is refused, and nothing is touched.

import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { downgrade, stamp, upgrade } from '../../src/index.ts'
import { engines } from '../engines/index.ts'
import { type Pooler, pgbouncer, startPgbouncer } from '../engines/pgbouncer.ts'
import { type LiveProject, liveProject } from './project.ts'

const postgres = engines.find(({ name }) => name === 'postgres')
const server = inject('engines').postgres
const isHere = pgbouncer !== undefined && server !== null && postgres !== undefined
if (pgbouncer === undefined) console.warn('PgBouncer is not installed: the test of a pooler is skipped.')

let project: LiveProject
let pooler: Pooler
beforeEach(async () => {
  if (!isHere) return
  project = await liveProject(postgres)
  project.revision('a1', { upgrade: "op.createTable('user', { id: integer().primaryKey(), email: string(50) })" })
  project.revision('b1', {
    down: 'a1',
    upgrade: "op.createIndex('ix_email', 'user', ['email'], { postgres: { concurrently: true } })",
    downgrade: "op.dropIndex('ix_email', 'user')",
  })
  pooler = await startPgbouncer(server)
})
afterEach(async () => {
  if (!isHere) return
  await pooler.stop()
  await project.end()
})

test.skipIf(!isHere)('a pooler is refused by name of what to do, and the server itself is as it was', async () => {
  const direct = project.where
  const pooled = { ...direct, url: pooler.url(direct.url) }
  const refused = { code: 'pooled-connection', hint: expect.stringContaining("the server's own address") }
  await expect(upgrade(undefined, { ...pooled, target: 'head' })).rejects.toMatchObject(refused)
  expect((await project.schema()).tables).toEqual([])

  await Promise.all([1, 2, 3].map(() => upgrade(undefined, { ...direct, target: 'head' })))
  expect(await project.rows()).toEqual(['b1'])
  await expect(downgrade(undefined, { ...pooled, target: 'a1' })).rejects.toMatchObject(refused)
  await expect(stamp(undefined, { ...pooled, targets: ['a1'] })).rejects.toMatchObject(refused)
  expect(await project.rows()).toEqual(['b1'])
})
