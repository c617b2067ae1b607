/** drop-table */
import type { Operations } from 'aludel'
import { integer, string } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.dropTable('note')
  op.dropTable('none', { ifExists: true })
}

export function downgrade(op: Operations) {
  op.createTable('note', {
    id: integer().identity().primaryKey(),
    title: string(40).notNull(),
  })
}
