/** alter-column-type */
import type { Operations } from 'aludel'
import { bigint, integer, sql, string, text } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.alterColumn('user', 'age', { type: integer(), default: 1, using: sql`CAST(age AS decimal(10))` })
  op.alterColumn('user', 'note', { type: text() })
  op.alterColumn('user', 'size', { type: bigint() })
}

export function downgrade(op: Operations) {
  op.alterColumn('user', 'size', { type: integer() })
  op.alterColumn('user', 'note', { type: string(20) })
  op.alterColumn('user', 'age', { type: string(10), default: '1' })
}
