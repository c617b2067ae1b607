// Servers: everybody sees them, owners and members touch them.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { onEveryEngine } from '../../../packages/aludel/tests/engines/index.ts'
import { freshPanel, newServer, type TestPanel, type TestPerson } from './panel.ts'

onEveryEngine((engine) => {
  let panel: TestPanel & { end(): Promise<void> }
  let owner: TestPerson
  let stranger: TestPerson
  beforeAll(async () => {
    panel = await freshPanel(engine)
    owner = await panel.person()
    stranger = await panel.person()
  })
  afterAll(() => panel?.end())

  const create = async (name: string, more: object = {}): Promise<number> =>
    (await owner.ask('POST', '/api/servers', { ...newServer(name), ...more })).body.server.id

  test('who is signed in adds a server and owns it', async () => {
    expect((await panel.ask('POST', '/api/servers', newServer('nobody'))).status).toBe(401)
    const { status, body } = await owner.ask('POST', '/api/servers', newServer('first'))
    expect(status).toBe(201)
    expect(body.server).toMatchObject({ name: 'first', gameType: 'etlegacy', ownerId: owner.id, settings: null })
    const listed = (await panel.ask('GET', '/api/servers')).body.servers.map((server: { name: string }) => server.name)
    expect(listed).toContain('first')
  })

  test('a name is taken once', async () => {
    await create('taken')
    expect((await stranger.ask('POST', '/api/servers', newServer('taken'))).status).toBe(409)
    const other = await create('other')
    expect((await owner.ask('PATCH', `/api/servers/${other}`, { name: 'taken' })).status).toBe(409)
  })

  test.each([
    ['a port that is none', { port: 65_536 }, 'port'],
    ['a port that is a text', { port: '27960' }, 'port'],
    ['no host', { host: undefined }, 'host'],
    ['a description longer than its column', { description: 'x'.repeat(513) }, 'description'],
  ])('%s is refused, with the field named', async (_what, change, field) => {
    const { status, body } = await owner.ask('POST', '/api/servers', { ...newServer('wrong'), ...change })
    expect([status, Object.keys(body.error.fields)]).toEqual([400, [field]])
  })

  test('the settings, which hold passwords, are for the owner and the members', async () => {
    const settings = { rconPassword: 'hidden', motd: 'Grüße' }
    const id = await create('with settings', { settings })
    expect((await owner.ask('GET', `/api/servers/${id}`)).body.server.settings).toEqual(settings)
    expect((await panel.ask('GET', `/api/servers/${id}`)).body.server).not.toHaveProperty('settings')
    expect((await stranger.ask('GET', `/api/servers/${id}`)).body.server).not.toHaveProperty('settings')
  })

  test('a stranger touches nothing, a moderator neither', async () => {
    const id = await create('closed')
    const moderator = await panel.person({ moderator: true })
    for (const person of [stranger, moderator]) {
      expect((await person.ask('PATCH', `/api/servers/${id}`, { host: 'evil.example.org' })).status).toBe(403)
      expect((await person.ask('DELETE', `/api/servers/${id}`)).status).toBe(403)
      expect((await person.ask('GET', `/api/servers/${id}/members`)).status).toBe(403)
      expect((await person.ask('PUT', `/api/servers/${id}/members/${person.id}`, {})).status).toBe(403)
    }
    expect((await panel.ask('PATCH', `/api/servers/${id}`, { host: 'evil.example.org' })).status).toBe(401)
  })

  test('a member changes the server, an admin also its members, and only the owner deletes it', async () => {
    const id = await create('shared')
    const member = await panel.person()
    const admin = await panel.person()
    expect((await owner.ask('PUT', `/api/servers/${id}/members/${member.id}`, {})).body.member.role).toBe('member')
    await owner.ask('PUT', `/api/servers/${id}/members/${admin.id}`, { role: 'admin' })
    expect((await member.ask('PATCH', `/api/servers/${id}`, { port: 1234 })).body.server.port).toBe(1234)
    expect((await member.ask('PUT', `/api/servers/${id}/members/${stranger.id}`, {})).status).toBe(403)
    expect((await admin.ask('PUT', `/api/servers/${id}/members/${member.id}`, { role: 'admin' })).status).toBe(200)
    expect((await admin.ask('DELETE', `/api/servers/${id}`)).status).toBe(403)
    const { members } = (await owner.ask('GET', `/api/servers/${id}/members`)).body
    expect(members.map((one: { userId: number; role: string }) => [one.userId, one.role])).toEqual([
      [member.id, 'admin'],
      [admin.id, 'admin'],
    ])
    expect((await owner.ask('DELETE', `/api/servers/${id}`)).status).toBe(204)
    expect((await panel.ask('GET', `/api/servers/${id}`)).status).toBe(404)
    const left = await panel.db.selectFrom('server_user').selectAll().where('server_id', '=', id).execute()
    expect(left).toEqual([])
  })

  test('a member leaves, and touches nothing any more', async () => {
    const id = await create('left')
    const member = await panel.person()
    await owner.ask('PUT', `/api/servers/${id}/members/${member.id}`, {})
    expect((await member.ask('DELETE', `/api/servers/${id}/members/${member.id}`)).status).toBe(204)
    expect((await member.ask('PATCH', `/api/servers/${id}`, { port: 1 })).status).toBe(403)
    expect((await owner.ask('DELETE', `/api/servers/${id}/members/${member.id}`)).status).toBe(404)
  })

  test('what is not there is not found', async () => {
    for (const id of ['999999', '0', '-1', 'x', '99999999999', '1e3']) {
      expect((await owner.ask('PATCH', `/api/servers/${id}`, { port: 1 })).status).toBe(404)
    }
    const id = await create('alone')
    expect((await owner.ask('PUT', `/api/servers/${id}/members/999999`, {})).status).toBe(404)
  })

  test('a list is read page by page', async () => {
    for (const name of ['page a', 'page b', 'page c']) await create(name)
    const all = (await panel.ask('GET', '/api/servers')).body.servers
    const second = (await panel.ask('GET', '/api/servers?limit=1&offset=1')).body.servers
    expect(second).toEqual(all.slice(1, 2))
    expect((await panel.ask('GET', '/api/servers?limit=1000')).status).toBe(400)
  })

  test('many requests at once are all answered', async () => {
    const names = Array.from({ length: 30 }, (_, at) => `busy ${at}`)
    const answers = await Promise.all(names.map((name) => owner.ask('POST', '/api/servers', newServer(name))))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map(({ body }) => body.server.id)).size).toBe(names.length)
  })

  test('of two who take one name at the same time one is refused', async () => {
    const answers = await Promise.all(
      [owner, stranger].map((one) => one.ask('POST', '/api/servers', newServer('raced'))),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  })
})
