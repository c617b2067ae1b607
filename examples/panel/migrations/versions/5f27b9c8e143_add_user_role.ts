/** Add user role */
import type { Operations } from 'aludel'
import { sql, string } from 'aludel/schema'

export const revision = '5f27b9c8e143'
export const downRevision = 'e80c5d42f91a'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-03-02T16:30:00Z'

export function upgrade(op: Operations) {
  op.addColumn('user', 'role', string(32).notNull().default('member'))
  op.createCheckConstraint('ck_user_role', 'user', sql`role IN ('member', 'moderator')`)
}

export function downgrade(op: Operations) {
  op.dropConstraint('ck_user_role', 'user')
  op.dropColumn('user', 'role')
}
