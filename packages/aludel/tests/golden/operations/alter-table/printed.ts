/** alter-table */
import type { Operations } from 'aludel'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.alterTable('event', { postgres: { unlogged: true }, sqlite: { strict: true, withoutRowid: true }, mysql: { charset: 'latin1', collation: null, engine: 'Aria' } })
  op.alterTable('note', { postgres: { unlogged: false }, sqlite: { strict: false }, mysql: { charset: null, collation: 'utf8mb4_bin', engine: null } })
  op.createTableComment('note', 'Notes')
}

export function downgrade(op: Operations) {
  op.dropTableComment('note')
  op.alterTable('note', { postgres: { unlogged: true }, mysql: { engine: 'MyISAM', charset: null, collation: 'latin1_bin' }, sqlite: { strict: true } })
  op.alterTable('event', { postgres: { unlogged: false }, mysql: { engine: null, charset: null, collation: null }, sqlite: { strict: false, withoutRowid: false } })
}
