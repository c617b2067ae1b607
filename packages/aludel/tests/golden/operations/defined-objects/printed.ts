/** defined-objects */
import type { Operations } from 'aludel'
import { sql } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createObject('rule', 'visits_stay', sql`CREATE RULE visits_stay AS ON DELETE TO visit DO INSTEAD NOTHING`, { on: 'visit' })
  op.createObject('type', 'span', sql`CREATE TYPE span AS RANGE (subtype = integer)`)
  op.dropObject('statistics', 'visit_towns')
  op.dropObject('rule', 'never_there', { on: 'visit', ifExists: true })
}

export function downgrade(op: Operations) {
  op.createObject('statistics', 'visit_towns', sql`CREATE STATISTICS visit_towns ON place, town FROM visit`)
  op.dropObject('type', 'span')
  op.dropObject('rule', 'visits_stay', { on: 'visit' })
}
