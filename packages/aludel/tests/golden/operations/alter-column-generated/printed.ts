/** alter-column-generated */
import type { Operations } from 'aludel'
import { sql } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.alterColumn('item', 'double', { generated: { expression: sql`price * 20`, stored: true } })
  op.alterColumn('item', 'kept', { generated: null })
}

export function downgrade(op: Operations) {
  op.alterColumn('item', 'kept', { generated: { expression: sql`price + 1`, stored: true } })
  op.alterColumn('item', 'double', { generated: { expression: sql`price * 2`, stored: true } })
}
