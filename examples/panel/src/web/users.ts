// Accounts: anybody may open one, its owner keeps it, moderators suspend and promote.

import { Hono } from 'hono'
import { isModerator } from '../access.ts'
import { type Db, insertNumbered } from '../database/queries.ts'
import { hashPassword, isPassword } from '../passwords.ts'
import { audited } from './audit.ts'
import type { Environment, Person, Request } from './context.ts'
import { NewUser, readBody, readId, readPage, UserChange } from './input.ts'
import { allow, found, orConflict, Refusal } from './refusals.ts'
import { signedIn, startSession } from './sessions.ts'

const publicColumns = [
  'id',
  'first_name as firstName',
  'last_name as lastName',
  'role',
  'created_at as createdAt',
] as const
const privateColumns = ['email', 'status', 'oauth_provider as oauthProvider'] as const

const seesAll = (person: Person | null, id: number) => person?.id === id || isModerator(person)

async function readUser(c: Request, id: number) {
  const query = c.get('services').db.selectFrom('user').select(publicColumns).where('id', '=', id)
  const row = await (seesAll(c.get('person'), id) ? query.select(privateColumns) : query).executeTakeFirst()
  return found(row, 'user')
}

const isEmailTaken =
  (db: Db, email: string, but = 0) =>
  async () =>
    (await db.selectFrom('user').select('id').where('email', '=', email).where('id', '!=', but).executeTakeFirst()) !==
    undefined

export const users = new Hono<Environment>()
  .get('/', async (c) => {
    const { limit, offset } = readPage(c)
    const query = c.get('services').db.selectFrom('user').select(publicColumns)
    return c.json({ users: await query.orderBy('id').limit(limit).offset(offset).execute() })
  })
  .post('/', async (c) => {
    const { email, password, firstName, lastName } = await readBody(c, NewUser)
    const { db } = c.get('services')
    const passwordHash = await hashPassword(password)
    const values = { email, first_name: firstName, last_name: lastName, password_hash: passwordHash, status: 'active' }
    const open = () =>
      audited(c, 'user.create', async (trx) => {
        const id = await insertNumbered(trx, 'user', values)
        return { answer: id, subject: `user ${id}`, actorId: id }
      })
    const id = await orConflict(open, isEmailTaken(db, email), 'There is an account with this e-mail address.')
    const token = await startSession(c, { id, passwordHash })
    c.set('person', { id, role: 'member' })
    return c.json({ user: await readUser(c, id), token }, 201)
  })
  .get('/me', async (c) => c.json({ user: await readUser(c, signedIn(c).id) }))
  .get('/:id', async (c) => c.json({ user: await readUser(c, readId(c)) }))
  .patch('/:id', async (c) => {
    const person = signedIn(c)
    const id = readId(c)
    await readUser(c, id)
    const { email, firstName, lastName, password, role, status } = await readBody(c, UserChange)
    const own = [email, firstName, lastName, password].some((given) => given !== undefined)
    allow(!own || person.id === id, 'Only the owner of an account changes it.')
    const moderated = role !== undefined || status !== undefined
    allow(
      !moderated || (isModerator(person) && person.id !== id),
      'Only moderators change role and status, and not their own.',
    )
    const changes = {
      ...(email === undefined ? {} : { email }),
      ...(firstName === undefined ? {} : { first_name: firstName }),
      ...(lastName === undefined ? {} : { last_name: lastName }),
      ...(password === undefined ? {} : { password_hash: await newPassword(c, id, password) }),
      ...(role === undefined ? {} : { role }),
      // The older column is kept true to the newer one.
      ...(status === undefined ? {} : { status, is_active: status === 'active' }),
    }
    if (Object.keys(changes).length === 0) throw new Refusal('invalid', 'Nothing to change was given.')
    const change = () =>
      audited(c, 'user.update', async (trx) => {
        await trx.updateTable('user').set(changes).where('id', '=', id).execute()
        return { answer: null, subject: `user ${id}: ${Object.keys(changes).join(', ')}` }
      })
    const { db } = c.get('services')
    await orConflict(
      change,
      email === undefined ? async () => false : isEmailTaken(db, email, id),
      'There is an account with this e-mail address.',
    )
    // The old token ended with the old password.
    if (changes.password_hash !== undefined) await startSession(c, { id, passwordHash: changes.password_hash })
    return c.json({ user: await readUser(c, id) })
  })
  .delete('/:id', async (c) => {
    const person = signedIn(c)
    const id = readId(c)
    await readUser(c, id)
    allow(seesAll(person, id), 'Only its owner or a moderator closes an account.')
    const { db } = c.get('services')
    const ownsServers = async () =>
      (await db.selectFrom('server').select('id').where('owner_id', '=', id).executeTakeFirst()) !== undefined
    const close = () =>
      audited(c, 'user.delete', async (trx) => {
        await trx.deleteFrom('user').where('id', '=', id).execute()
        // Nobody is there any more to be named, where one closed one's own account.
        const gone = person.id === id ? { actorId: null } : {}
        return { answer: null, subject: `user ${id}`, ...gone }
      })
    await orConflict(close, ownsServers, 'This user owns servers. Delete them first.')
    return c.body(null, 204)
  })

async function newPassword(
  c: Request,
  id: number,
  password: { readonly current: string; readonly new: string },
): Promise<string> {
  const { db } = c.get('services')
  const row = found(await db.selectFrom('user').select('password_hash').where('id', '=', id).executeTakeFirst(), 'user')
  allow(await isPassword(password.current, row.password_hash), 'The current password is wrong.')
  return hashPassword(password.new)
}
