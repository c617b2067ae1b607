/** create-table-exclude */
import type { Operations } from 'aludel'
import { exclude, integer, sql, string } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createTable('seat', {
    id: integer().identity().primaryKey(),
    room: string(20),
    place: integer(),
  }, (t) => [
    exclude('ex_seat', [[t.room, '='], [t.place, '=']], { using: 'btree', where: sql`place > 0` }),
  ])
}

export function downgrade(op: Operations) {
  op.dropTable('seat')
}
