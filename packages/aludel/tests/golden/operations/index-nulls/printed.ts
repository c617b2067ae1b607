/** index-nulls */
import type { Operations } from 'aludel'
import { asc, desc, index, integer, sql } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createIndex('ix_open', 'task', [asc('ended', { nulls: 'first' }), desc('rank', { nulls: 'last' })])
  op.createIndex('ix_said', 'task', [asc(sql`rank + 1`, { nulls: 'last' }), desc('rank', { nulls: 'first' }), 'id'])
  op.createTable('other', {
    rank: integer(),
  }, (t) => [
    index('ix_rank').on(desc(t.rank, { nulls: 'last' })),
  ])
}

export function downgrade(op: Operations) {
  op.dropTable('other')
  op.dropIndex('ix_said', 'task')
  op.dropIndex('ix_open', 'task')
}
