/** add-column-with-keys */
import type { Operations } from 'aludel'
import { integer, string } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.addColumn('user', 'team_id', integer())
  op.createForeignKey('fk_user_team_id_team', 'user', 'team', ['team_id'], ['id'], { onDelete: 'cascade' })
  op.addColumn('user', 'code', string(10))
  op.createUniqueConstraint('uq_user_code', 'user', ['code'])
}

export function downgrade(op: Operations) {
  op.dropConstraint('uq_user_code', 'user', { type: 'unique' })
  op.dropColumn('user', 'code')
  op.dropConstraint('fk_user_team_id_team', 'user', { type: 'foreignKey' })
  op.dropColumn('user', 'team_id')
}
