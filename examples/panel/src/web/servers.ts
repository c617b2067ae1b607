// Game servers: everybody sees them, owners and members touch them.

import { readJson } from 'aludel/kysely'
import { Hono } from 'hono'
import { mayDeleteServer, mayEditServer, type ServerStanding } from '../access.ts'
import { type Db, insertNumbered } from '../database/queries.ts'
import { audited } from './audit.ts'
import type { Environment, Person, Request } from './context.ts'
import { NewServer, readBody, readId, readPage, ServerChange } from './input.ts'
import { allow, found, orConflict, Refusal } from './refusals.ts'
import { signedIn } from './sessions.ts'

export function serverList(db: Db) {
  return db
    .selectFrom('server')
    .innerJoin('user', 'user.id', 'server.owner_id')
    .select(['server.id', 'server.name', 'server.host', 'server.port', 'server.description'])
    .select(['server.game_type as gameType', 'server.owner_id as ownerId', 'user.first_name as ownerName'])
    .select(['server.created_at as createdAt', 'server.updated_at as updatedAt'])
}

/** Whose the server is, and what the person is to it; refuses where there is no such server. */
export async function standingOf(c: Request, serverId: number, person: Person | null): Promise<ServerStanding> {
  const { db } = c.get('services')
  const server = await db.selectFrom('server').select('owner_id').where('id', '=', serverId).executeTakeFirst()
  const { owner_id: ownerId } = found(server, 'server')
  if (person === null) return { ownerId, membership: null }
  const member = await db
    .selectFrom('server_user')
    .select('role')
    .where('server_id', '=', serverId)
    .where('user_id', '=', person.id)
    .executeTakeFirst()
  return { ownerId, membership: member?.role ?? null }
}

/** A server as the person may see it: its settings, which hold passwords, are for those who may change them. */
async function readServer(c: Request, id: number, person: Person | null) {
  const { db } = c.get('services')
  const server = found(await serverList(db).where('server.id', '=', id).executeTakeFirst(), 'server')
  if (!mayEditServer(person, await standingOf(c, id, person))) return server
  const row = await db.selectFrom('server').select('settings').where('id', '=', id).executeTakeFirst()
  return { ...server, settings: readJson(row?.settings ?? null) }
}

const isNameTaken =
  (db: Db, name: string | undefined, but = 0) =>
  async () =>
    name !== undefined &&
    (await db.selectFrom('server').select('id').where('name', '=', name).where('id', '!=', but).executeTakeFirst()) !==
      undefined

const nameTaken = 'There is a server with this name.'

export const servers = new Hono<Environment>()
  .get('/', async (c) => {
    const { limit, offset } = readPage(c)
    const query = serverList(c.get('services').db).orderBy('server.name').limit(limit).offset(offset)
    return c.json({ servers: await query.execute() })
  })
  .post('/', async (c) => {
    const person = signedIn(c)
    const { gameType, ...values } = await readBody(c, NewServer)
    const row = { ...values, owner_id: person.id, ...(gameType === undefined ? {} : { game_type: gameType }) }
    const create = () =>
      audited(c, 'server.create', async (trx) => {
        const id = await insertNumbered(trx, 'server', row)
        return { answer: id, subject: `server ${id}: ${values.name}` }
      })
    const id = await orConflict(create, isNameTaken(c.get('services').db, values.name), nameTaken)
    return c.json({ server: await readServer(c, id, person) }, 201)
  })
  .get('/:id', async (c) => c.json({ server: await readServer(c, readId(c), c.get('person')) }))
  .patch('/:id', async (c) => {
    const person = signedIn(c)
    const id = readId(c)
    allow(mayEditServer(person, await standingOf(c, id, person)), 'Only its owner and its members change a server.')
    const { gameType, ...values } = await readBody(c, ServerChange)
    const changes = { ...values, ...(gameType === undefined ? {} : { game_type: gameType }) }
    const names = Object.keys(changes)
    if (names.length === 0) throw new Refusal('invalid', 'Nothing to change was given.')
    const change = () =>
      audited(c, 'server.update', async (trx) => {
        await trx
          .updateTable('server')
          .set({ ...changes, updated_at: new Date() })
          .where('id', '=', id)
          .execute()
        return { answer: null, subject: `server ${id}: ${names.join(', ')}` }
      })
    await orConflict(change, isNameTaken(c.get('services').db, values.name, id), nameTaken)
    return c.json({ server: await readServer(c, id, person) })
  })
  .delete('/:id', async (c) => {
    const person = signedIn(c)
    const id = readId(c)
    allow(mayDeleteServer(person, await standingOf(c, id, person)), 'Only its owner deletes a server.')
    await audited(c, 'server.delete', async (trx) => {
      await trx.deleteFrom('server').where('id', '=', id).execute()
      return { answer: null, subject: `server ${id}` }
    })
    return c.body(null, 204)
  })
