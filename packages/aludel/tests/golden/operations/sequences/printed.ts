/** sequences */
import type { Operations } from 'aludel'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createSequence('numbers')
  op.createSequence('down', { start: 50, increment: -2, minValue: -1000, maxValue: 9007199254740993n })
  op.createSequence('plain', { ifNotExists: true })
  op.alterSequence('plain', { start: 3, increment: 2, minValue: -5, maxValue: 99, cache: 5, cycle: true })
  op.alterSequence('every kind', { minValue: null, maxValue: null, cache: null, cycle: false })
  op.renameSequence('every kind', 'some kinds')
  op.dropSequence('gone')
  op.dropSequence('never there', { ifExists: true })
}

export function downgrade(op: Operations) {
  op.createSequence('gone', { increment: -1, maxValue: 100 })
  op.renameSequence('some kinds', 'every kind')
  op.alterSequence('every kind', { minValue: 10, maxValue: 1000, cache: 7, cycle: true })
  op.alterSequence('plain', { start: 1, increment: 1, minValue: null, maxValue: null, cache: null, cycle: false })
  op.dropSequence('down')
  op.dropSequence('numbers')
}
