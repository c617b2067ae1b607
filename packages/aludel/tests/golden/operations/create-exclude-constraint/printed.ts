/** create-exclude-constraint */
import type { Operations } from 'aludel'
import { sql } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createExcludeConstraint('ex_during', 'booking', [['during', '&&']])
  op.createExcludeConstraint('ex_span', 'booking', [[sql`int4range(since, until)`, '&&']], { where: sql`cancelled = false`, deferrable: true, initially: 'deferred' })
  op.createExcludeConstraint('ex_kept', 'booking', [['during', '&&']], { include: ['room', 'since'], with: { fillfactor: '70' }, where: sql`NOT cancelled`, deferrable: true, initially: 'immediate' })
  op.createExcludeConstraint('ex_room', 'booking', [['room', '=', 'varchar_pattern_ops']], { using: 'btree' })
  op.renameConstraint('ex_room', 'booking', 'ex_one_room')
  op.renameColumn('booking', 'during', 'span')
  op.dropConstraint('ex_old', 'booking', { type: 'exclude' })
}

export function downgrade(op: Operations) {
  op.createExcludeConstraint('ex_old', 'booking', [['room', '='], ['since', '=']], { using: 'btree', where: sql`NOT cancelled` })
  op.renameColumn('booking', 'span', 'during')
  op.renameConstraint('ex_one_room', 'booking', 'ex_room', { type: 'exclude' })
  op.dropConstraint('ex_room', 'booking', { type: 'exclude' })
  op.dropConstraint('ex_kept', 'booking', { type: 'exclude' })
  op.dropConstraint('ex_span', 'booking', { type: 'exclude' })
  op.dropConstraint('ex_during', 'booking', { type: 'exclude' })
}
