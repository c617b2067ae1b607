/** Add server description and settings */
import type { Operations } from 'aludel'
import { json, string } from 'aludel/schema'

export const revision = 'f19c70a5e8b3'
export const downRevision = '3f2a9c1b7d04'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-05-20T12:18:00Z'

export function upgrade(op: Operations) {
  op.addColumn('server', 'description', string(512))
  op.addColumn('server', 'settings', json())
}

export function downgrade(op: Operations) {
  op.dropColumn('server', 'settings')
  op.dropColumn('server', 'description')
}
