/** enum-values */
import type { Operations } from 'aludel'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.addEnumValue('user_role', 'guest', { columns: [{ table: 'user', column: 'role' }] })
  op.addEnumValue('user_role', 'owner', { before: 'member', ifNotExists: true, columns: [{ table: 'user', column: 'role' }] })
  op.addEnumValue('user_role', 'back\\slash; --', { after: 'member', columns: [{ table: 'user', column: 'role' }] })
  op.renameEnumValue('user_role', 'it\'s', 'it "is"', { columns: [{ table: 'user', column: 'role' }] })
  op.setEnumValues('user_role', ['owner', 'guest'], [{ table: 'user', column: 'role' }], { replace: { member: 'guest', 'it "is"': 'owner' } })
}

export function downgrade(op: Operations) {
  op.alterColumn('user', 'role', { default: null })
  op.setEnumValues('user_role', ['owner', 'member', 'back\\slash; --', 'it "is"', 'guest'], [{ table: 'user', column: 'role' }])
  op.alterColumn('user', 'role', { default: 'member' })
  op.renameEnumValue('user_role', 'it "is"', 'it\'s', { columns: [{ table: 'user', column: 'role' }] })
  op.setEnumValues('user_role', ['owner', 'member', 'it\'s', 'guest'], [{ table: 'user', column: 'role' }])
  op.setEnumValues('user_role', ['member', 'it\'s', 'guest'], [{ table: 'user', column: 'role' }])
  op.setEnumValues('user_role', ['member', 'it\'s'], [{ table: 'user', column: 'role' }])
}
