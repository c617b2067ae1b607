/** comments */
import type { Operations } from 'aludel'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.comment({ index: 'ix_user_email', on: 'user' }, 'Who\'s who')
  op.comment({ constraint: 'pk_user', on: 'user' }, 'One row a user')
  op.comment({ type: 'mood' }, 'How they are')
  op.comment({ function: 'one', arguments: 'integer' }, 'Always one')
  op.comment({ sequence: 'ticket' }, null)
}

export function downgrade(op: Operations) {
  op.comment({ sequence: 'ticket' }, 'Numbers of tickets')
  op.comment({ function: 'one', arguments: 'integer' }, null)
  op.comment({ type: 'mood' }, null)
  op.comment({ constraint: 'pk_user', on: 'user' }, null)
  op.comment({ index: 'ix_user_email', on: 'user' }, null)
}
