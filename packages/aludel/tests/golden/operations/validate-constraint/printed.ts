/** validate-constraint */
import type { Operations } from 'aludel'
import { sql } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createCheckConstraint('ck_age', 'user', sql`age > 0`, { notValid: true })
  op.createForeignKey('fk_team', 'user', 'team', ['team_id'], ['id'], { notValid: true })
  op.validateConstraint('ck_age', 'user')
  op.validateConstraint('fk_team', 'user')
}

export function downgrade(op: Operations) {
  op.alterConstraint('fk_team', 'user', { notValid: true })
  op.alterConstraint('ck_age', 'user', { notValid: true })
  op.dropConstraint('fk_team', 'user', { type: 'foreignKey' })
  op.dropConstraint('ck_age', 'user', { type: 'check' })
}
