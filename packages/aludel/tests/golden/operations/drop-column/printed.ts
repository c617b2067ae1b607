/** drop-column */
import type { Operations } from 'aludel'
import { integer } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.dropConstraint('uq_age', 'user', { type: 'unique' })
  op.dropIndex('ix_both', 'user')
  op.dropColumn('user', 'age')
  op.dropColumn('user', 'none', { ifExists: true })
}

export function downgrade(op: Operations) {
  op.addColumn('user', 'age', integer())
  op.createIndex('ix_both', 'user', ['email', 'age'])
  op.createUniqueConstraint('uq_age', 'user', ['age'])
}
