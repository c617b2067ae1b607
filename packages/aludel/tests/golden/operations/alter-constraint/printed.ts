/** alter-constraint */
import type { Operations } from 'aludel'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.alterConstraint('fk_team', 'user', { deferrable: true, initially: 'deferred' })
  op.alterConstraint('ck_age', 'user', { notValid: true })
}

export function downgrade(op: Operations) {
  op.alterConstraint('ck_age', 'user', { notValid: false })
  op.alterConstraint('fk_team', 'user', { deferrable: false })
}
