// GET /health: 200 where the Panel can work, 503 with the reason where it cannot.

import { downgrade, upgrade } from 'aludel'
import { expect, test } from 'vitest'
import { onEveryEngine } from '../../../packages/aludel/tests/engines/index.ts'
import { configFile } from '../src/settings.ts'
import { freshPanel, panelAt } from './panel.ts'

const head = '47b0e3d6f8c2'

onEveryEngine((engine) => {
  test('a database at the head is healthy', async () => {
    const panel = await freshPanel(engine)
    const { status, body } = await panel.ask('GET', '/health')
    expect(status).toBe(200)
    expect(body).toEqual({
      status: 'healthy',
      reason: null,
      database: { reachable: true, current: [head], heads: [head] },
    })
    await panel.end()
  })

  test('a database that is behind is told apart from one that is empty', async () => {
    const panel = await freshPanel(engine, 'base')
    const empty = await panel.ask('GET', '/health')
    expect([empty.status, empty.body.database.current, empty.body.reason]).toEqual([
      503,
      [],
      expect.stringContaining('no revision'),
    ])
    await upgrade(configFile, { url: panel.url })
    await downgrade(configFile, { url: panel.url, target: '-1' })
    const behind = await panel.ask('GET', '/health')
    expect([behind.status, behind.body.database.reachable, behind.body.reason]).toEqual([
      503,
      true,
      expect.stringContaining(head),
    ])
    await upgrade(configFile, { url: panel.url })
    expect((await panel.ask('GET', '/health')).status).toBe(200)
    await panel.end()
  })

  test('a database from the future is not healthy', async () => {
    const panel = await freshPanel(engine)
    // A later version of the Panel has been here.
    await panel.db
      .updateTable('alembic_version' as never)
      .set({ version_num: 'feedfacecafe' } as never)
      .execute()
    const { status, body } = await panel.ask('GET', '/health')
    expect([status, body.reason]).toEqual([503, expect.stringContaining('feedfacecafe')])
    await panel.end()
  })

  test('many questions at once are all answered', async () => {
    const panel = await freshPanel(engine)
    const answers = await Promise.all(Array.from({ length: 40 }, () => panel.ask('GET', '/health')))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    await panel.end()
  })
})

test.each([
  'sqlite:/nowhere/at/all/panel.db',
  'postgresql://panel:secret@127.0.0.1:1/panel',
  'mysql://panel:secret@127.0.0.1:1/panel',
])('a database that cannot be reached is told, and no secret with it: %s', async (url) => {
  const panel = panelAt(url)
  const { status, body } = await panel.ask('GET', '/health')
  expect([status, body.database.reachable]).toEqual([503, false])
  expect(body.reason).toMatch(/cannot be reached|does not exist/)
  expect(JSON.stringify(body)).not.toContain('secret')
  expect((await panel.ask('GET', '/api/servers')).body.error.code).toBe('unavailable')
  await panel.close()
})
