/** Create user table */
import type { Operations } from 'aludel'
import { boolean, integer, now, string, timestamptz, unique } from 'aludel/schema'

export const revision = '7a1f0c92d3b4'
export const downRevision = null
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-01-12T09:14:00Z'

export function upgrade(op: Operations) {
  op.createTable(
    'user',
    {
      id: integer().identity().primaryKey(),
      email: string(120).notNull(),
      first_name: string(80).notNull(),
      last_name: string(80).notNull(),
      password_hash: string(100).notNull(),
      is_active: boolean().notNull().default(true),
      created_at: timestamptz().notNull().default(now()),
    },
    (t) => [unique('uq_user_email').on(t.email)],
  )
}

export function downgrade(op: Operations) {
  op.dropTable('user')
}
