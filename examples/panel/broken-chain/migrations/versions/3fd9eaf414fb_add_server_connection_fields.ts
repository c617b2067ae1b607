/** Add server connection fields */
import type { Operations } from 'aludel'
import { integer, string } from 'aludel/schema'

export const revision = '3fd9eaf414fb'
export const downRevision = 'bbda3883b503'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2025-11-19T14:20:00Z'

export function upgrade(op: Operations) {
  op.addColumn('server', 'host', string(128))
  op.addColumn('server', 'port', integer())
  op.addColumn('server', 'rcon_password', string(128))
}

export function downgrade(op: Operations) {
  op.dropColumn('server', 'rcon_password')
  op.dropColumn('server', 'port')
  op.dropColumn('server', 'host')
}
