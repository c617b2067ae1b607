/** Track post edits */
import type { Operations } from 'aludel'
import { timestamptz } from 'aludel/schema'

export const revision = '47b0e3d6f8c2'
export const downRevision = 'a26d4be9c071'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-07-01T18:26:00Z'

export function upgrade(op: Operations) {
  op.addColumn('forum_post', 'edited_at', timestamptz())
}

export function downgrade(op: Operations) {
  op.dropColumn('forum_post', 'edited_at')
}
