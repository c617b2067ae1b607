/** create-index-on-expression */
import type { Operations } from 'aludel'
import { name, sql } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createIndex('ix_lower', 'user', [sql`lower(${name('email')})`], { unique: true })
  op.createIndex('ix_live', 'user', ['email'], { where: sql`status = ${'live'}` })
}

export function downgrade(op: Operations) {
  op.dropIndex('ix_live', 'user')
  op.dropIndex('ix_lower', 'user')
}
