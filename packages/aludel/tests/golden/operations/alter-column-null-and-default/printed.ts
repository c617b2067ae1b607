/** alter-column-null-and-default */
import type { Operations } from 'aludel'
import { now, sql } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.alterColumn('user', 'status', { nullable: false, default: 'it\'s new' })
  op.alterColumn('user', 'age', { nullable: true, default: null })
  op.alterColumn('user', 'size', { default: sql`1 + 1` })
  op.alterColumn('user', 'made_at', { default: now() })
}

export function downgrade(op: Operations) {
  op.alterColumn('user', 'made_at', { default: null })
  op.alterColumn('user', 'size', { default: 1 })
  op.alterColumn('user', 'age', { nullable: false, default: 18 })
  op.alterColumn('user', 'status', { nullable: true, default: null })
}
