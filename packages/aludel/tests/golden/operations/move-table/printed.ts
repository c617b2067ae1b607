/** move-table */
import type { Operations } from 'aludel'
import { string } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.renameTable('user', { namespace: 'the \'app\'', name: 'user' })
  op.renameTable({ namespace: 'the \'app\'', name: 'team' }, { namespace: null, name: 'team' })
  op.renameTable('team', 'the team')
  op.addColumn({ namespace: 'the \'app\'', name: 'user' }, 'email', string(50))
}

export function downgrade(op: Operations) {
  op.dropColumn({ namespace: 'the \'app\'', name: 'user' }, 'email')
  op.renameTable('the team', 'team')
  op.renameTable('team', { namespace: 'the \'app\'', name: 'team' })
  op.renameTable({ namespace: 'the \'app\'', name: 'user' }, { namespace: null, name: 'user' })
}
