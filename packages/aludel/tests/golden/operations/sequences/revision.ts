// Sequences: made, changed, renamed and dropped.

import type { Operations } from '../../../../src/index.ts'

export const cannot = { sqlite: 'It has none.' }

export function before(op: Operations) {
  op.createSequence('plain')
  op.createSequence('every kind', { start: 20, increment: 5, minValue: 10, maxValue: 1000, cache: 7, cycle: true })
  op.createSequence('gone', { increment: -1, maxValue: 100 })
}

export function upgrade(op: Operations) {
  op.createSequence('numbers')
  op.createSequence('down', { increment: -2, minValue: -1000, maxValue: 9007199254740993n, start: 50 })
  op.createSequence('plain', { ifNotExists: true })
  op.alterSequence('plain', { start: 3, increment: 2, minValue: -5, maxValue: 99, cache: 5, cycle: true })
  op.alterSequence('every kind', { minValue: null, maxValue: null, cache: null, cycle: false })
  op.renameSequence('every kind', 'some kinds')
  op.dropSequence('gone')
  op.dropSequence('never there', { ifExists: true })
}
