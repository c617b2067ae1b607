/** extensions */
import type { Operations } from 'aludel'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createExtension('btree_gist', { namespace: 'tools', version: '1.6' })
  op.createExtension('citext', { ifNotExists: true })
  op.createExtension('pg_trgm', { ifNotExists: true })
  op.dropExtension('hstore')
  op.dropExtension('none', { ifExists: true })
}

export function downgrade(op: Operations) {
  op.createExtension('hstore', { namespace: 'tools', version: '1.6' })
  op.dropExtension('pg_trgm', { ifExists: true })
  op.dropExtension('btree_gist')
}
