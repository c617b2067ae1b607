/** Create audit log */
import type { Operations } from 'aludel'
import { foreignKey, integer, now, string, timestamptz } from 'aludel/schema'

export const revision = 'e80c5d42f91a'
export const downRevision = '91e3a7b6c0d5'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-02-17T08:51:00Z'

export function upgrade(op: Operations) {
  op.createTable(
    'audit_log',
    {
      id: integer().identity().primaryKey(),
      actor_id: integer(),
      action: string(64).notNull(),
      subject: string(255).notNull(),
      ip_address: string(45),
      created_at: timestamptz().notNull().default(now()),
    },
    () => [foreignKey(['actor_id'], 'user', ['id'], { name: 'fk_audit_log_actor_id_user', onDelete: 'set null' })],
  )
}

export function downgrade(op: Operations) {
  op.dropTable('audit_log')
}
