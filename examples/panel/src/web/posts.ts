// The forum's posts: one's own, and anybody's for a moderator.

import { Hono } from 'hono'
import { mayEditWriting, mayWriteIn } from '../access.ts'
import type { Db } from '../database/queries.ts'
import { audited } from './audit.ts'
import type { Environment, Person, Request } from './context.ts'
import { PostText, readBody, readId } from './input.ts'
import { allow, found } from './refusals.ts'
import { signedIn } from './sessions.ts'

export function postList(db: Db) {
  return db
    .selectFrom('forum_post')
    .leftJoin('user', 'user.id', 'forum_post.author_id')
    .select(['forum_post.id', 'forum_post.thread_id as threadId', 'forum_post.content'])
    .select(['forum_post.author_id as authorId', 'user.first_name as authorName'])
    .select(['forum_post.created_at as createdAt', 'forum_post.edited_at as editedAt'])
}

async function readPost(c: Request, id: number) {
  return found(await postList(c.get('services').db).where('forum_post.id', '=', id).executeTakeFirst(), 'post')
}

async function requireKeeper(c: Request, person: Person, id: number): Promise<void> {
  const post = await readPost(c, id)
  allow(mayEditWriting(person, post.authorId), 'Only its author and moderators change a post.')
  const query = c.get('services').db.selectFrom('forum_thread').select('is_locked as isLocked')
  allow(
    mayWriteIn(person, found(await query.where('id', '=', post.threadId).executeTakeFirst(), 'thread')),
    'The thread is locked.',
  )
}

export const posts = new Hono<Environment>()
  .get('/:id', async (c) => c.json({ post: await readPost(c, readId(c)) }))
  .patch('/:id', async (c) => {
    const id = readId(c)
    await requireKeeper(c, signedIn(c), id)
    const { content } = await readBody(c, PostText)
    await audited(c, 'post.update', async (trx) => {
      await trx.updateTable('forum_post').set({ content, edited_at: new Date() }).where('id', '=', id).execute()
      return { answer: null, subject: `post ${id}` }
    })
    return c.json({ post: await readPost(c, id) })
  })
  .delete('/:id', async (c) => {
    const id = readId(c)
    await requireKeeper(c, signedIn(c), id)
    await audited(c, 'post.delete', async (trx) => {
      await trx.deleteFrom('forum_post').where('id', '=', id).execute()
      return { answer: null, subject: `post ${id}` }
    })
    return c.body(null, 204)
  })
