/** create-primary-key */
import type { Operations } from 'aludel'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createPrimaryKey('pk_of_pair', 'pair', ['a', 'b'])
  op.createPrimaryKey('pk_single', 'single', ['code'])
}

export function downgrade(op: Operations) {
  op.dropConstraint('pk_single', 'single', { type: 'primaryKey' })
  op.alterColumn('single', 'code', { nullable: true })
  op.dropConstraint('pk_of_pair', 'pair', { type: 'primaryKey' })
  op.alterColumn('pair', 'b', { nullable: true })
}
