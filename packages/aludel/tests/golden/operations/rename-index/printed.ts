/** rename-index */
import type { Operations } from 'aludel'
import { sql } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.renameIndex('ix_name', 'team', 'ix_team_name')
  op.renameIndex('ix_unique', 'user', 'ux_user_email_age')
  op.createCheckConstraint('ck_age', 'user', sql`age > 0`)
  op.renameIndex('ix_age', 'user', 'ix_user_age')
}

export function downgrade(op: Operations) {
  op.renameIndex('ix_user_age', 'user', 'ix_age')
  op.dropConstraint('ck_age', 'user', { type: 'check' })
  op.renameIndex('ux_user_email_age', 'user', 'ix_unique')
  op.renameIndex('ix_team_name', 'team', 'ix_name')
}
