/** many-changes */
import type { Operations } from 'aludel'
import { sql, string, text } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.addColumn('user', 'bio', text())
  op.alterColumn('user', 'name', { type: string(40), nullable: false })
  op.dropColumn('user', 'old')
  op.dropConstraint('ck_age', 'user', { type: 'check' })
  op.createCheckConstraint('ck_age', 'user', sql`age > 17`)
  op.dropIndex('ix_name', 'user')
  op.createIndex('ix_both', 'user', ['name', 'age'])
  op.renameColumn('user', 'age', 'years')
}

export function downgrade(op: Operations) {
  op.renameColumn('user', 'years', 'age')
  op.dropIndex('ix_both', 'user')
  op.createIndex('ix_name', 'user', ['name'])
  op.dropConstraint('ck_age', 'user', { type: 'check' })
  op.createCheckConstraint('ck_age', 'user', sql`age > 0`)
  op.addColumn('user', 'old', text())
  op.alterColumn('user', 'name', { type: string(20), nullable: true })
  op.dropColumn('user', 'bio')
}
