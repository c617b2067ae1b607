/** unique-include */
import type { Operations } from 'aludel'
import { asc, desc, integer, unique } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createUniqueConstraint('uq_name', 'task', ['name'], { include: ['rank', 'note'] })
  op.createTable('other', {
    rank: integer(),
    'no"te': integer(),
  }, (t) => [
    unique('uq_rank').on(t.rank).with({ nullsNotDistinct: true, include: ['no"te'] }),
  ])
  op.createIndex('ix_native', 'task', [asc('rank', { nulls: 'first' }), desc('name', { nulls: 'last' })])
  op.renameColumn('task', 'rank', 'place')
}

export function downgrade(op: Operations) {
  op.renameColumn('task', 'place', 'rank')
  op.dropIndex('ix_native', 'task')
  op.dropTable('other')
  op.dropConstraint('uq_name', 'task', { type: 'unique' })
}
