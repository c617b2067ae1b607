/** create-foreign-key */
import type { Operations } from 'aludel'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createForeignKey('fk_team', 'user', 'team', ['team_id'], ['id'], { onDelete: 'cascade', onUpdate: 'restrict' })
  op.createForeignKey('fk_user_land_code_team', 'user', 'team', ['land', 'code'], ['land', 'code'], { onDelete: 'set null' })
}

export function downgrade(op: Operations) {
  op.dropConstraint('fk_user_land_code_team', 'user', { type: 'foreignKey' })
  op.dropConstraint('fk_team', 'user', { type: 'foreignKey' })
}
