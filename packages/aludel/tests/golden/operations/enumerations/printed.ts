/** enumerations */
import type { Operations } from 'aludel'
import { enumeration } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.setEnumValues('user_role', ['guest', 'member', 'it\'s'], [{ table: 'user', column: 'role' }])
  op.setEnumValues('user_role', ['member', 'guest'], [{ table: 'user', column: 'role' }])
  op.addColumn('user', 'second', enumeration('user_role', ['member', 'guest']))
  op.addColumn('user', 'mood', enumeration('user_mood', ['good', 'bad']))
}

export function downgrade(op: Operations) {
  op.dropColumn('user', 'mood')
  op.dropEnum('user_mood')
  op.dropColumn('user', 'second')
  op.setEnumValues('user_role', ['guest', 'member', 'it\'s'], [{ table: 'user', column: 'role' }])
  op.setEnumValues('user_role', ['member', 'it\'s'], [{ table: 'user', column: 'role' }])
}
