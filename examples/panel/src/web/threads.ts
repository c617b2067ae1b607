// The forum's threads: who is signed in begins one, its author and moderators keep it.

import { Hono } from 'hono'
import { sql } from 'kysely'
import { isModerator, mayEditWriting, mayWriteIn } from '../access.ts'
import { type Db, insertNumbered } from '../database/queries.ts'
import { audited } from './audit.ts'
import type { Environment, Request } from './context.ts'
import { NewThread, PostText, readBody, readId, readNumber, readPage, ThreadChange } from './input.ts'
import { postList } from './posts.ts'
import { allow, found, Refusal } from './refusals.ts'
import { signedIn } from './sessions.ts'

export function threadList(db: Db) {
  return db
    .selectFrom('forum_thread')
    .innerJoin('forum_category', 'forum_category.id', 'forum_thread.category_id')
    .leftJoin('user', 'user.id', 'forum_thread.author_id')
    .select(['forum_thread.id', 'forum_thread.title', 'forum_thread.created_at as createdAt'])
    .select(['forum_thread.category_id as categoryId', 'forum_category.name as categoryName'])
    .select(['forum_thread.author_id as authorId', 'user.first_name as authorName'])
    .select(['forum_thread.is_pinned as isPinned', 'forum_thread.is_locked as isLocked'])
    .select((thread) => {
      const posts = thread.selectFrom('forum_post').whereRef('forum_post.thread_id', '=', 'forum_thread.id')
      return posts.select(sql<number>`count(*)`.as('count')).as('postCount')
    })
}

async function readThread(c: Request, id: number) {
  return found(await threadList(c.get('services').db).where('forum_thread.id', '=', id).executeTakeFirst(), 'thread')
}

export const threads = new Hono<Environment>()
  .get('/', async (c) => {
    const { limit, offset } = readPage(c)
    const category = readNumber(c, 'category')
    const all = threadList(c.get('services').db)
    const query = category === null ? all : all.where('forum_thread.category_id', '=', category)
    const rows = query.orderBy('forum_thread.is_pinned', 'desc').orderBy('forum_thread.created_at', 'desc')
    return c.json({ threads: await rows.orderBy('forum_thread.id', 'desc').limit(limit).offset(offset).execute() })
  })
  .post('/', async (c) => {
    const person = signedIn(c)
    const { categoryId, title, content } = await readBody(c, NewThread)
    const { db } = c.get('services')
    const category = await db.selectFrom('forum_category').select('id').where('id', '=', categoryId).executeTakeFirst()
    if (category === undefined) throw new Refusal('invalid', 'There is no such category.', { categoryId: 'not there' })
    const id = await audited(c, 'thread.create', async (trx) => {
      const thread = await insertNumbered(trx, 'forum_thread', { category_id: categoryId, author_id: person.id, title })
      await insertNumbered(trx, 'forum_post', { thread_id: thread, author_id: person.id, content })
      return { answer: thread, subject: `thread ${thread}: ${title}` }
    })
    return c.json({ thread: await readThread(c, id) }, 201)
  })
  .get('/:id', async (c) => {
    const id = readId(c)
    const thread = await readThread(c, id)
    const { limit, offset } = readPage(c)
    const posts = postList(c.get('services').db).where('forum_post.thread_id', '=', id).orderBy('forum_post.created_at')
    return c.json({ thread, posts: await posts.orderBy('forum_post.id').limit(limit).offset(offset).execute() })
  })
  .patch('/:id', async (c) => {
    const person = signedIn(c)
    const id = readId(c)
    const thread = await readThread(c, id)
    allow(mayEditWriting(person, thread.authorId), 'Only its author and moderators change a thread.')
    const { title, isPinned, isLocked } = await readBody(c, ThreadChange)
    allow(
      (isPinned === undefined && isLocked === undefined) || isModerator(person),
      'Only moderators pin and lock threads.',
    )
    allow(mayWriteIn(person, thread), 'The thread is locked.')
    const changes = {
      ...(title === undefined ? {} : { title }),
      ...(isPinned === undefined ? {} : { is_pinned: isPinned }),
      ...(isLocked === undefined ? {} : { is_locked: isLocked }),
    }
    if (Object.keys(changes).length === 0) throw new Refusal('invalid', 'Nothing to change was given.')
    await audited(c, 'thread.update', async (trx) => {
      await trx.updateTable('forum_thread').set(changes).where('id', '=', id).execute()
      return { answer: null, subject: `thread ${id}: ${Object.keys(changes).join(', ')}` }
    })
    return c.json({ thread: await readThread(c, id) })
  })
  .delete('/:id', async (c) => {
    const person = signedIn(c)
    const id = readId(c)
    const thread = await readThread(c, id)
    allow(mayEditWriting(person, thread.authorId), 'Only its author and moderators delete a thread.')
    await audited(c, 'thread.delete', async (trx) => {
      // With the thread go its posts, so that an author may not take what others wrote.
      allow(isModerator(person) || !(await hasPostsOfOthers(trx, id, person.id)), 'Others have written in this thread.')
      await trx.deleteFrom('forum_thread').where('id', '=', id).execute()
      return { answer: null, subject: `thread ${id}` }
    })
    return c.body(null, 204)
  })
  .post('/:id/posts', async (c) => {
    const person = signedIn(c)
    const id = readId(c)
    allow(mayWriteIn(person, await readThread(c, id)), 'The thread is locked.')
    const { content } = await readBody(c, PostText)
    const postId = await audited(c, 'post.create', async (trx) => {
      const post = await insertNumbered(trx, 'forum_post', { thread_id: id, author_id: person.id, content })
      return { answer: post, subject: `post ${post} in thread ${id}` }
    })
    const post = await postList(c.get('services').db).where('forum_post.id', '=', postId).executeTakeFirst()
    return c.json({ post: found(post, 'post') }, 201)
  })

async function hasPostsOfOthers(db: Db, threadId: number, personId: number): Promise<boolean> {
  const posts = db.selectFrom('forum_post').select('id').where('thread_id', '=', threadId)
  const others = posts.where((post) => post.or([post('author_id', '!=', personId), post('author_id', 'is', null)]))
  return (await others.executeTakeFirst()) !== undefined
}
