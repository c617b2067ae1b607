// The audit log: who changed what, written in the transaction of the change.

import { Hono } from 'hono'
import { isModerator } from '../access.ts'
import type { Db } from '../database/queries.ts'
import type { Environment, Request } from './context.ts'
import { readPage } from './input.ts'
import { allow } from './refusals.ts'
import { signedIn } from './sessions.ts'

export type Action =
  `${'user' | 'server' | 'member' | 'category' | 'thread' | 'post'}.${'create' | 'update' | 'delete'}`

/** Does the work in a transaction, and notes it there: both happen, or neither. */
export function audited<T>(
  c: Request,
  action: Action,
  work: (trx: Db) => Promise<{ readonly answer: T; readonly subject: string; readonly actorId?: number | null }>,
): Promise<T> {
  return c
    .get('services')
    .db.transaction()
    .execute(async (trx) => {
      const { answer, subject, actorId = c.get('person')?.id ?? null } = await work(trx)
      const address = c.env?.incoming?.socket?.remoteAddress ?? null
      await trx
        .insertInto('audit_log')
        .values({ actor_id: actorId, action, subject: subject.slice(0, 255), ip_address: address })
        .execute()
      return answer
    })
}

export const audit = new Hono<Environment>().get('/', async (c) => {
  allow(isModerator(signedIn(c)), 'Only moderators read the audit log.')
  const { limit, offset } = readPage(c)
  const entries = await c
    .get('services')
    .db.selectFrom('audit_log')
    .leftJoin('user', 'user.id', 'audit_log.actor_id')
    .select(['audit_log.id', 'audit_log.action', 'audit_log.subject', 'audit_log.ip_address as ipAddress'])
    .select(['audit_log.actor_id as actorId', 'user.email as actorEmail', 'audit_log.created_at as createdAt'])
    .orderBy('audit_log.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
  return c.json({ entries })
})
