/** Add user security fields */
import type { Operations } from 'aludel'
import { boolean, string, text } from 'aludel/schema'

export const revision = 'dc4e5affd5bc'
export const downRevision = '3fd9eaf414fb'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2025-11-21T08:30:00Z'

export function upgrade(op: Operations) {
  op.addColumn('user', 'totp_secret', string(32))
  op.addColumn('user', 'totp_enabled', boolean().notNull().default(false))
  op.addColumn('user', 'backup_codes', text())
}

export function downgrade(op: Operations) {
  op.dropColumn('user', 'backup_codes')
  op.dropColumn('user', 'totp_enabled')
  op.dropColumn('user', 'totp_secret')
}
