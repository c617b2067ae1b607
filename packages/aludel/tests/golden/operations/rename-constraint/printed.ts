/** rename-constraint */
import type { Operations } from 'aludel'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.renameConstraint('pk_team', 'team', 'pk_every_team')
  op.renameConstraint('fk_team', 'user', 'fk_user_team')
  op.renameConstraint('uq_both', 'user', 'uq_user_age_team')
  op.renameConstraint('ck_age', 'user', 'ck_user_age')
  op.renameConstraint('pk_given', 'user', 'pk_user', { type: 'primaryKey' })
}

export function downgrade(op: Operations) {
  op.renameConstraint('pk_user', 'user', 'pk_given', { type: 'primaryKey' })
  op.renameConstraint('ck_user_age', 'user', 'ck_age', { type: 'check' })
  op.renameConstraint('uq_user_age_team', 'user', 'uq_both', { type: 'unique' })
  op.renameConstraint('fk_user_team', 'user', 'fk_team', { type: 'foreignKey' })
  op.renameConstraint('pk_every_team', 'team', 'pk_team', { type: 'primaryKey' })
}
