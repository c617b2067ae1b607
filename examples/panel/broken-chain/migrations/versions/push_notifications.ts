/** Add push notifications */
import type { Operations } from 'aludel'
import { foreignKey, integer, now, string, timestamptz, unique } from 'aludel/schema'

export const revision = 'push_notifications'
export const downRevision = 'oauth_fields'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2025-12-09T12:00:00Z'

export function upgrade(op: Operations) {
  op.createTable(
    'notification_subscription',
    {
      id: integer().identity().primaryKey(),
      user_id: integer().notNull(),
      endpoint: string(500).notNull(),
      p256dh: string(128).notNull(),
      auth: string(64).notNull(),
      created_at: timestamptz().notNull().default(now()),
    },
    (t) => [
      unique('uq_notification_subscription_endpoint').on(t.endpoint),
      foreignKey(['user_id'], 'user', ['id'], {
        name: 'fk_notification_subscription_user_id_user',
        onDelete: 'cascade',
      }),
    ],
  )
}

export function downgrade(op: Operations) {
  op.dropTable('notification_subscription')
}
