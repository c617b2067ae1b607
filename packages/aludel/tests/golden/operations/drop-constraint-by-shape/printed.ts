/** drop-constraint-by-shape */
import type { Operations } from 'aludel'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.dropConstraint({ foreignKey: ['team_id'] }, 'user')
  op.dropConstraint({ unique: ['age'] }, 'user')
}

export function downgrade(op: Operations) {
  op.createUniqueConstraint('uq', 'user', ['age'])
  op.createForeignKey('fk', 'user', 'team', ['team_id'], ['id'])
}
