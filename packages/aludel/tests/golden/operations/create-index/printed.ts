/** create-index */
import type { Operations } from 'aludel'
import { desc } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createIndex('ix_email', 'user', ['email'])
  op.createIndex('ix_user_team_id_email', 'user', ['team_id', 'email'], { unique: true })
  op.createIndex('ix_team', 'user', ['team_id', desc('id')], { postgres: { using: 'btree', include: ['email'], concurrently: false, nullsNotDistinct: false, operatorClasses: {}, with: { fillfactor: '70' } } })
}

export function downgrade(op: Operations) {
  op.dropIndex('ix_team', 'user')
  op.dropIndex('ix_user_team_id_email', 'user')
  op.dropIndex('ix_email', 'user')
}
