/** owned-sequences */
import type { Operations } from 'aludel'
import { integer } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.renameColumn('bill', 'number', 'no')
  op.renameTable('bill', 'invoice')
  op.dropColumn('invoice', 'other')
  op.dropTable('note')
  op.alterSequence('numbers', { ownedBy: null })
  op.alterSequence('free', { ownedBy: { table: { namespace: null, name: 'invoice' }, column: 'no' } })
}

export function downgrade(op: Operations) {
  op.alterSequence('free', { ownedBy: null })
  op.alterSequence('numbers', { ownedBy: { table: { namespace: null, name: 'invoice' }, column: 'no' } })
  op.createSequence('notes')
  op.createTable('note', {
    id: integer().primaryKey(),
  })
  op.alterSequence('notes', { ownedBy: { table: { namespace: null, name: 'note' }, column: 'id' } })
  op.createSequence('others')
  op.addColumn('invoice', 'other', integer())
  op.alterSequence('others', { ownedBy: { table: { namespace: null, name: 'invoice' }, column: 'other' } })
  op.renameTable('invoice', 'bill')
  op.renameColumn('bill', 'no', 'number')
}
