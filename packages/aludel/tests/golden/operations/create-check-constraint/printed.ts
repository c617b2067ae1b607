/** create-check-constraint */
import type { Operations } from 'aludel'
import { name, sql } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createCheckConstraint('ck_age', 'user', sql`${name('age')} >= ${18}`)
  op.createCheckConstraint('ck_status', 'user', sql`status <> 'it''s'`)
}

export function downgrade(op: Operations) {
  op.dropConstraint('ck_status', 'user', { type: 'check' })
  op.dropConstraint('ck_age', 'user', { type: 'check' })
}
