/** bulk-insert */
import type { Operations } from 'aludel'
import { name, sql } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.bulkInsert('user', [
    { id: 1, name: 'it\'s', is_active: true, balance: '1.50', made_at: new Date('2026-11-23T10:00:00.123Z') },
    { id: 2, name: 'back\\slash; "quoted"', is_active: false, picture: Uint8Array.from([0, 255]), note: null },
    { id: 3, note: 'line\nbreak :x ? $1 %s' },
  ])
}

export function downgrade(op: Operations) {
  op.execute(sql`DELETE FROM ${name('user')} WHERE ${name('id')} = ${1}`)
  op.execute(sql`DELETE FROM ${name('user')} WHERE ${name('id')} = ${2}`)
  op.execute(sql`DELETE FROM ${name('user')} WHERE ${name('id')} = ${3}`)
}
