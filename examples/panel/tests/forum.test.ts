// The forum: who is signed in writes, one's own is one's own, and moderators keep order.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { onEveryEngine } from '../../../packages/aludel/tests/engines/index.ts'
import { freshPanel, newServer, type TestPanel, type TestPerson } from './panel.ts'

onEveryEngine((engine) => {
  let panel: TestPanel & { end(): Promise<void> }
  let ada: TestPerson
  let eve: TestPerson
  let moderator: TestPerson
  beforeAll(async () => {
    panel = await freshPanel(engine)
    ada = await panel.person()
    eve = await panel.person()
    moderator = await panel.person({ moderator: true })
  })
  afterAll(() => panel?.end())

  const begin = async (person: TestPerson, title = 'A thread'): Promise<number> =>
    (await person.ask('POST', '/api/threads', { categoryId: 1, title, content: 'The first post' })).body.thread.id
  const write = async (person: TestPerson, thread: number): Promise<number> =>
    (await person.ask('POST', `/api/threads/${thread}/posts`, { content: 'A post' })).body.post.id

  test('the categories that the revision brought are there', async () => {
    const { categories } = (await panel.ask('GET', '/api/categories')).body
    expect(categories.map((category: { name: string }) => category.name)).toEqual(['News', 'General'])
  })

  test('only moderators keep the categories, and one with threads stays', async () => {
    expect((await ada.ask('POST', '/api/categories', { name: 'Mine' })).status).toBe(403)
    const { body } = await moderator.ask('POST', '/api/categories', { name: 'Clans', position: 3 })
    const path = `/api/categories/${body.category.id}`
    expect((await moderator.ask('POST', '/api/categories', { name: 'Clans' })).status).toBe(409)
    expect((await moderator.ask('PATCH', path, { description: 'Teams' })).body.category.description).toBe('Teams')
    expect((await ada.ask('PATCH', path, { name: 'Mine' })).status).toBe(403)
    await ada.ask('POST', '/api/threads', { categoryId: body.category.id, title: 'x', content: 'x' })
    expect((await moderator.ask('DELETE', path)).status).toBe(409)
    expect((await moderator.ask('DELETE', '/api/categories/2')).status).toBe(204)
  })

  test('a thread begins with a post', async () => {
    expect((await panel.ask('POST', '/api/threads', { categoryId: 1, title: 'x', content: 'x' })).status).toBe(401)
    expect((await ada.ask('POST', '/api/threads', { categoryId: 9999, title: 'x', content: 'x' })).status).toBe(400)
    const id = await begin(ada, 'Hello 🙂')
    const { thread, posts } = (await panel.ask('GET', `/api/threads/${id}`)).body
    expect(thread).toMatchObject({
      title: 'Hello 🙂',
      authorId: ada.id,
      isPinned: false,
      isLocked: false,
      postCount: 1,
    })
    expect(posts).toMatchObject([{ content: 'The first post', authorName: 'P1', editedAt: null }])
  })

  test('nobody changes what another wrote, but a moderator does', async () => {
    const thread = await begin(ada)
    const post = await write(ada, thread)
    for (const path of [`/api/posts/${post}`, `/api/threads/${thread}`]) {
      const change = path.includes('posts') ? { content: 'Changed' } : { title: 'Changed' }
      expect((await panel.ask('PATCH', path, change)).status).toBe(401)
      expect((await eve.ask('PATCH', path, change)).status).toBe(403)
      expect((await eve.ask('DELETE', path)).status).toBe(403)
      expect((await ada.ask('PATCH', path, change)).status).toBe(200)
      expect((await moderator.ask('PATCH', path, change)).status).toBe(200)
      expect((await moderator.ask('DELETE', path)).status).toBe(204)
    }
  })

  test('a changed post says when it was changed', async () => {
    const post = await write(ada, await begin(ada))
    const { body } = await ada.ask('PATCH', `/api/posts/${post}`, { content: 'Better' })
    expect(body.post.content).toBe('Better')
    expect(Math.abs(Date.parse(body.post.editedAt) - Date.now())).toBeLessThan(60_000)
  })

  test('an author does not take away with a thread what others wrote there', async () => {
    const thread = await begin(ada)
    const post = await write(eve, thread)
    expect((await ada.ask('DELETE', `/api/threads/${thread}`)).status).toBe(403)
    await eve.ask('DELETE', `/api/posts/${post}`)
    expect((await ada.ask('DELETE', `/api/threads/${thread}`)).status).toBe(204)
  })

  test('only moderators pin and lock, and only they write where it is locked', async () => {
    const thread = await begin(ada)
    const post = await write(ada, thread)
    expect((await ada.ask('PATCH', `/api/threads/${thread}`, { isPinned: true })).status).toBe(403)
    const { body } = await moderator.ask('PATCH', `/api/threads/${thread}`, { isPinned: true, isLocked: true })
    expect(body.thread).toMatchObject({ isPinned: true, isLocked: true })
    expect((await panel.ask('GET', '/api/threads')).body.threads[0].id).toBe(thread)
    const again = { content: 'Again' }
    expect((await eve.ask('POST', `/api/threads/${thread}/posts`, again)).status).toBe(403)
    expect((await ada.ask('PATCH', `/api/posts/${post}`, again)).status).toBe(403)
    expect((await ada.ask('PATCH', `/api/threads/${thread}`, { title: 'x' })).status).toBe(403)
    expect((await moderator.ask('POST', `/api/threads/${thread}/posts`, again)).status).toBe(201)
  })

  test('what somebody wrote stays when the account is closed', async () => {
    const gone = await panel.person()
    const thread = await begin(gone)
    await gone.ask('DELETE', `/api/users/${gone.id}`)
    const { thread: left, posts } = (await panel.ask('GET', `/api/threads/${thread}`)).body
    expect([left.authorId, posts[0].authorName]).toEqual([null, null])
    expect((await eve.ask('PATCH', `/api/threads/${thread}`, { title: 'Mine' })).status).toBe(403)
  })

  test('the front page shows servers and threads, and no markup that people wrote', async () => {
    await ada.ask('POST', '/api/servers', { ...newServer('<img src=x onerror=alert(1)>'), description: '"&"' })
    await begin(ada, '</title><script>alert(1)</script>')
    const { status, headers, body } = await panel.ask('GET', '/')
    expect(status).toBe(200)
    expect(body).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(body).toContain('&lt;/title&gt;&lt;script&gt;')
    expect(body).not.toMatch(/<script|<img/)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})
