// Accounts and sessions: who may open, read, change and close what.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { onEveryEngine } from '../../../packages/aludel/tests/engines/index.ts'
import { freshPanel, newServer, password, type TestPanel } from './panel.ts'

onEveryEngine((engine) => {
  let panel: TestPanel & { end(): Promise<void> }
  beforeAll(async () => {
    panel = await freshPanel(engine)
  })
  afterAll(() => panel?.end())

  test('an account is opened with an e-mail address, kept in lower case, and a password that nobody sees again', async () => {
    const given = { email: ' Ada@Example.ORG ', password, firstName: 'Ada', lastName: 'Lovelace' }
    const { status, body } = await panel.ask('POST', '/api/users', given)
    expect(status).toBe(201)
    expect(body.user).toMatchObject({ email: 'ada@example.org', firstName: 'Ada', role: 'member', status: 'active' })
    const row = await panel.db.selectFrom('user').selectAll().where('id', '=', body.user.id).executeTakeFirstOrThrow()
    expect(row.password_hash).toMatch(/^\$2b\$/)
    expect(JSON.stringify(body)).not.toContain(row.password_hash)
  })

  test('an e-mail address has one account', async () => {
    const { email } = await panel.person()
    const given = { email: email.toUpperCase(), password, firstName: 'Eve', lastName: 'Il' }
    expect(await panel.ask('POST', '/api/users', given)).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict' } },
    })
  })

  test.each([
    ['an address that is none', { email: 'nobody' }, 'email'],
    ['a short password', { password: 'short' }, 'password'],
    ['a password longer than bcrypt reads', { password: 'ü'.repeat(40) }, 'password'],
    ['an empty name', { firstName: '  ' }, 'firstName'],
    ['a name longer than its column', { lastName: 'x'.repeat(81) }, 'lastName'],
    ['a name with a line break', { lastName: 'a\nb' }, 'lastName'],
    ['a field that is not asked for', { role: 'moderator' }, 'role'],
  ])('%s is refused, with the field named', async (_what, change, field) => {
    const given = { email: 'x@example.org', password, firstName: 'X', lastName: 'Y', ...change }
    const { status, body } = await panel.ask('POST', '/api/users', given)
    expect([status, Object.keys(body.error.fields)]).toEqual([400, [field]])
  })

  test('what is no JSON is refused', async () => {
    expect((await panel.ask('POST', '/api/users', '{')).status).toBe(400)
    expect((await panel.ask('POST', '/api/users', 'a=b', { 'Content-Type': 'text/plain' })).status).toBe(415)
    expect((await panel.ask('POST', '/api/users', JSON.stringify('x'.repeat(70_000)))).status).toBe(413)
  })

  test('signing in gives a token and a cookie that scripts and other sites cannot use', async () => {
    const { id, email } = await panel.person()
    const { status, body, headers } = await panel.ask('POST', '/api/session', { email, password })
    expect([status, body.userId]).toEqual([200, id])
    const cookie = headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    const me = await panel.ask('GET', '/api/users/me', undefined, { Cookie: cookie.split(';')[0] ?? '' })
    expect(me.body.user.id).toBe(id)
  })

  test('a wrong password and an unknown address are refused in the same words', async () => {
    const { email } = await panel.person()
    const wrong = await panel.ask('POST', '/api/session', { email, password: 'wrong' })
    const unknown = await panel.ask('POST', '/api/session', { email: 'nobody@example.org', password })
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(wrong.body).toEqual(unknown.body)
  })

  test('a token that we did not sign is refused', async () => {
    const { token } = await panel.person()
    const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${token.split('.')[1]}.`
    for (const forged of ['x', unsigned, `${token.slice(0, -4)}AAAA`]) {
      expect((await panel.ask('GET', '/api/users/me', undefined, { Authorization: `Bearer ${forged}` })).status).toBe(
        401,
      )
    }
  })

  test('a new password ends what was signed in with the old one', async () => {
    const person = await panel.person()
    const change = (current: string) => ({ password: { current, new: 'another long password' } })
    expect((await person.ask('PATCH', `/api/users/${person.id}`, change('wrong'))).status).toBe(403)
    expect((await person.ask('PATCH', `/api/users/${person.id}`, change(password))).status).toBe(200)
    expect((await person.ask('GET', '/api/users/me')).status).toBe(401)
    expect((await panel.ask('POST', '/api/session', { email: person.email, password })).status).toBe(401)
  })

  test('others see a name, but no address', async () => {
    const ada = await panel.person()
    const eve = await panel.person()
    expect((await eve.ask('GET', `/api/users/${ada.id}`)).body.user).not.toHaveProperty('email')
    expect(JSON.stringify((await panel.ask('GET', '/api/users')).body)).not.toContain('@')
    expect((await ada.ask('GET', `/api/users/${ada.id}`)).body.user.email).toBe(ada.email)
  })

  test('nobody changes or closes the account of another', async () => {
    const ada = await panel.person()
    const eve = await panel.person()
    const path = `/api/users/${ada.id}`
    expect((await panel.ask('PATCH', path, { firstName: 'Eve' })).status).toBe(401)
    expect((await eve.ask('PATCH', path, { firstName: 'Eve' })).status).toBe(403)
    expect((await eve.ask('DELETE', path)).status).toBe(403)
    expect((await eve.ask('PATCH', `/api/users/${eve.id}`, { role: 'moderator' })).status).toBe(403)
    expect((await ada.ask('PATCH', path, { firstName: 'Augusta' })).body.user.firstName).toBe('Augusta')
  })

  test('a moderator suspends an account: its token ends, and it cannot sign in', async () => {
    const moderator = await panel.person({ moderator: true })
    const troll = await panel.person()
    const { body } = await moderator.ask('PATCH', `/api/users/${troll.id}`, { status: 'suspended' })
    expect(body.user.status).toBe('suspended')
    expect((await troll.ask('GET', '/api/users/me')).status).toBe(401)
    expect((await panel.ask('POST', '/api/session', { email: troll.email, password })).status).toBe(401)
    const row = await panel.db
      .selectFrom('user')
      .select('is_active')
      .where('id', '=', troll.id)
      .executeTakeFirstOrThrow()
    expect(row.is_active).toBe(false)
  })

  test('an account that owns servers cannot be closed; without them it can', async () => {
    const ada = await panel.person()
    const { body } = await ada.ask('POST', '/api/servers', newServer('kept'))
    expect((await ada.ask('DELETE', `/api/users/${ada.id}`)).status).toBe(409)
    await ada.ask('DELETE', `/api/servers/${body.server.id}`)
    expect((await ada.ask('DELETE', `/api/users/${ada.id}`)).status).toBe(204)
    expect((await panel.ask('GET', `/api/users/${ada.id}`)).status).toBe(404)
  })

  test('only moderators read the audit log, and every change is in it', async () => {
    const moderator = await panel.person({ moderator: true })
    const ada = await panel.person()
    await ada.ask('POST', '/api/servers', newServer('noted'))
    expect((await ada.ask('GET', '/api/audit')).status).toBe(403)
    const { entries } = (await moderator.ask('GET', '/api/audit?limit=1')).body
    expect(entries).toMatchObject([{ action: 'server.create', actorId: ada.id }])
  })
})
