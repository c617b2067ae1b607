/** enum-value-used */
import type { Operations } from 'aludel'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.addEnumValue('user_role', 'guest', { columns: [{ table: 'user', column: 'role' }] })
  op.alterColumn('user', 'role', { default: 'guest' })
}

export function downgrade(op: Operations) {
  op.alterColumn('user', 'role', { default: 'member' })
  op.setEnumValues('user_role', ['member'], [{ table: 'user', column: 'role' }])
}
