// Who else may touch a server: its members, kept by its owner and its admins.

import { Hono } from 'hono'
import { mayEditServer, mayManageMembers } from '../access.ts'
import { audited } from './audit.ts'
import type { Environment } from './context.ts'
import { Membership, readBody, readId } from './input.ts'
import { allow, found, orConflict, Refusal } from './refusals.ts'
import { standingOf } from './servers.ts'
import { signedIn } from './sessions.ts'

export const members = new Hono<Environment>()
  .get('/:id/members', async (c) => {
    const person = signedIn(c)
    const serverId = readId(c)
    allow(
      mayEditServer(person, await standingOf(c, serverId, person)),
      'Only its owner and its members see who belongs to a server.',
    )
    const rows = await c
      .get('services')
      .db.selectFrom('server_user')
      .innerJoin('user', 'user.id', 'server_user.user_id')
      .select(['user.id as userId', 'user.first_name as firstName', 'user.last_name as lastName', 'server_user.role'])
      .where('server_user.server_id', '=', serverId)
      .orderBy('user.id')
      .execute()
    return c.json({ members: rows })
  })
  .put('/:id/members/:userId', async (c) => {
    const person = signedIn(c)
    const serverId = readId(c)
    const standing = await standingOf(c, serverId, person)
    allow(mayManageMembers(person, standing), 'Only the owner and the admins of a server choose its members.')
    const userId = readId(c, 'userId')
    const { role } = await readBody(c, Membership)
    if (userId === standing.ownerId) throw new Refusal('conflict', 'The owner needs no membership.')
    const { db } = c.get('services')
    found(await db.selectFrom('user').select('id').where('id', '=', userId).executeTakeFirst(), 'user')
    const row = { server_id: serverId, user_id: userId }
    const isMember = async () =>
      (await db
        .selectFrom('server_user')
        .select('role')
        .where('server_id', '=', serverId)
        .where('user_id', '=', userId)
        .executeTakeFirst()) !== undefined
    const put = () =>
      audited(c, 'member.update', async (trx) => {
        const mine = trx
          .selectFrom('server_user')
          .select('role')
          .where('server_id', '=', serverId)
          .where('user_id', '=', userId)
        if ((await mine.executeTakeFirst()) === undefined) {
          await trx
            .insertInto('server_user')
            .values({ ...row, role })
            .execute()
        } else {
          await trx
            .updateTable('server_user')
            .set({ role })
            .where('server_id', '=', serverId)
            .where('user_id', '=', userId)
            .execute()
        }
        return { answer: null, subject: `server ${serverId}, user ${userId}: ${role}` }
      })
    await orConflict(put, isMember, 'Somebody else made this user a member at the same time. Try again.')
    return c.json({ member: { userId, role } })
  })
  .delete('/:id/members/:userId', async (c) => {
    const person = signedIn(c)
    const serverId = readId(c)
    const userId = readId(c, 'userId')
    const standing = await standingOf(c, serverId, person)
    const leaves = person.id === userId && standing.membership !== null
    allow(leaves || mayManageMembers(person, standing), 'Only the owner and the admins of a server choose its members.')
    await audited(c, 'member.delete', async (trx) => {
      const { numDeletedRows } = await trx
        .deleteFrom('server_user')
        .where('server_id', '=', serverId)
        .where('user_id', '=', userId)
        .executeTakeFirstOrThrow()
      found(numDeletedRows === 0n ? undefined : true, 'member')
      return { answer: null, subject: `server ${serverId}, user ${userId}` }
    })
    return c.body(null, 204)
  })
