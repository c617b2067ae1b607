/** batch-alter-table */
import type { Operations } from 'aludel'
import { sql, string, text } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.addColumn('user', 'email', string(50))
  op.alterColumn('user', 'name', { nullable: false })
  op.dropColumn('user', 'old')
  op.createIndex('ix_name', 'user', ['name'])
  op.createUniqueConstraint('uq_email', 'user', ['email'])
  op.createForeignKey('fk_team', 'user', 'team', ['team_id'], ['id'])
  op.createCheckConstraint('ck_name', 'user', sql`length(name) > 1`)
}

export function downgrade(op: Operations) {
  op.dropConstraint('ck_name', 'user', { type: 'check' })
  op.dropConstraint('fk_team', 'user', { type: 'foreignKey' })
  op.dropConstraint('uq_email', 'user', { type: 'unique' })
  op.dropIndex('ix_name', 'user')
  op.addColumn('user', 'old', text())
  op.alterColumn('user', 'name', { nullable: true })
  op.dropColumn('user', 'email')
}
