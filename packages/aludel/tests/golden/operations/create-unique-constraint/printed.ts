/** create-unique-constraint */
import type { Operations } from 'aludel'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createUniqueConstraint('uq_email', 'user', ['email'])
  op.createUniqueConstraint('uq_user_team_id_email', 'user', ['team_id', 'email'])
}

export function downgrade(op: Operations) {
  op.dropConstraint('uq_user_team_id_email', 'user', { type: 'unique' })
  op.dropConstraint('uq_email', 'user', { type: 'unique' })
}
