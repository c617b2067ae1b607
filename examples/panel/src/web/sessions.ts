// Signing in and out, and telling who asks.

import { Hono, type MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Db } from '../database/queries.ts'
import { isPassword, passwordMark } from '../passwords.ts'
import { readToken, signToken, tokenLife } from '../tokens.ts'
import type { Environment, Person, Request } from './context.ts'
import { Credentials, readBody } from './input.ts'
import { Refusal } from './refusals.ts'

const cookieName = 'panel_session'

/** Finds out who asks, from a bearer token or the cookie; a wrong bearer token is refused, a worn cookie is nobody. */
export const identify: MiddlewareHandler<Environment> = async (c, next) => {
  const header = c.req.header('authorization')
  const bearer = header === undefined ? null : (/^Bearer (\S+)$/i.exec(header)?.[1] ?? '')
  const token = bearer ?? getCookie(c, cookieName) ?? null
  const { db, settings } = c.get('services')
  const person = token === null ? null : await personOf(db, token, settings.secret)
  if (bearer !== null && person === null) throw new Refusal('unauthenticated', 'The token is not valid, or no longer.')
  c.set('person', person)
  await next()
}

async function personOf(db: Db, token: string, secret: string): Promise<Person | null> {
  const facts = await readToken(token, secret)
  if (facts === null) return null
  const row = await db
    .selectFrom('user')
    .select(['id', 'role', 'password_hash'])
    .where('id', '=', facts.userId)
    .where('is_active', '=', true)
    .executeTakeFirst()
  return row !== undefined && passwordMark(row.password_hash) === facts.mark ? { id: row.id, role: row.role } : null
}

/** Who asks; refuses where nobody is signed in. */
export function signedIn(c: Request): Person {
  const person = c.get('person')
  if (person === null) throw new Refusal('unauthenticated', 'Sign in first: POST /api/session.')
  return person
}

export async function startSession(
  c: Request,
  user: { readonly id: number; readonly passwordHash: string | null },
): Promise<string> {
  const { settings } = c.get('services')
  const token = await signToken({ userId: user.id, mark: passwordMark(user.passwordHash) }, settings.secret)
  setCookie(c, cookieName, token, {
    httpOnly: true,
    sameSite: 'Lax',
    secure: settings.secureCookies,
    path: '/',
    maxAge: tokenLife,
  })
  return token
}

export const sessions = new Hono<Environment>()
  .post('/', async (c) => {
    const { email, password } = await readBody(c, Credentials)
    const user = await c
      .get('services')
      .db.selectFrom('user')
      .select(['id', 'password_hash', 'is_active'])
      .where('email', '=', email)
      .executeTakeFirst()
    const isRight = await isPassword(password, user?.password_hash ?? null)
    if (user === undefined || !isRight || !user.is_active) {
      throw new Refusal('unauthenticated', 'E-mail address or password is wrong, or the account is suspended.')
    }
    const token = await startSession(c, { id: user.id, passwordHash: user.password_hash })
    return c.json({ token, userId: user.id })
  })
  .delete('/', (c) => {
    deleteCookie(c, cookieName, { path: '/' })
    return c.body(null, 204)
  })
