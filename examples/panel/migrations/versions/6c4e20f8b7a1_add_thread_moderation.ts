/** Add thread moderation */
import type { Operations } from 'aludel'
import { boolean } from 'aludel/schema'

export const revision = '6c4e20f8b7a1'
export const downRevision = 'b3a96c17e4d2'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-03-09T09:03:00Z'

export function upgrade(op: Operations) {
  op.addColumn('forum_thread', 'is_pinned', boolean().notNull().default(false))
  op.addColumn('forum_thread', 'is_locked', boolean().notNull().default(false))
}

export function downgrade(op: Operations) {
  op.dropColumn('forum_thread', 'is_locked')
  op.dropColumn('forum_thread', 'is_pinned')
}
