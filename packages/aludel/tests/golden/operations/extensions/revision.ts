// Extensions come and go; one that is there already is no matter, nor is one that is not.

import type { Operations } from '../../../../src/index.ts'

export const cannot = { sqlite: 'It has no extensions.', mysql: 'It has no extensions.' }

export function before(op: Operations) {
  op.createNamespace('tools')
  op.createExtension('citext')
  op.createExtension('hstore', { namespace: 'tools', version: '1.6' })
}

export function upgrade(op: Operations) {
  op.createExtension('btree_gist', { namespace: 'tools', version: '1.6' })
  op.createExtension('citext', { ifNotExists: true })
  op.createExtension('pg_trgm', { ifNotExists: true })
  op.dropExtension('hstore')
  op.dropExtension('none', { ifExists: true })
}
