/** Add server memberships */
import type { Operations } from 'aludel'
import { check, foreignKey, integer, now, primaryKey, sql, string, timestamptz } from 'aludel/schema'

export const revision = 'c4d97e05b2f8'
export const downRevision = '2b6e84f1c7a0'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-01-22T10:05:00Z'

export function upgrade(op: Operations) {
  op.createTable(
    'server_user',
    {
      server_id: integer().notNull(),
      user_id: integer().notNull(),
      role: string(32).notNull().default('member'),
      created_at: timestamptz().notNull().default(now()),
    },
    (t) => [
      primaryKey([t.server_id, t.user_id], 'pk_server_user'),
      foreignKey(['server_id'], 'server', ['id'], { name: 'fk_server_user_server_id_server', onDelete: 'cascade' }),
      foreignKey(['user_id'], 'user', ['id'], { name: 'fk_server_user_user_id_user', onDelete: 'cascade' }),
      check('ck_server_user_role', sql`role IN ('member', 'admin')`),
    ],
  )
}

export function downgrade(op: Operations) {
  op.dropTable('server_user')
}
