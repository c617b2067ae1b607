// The forum's categories, which moderators keep.

import { Hono } from 'hono'
import { isModerator } from '../access.ts'
import { type Db, insertNumbered } from '../database/queries.ts'
import { audited } from './audit.ts'
import type { Environment, Request } from './context.ts'
import { CategoryChange, NewCategory, readBody, readId } from './input.ts'
import { allow, found, orConflict, Refusal } from './refusals.ts'
import { signedIn } from './sessions.ts'

const columns = ['id', 'name', 'description', 'position'] as const

async function readCategory(c: Request, id: number) {
  const query = c.get('services').db.selectFrom('forum_category').select(columns).where('id', '=', id)
  return found(await query.executeTakeFirst(), 'category')
}

const onlyModerators = (c: Request) => allow(isModerator(signedIn(c)), 'Only moderators keep the categories.')

const isNameTaken =
  (db: Db, name: string | undefined, but = 0) =>
  async () =>
    name !== undefined &&
    (await db
      .selectFrom('forum_category')
      .select('id')
      .where('name', '=', name)
      .where('id', '!=', but)
      .executeTakeFirst()) !== undefined

const nameTaken = 'There is a category with this name.'

export const categories = new Hono<Environment>()
  .get('/', async (c) => {
    const query = c.get('services').db.selectFrom('forum_category').select(columns)
    return c.json({ categories: await query.orderBy('position').orderBy('id').execute() })
  })
  .get('/:id', async (c) => c.json({ category: await readCategory(c, readId(c)) }))
  .post('/', async (c) => {
    onlyModerators(c)
    const values = await readBody(c, NewCategory)
    const create = () =>
      audited(c, 'category.create', async (trx) => {
        const id = await insertNumbered(trx, 'forum_category', values)
        return { answer: id, subject: `category ${id}: ${values.name}` }
      })
    const id = await orConflict(create, isNameTaken(c.get('services').db, values.name), nameTaken)
    return c.json({ category: await readCategory(c, id) }, 201)
  })
  .patch('/:id', async (c) => {
    onlyModerators(c)
    const id = readId(c)
    await readCategory(c, id)
    const changes = await readBody(c, CategoryChange)
    if (Object.keys(changes).length === 0) throw new Refusal('invalid', 'Nothing to change was given.')
    const change = () =>
      audited(c, 'category.update', async (trx) => {
        await trx.updateTable('forum_category').set(changes).where('id', '=', id).execute()
        return { answer: null, subject: `category ${id}: ${Object.keys(changes).join(', ')}` }
      })
    await orConflict(change, isNameTaken(c.get('services').db, changes.name, id), nameTaken)
    return c.json({ category: await readCategory(c, id) })
  })
  .delete('/:id', async (c) => {
    onlyModerators(c)
    const id = readId(c)
    await readCategory(c, id)
    const { db } = c.get('services')
    const hasThreads = async () =>
      (await db.selectFrom('forum_thread').select('id').where('category_id', '=', id).executeTakeFirst()) !== undefined
    const remove = () =>
      audited(c, 'category.delete', async (trx) => {
        await trx.deleteFrom('forum_category').where('id', '=', id).execute()
        return { answer: null, subject: `category ${id}` }
      })
    await orConflict(remove, hasThreads, 'The category has threads. Delete them first.')
    return c.body(null, 204)
  })
