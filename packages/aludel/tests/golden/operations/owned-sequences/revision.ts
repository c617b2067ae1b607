// Sequences that belong to a column: they go with it, follow its name, and come back with it.

import type { Operations } from '../../../../src/index.ts'
import { integer } from '../../../../src/schema/index.ts'

export const cannot = { sqlite: 'It has no sequences.', mysql: 'Its sequences belong to nothing.' }

export function before(op: Operations) {
  op.createTable('bill', { id: integer().primaryKey(), number: integer(), other: integer() })
  op.createTable('note', { id: integer().primaryKey() })
  op.createSequence('numbers', { ownedBy: { table: 'bill', column: 'number' } })
  op.createSequence('others', { ownedBy: { table: 'bill', column: 'other' } })
  op.createSequence('notes', { ownedBy: { table: 'note', column: 'id' } })
  op.createSequence('free')
}

export function upgrade(op: Operations) {
  op.renameColumn('bill', 'number', 'no')
  op.renameTable('bill', 'invoice')
  op.dropColumn('invoice', 'other')
  op.dropTable('note')
  op.alterSequence('numbers', { ownedBy: null })
  op.alterSequence('free', { ownedBy: { table: 'invoice', column: 'no' } })
}
