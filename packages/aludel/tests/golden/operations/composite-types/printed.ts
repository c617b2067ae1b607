/** composite-types */
import type { Operations } from 'aludel'
import { bigint, integer, string, text } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createCompositeType('point3', { x: integer(), y: integer(), 'the z': text().collate('C') })
  op.alterCompositeType('address', { drop: ['town'], alter: { number: bigint() }, add: { code: string(10) } })
  op.dropCompositeType('gone')
  op.dropCompositeType('never_there', { ifExists: true })
}

export function downgrade(op: Operations) {
  op.createCompositeType('gone', { x: integer() })
  op.alterCompositeType('address', { drop: ['code'], alter: { number: integer() }, add: { town: text() } })
  op.dropCompositeType('point3')
}
