// An index goes, and one that is not there is no matter.

import type { Operations } from '../../../../src/index.ts'
import { index, integer, string } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('user', { id: integer().identity().primaryKey(), email: string(50) }, (t) => [
    index('ix_email').on(t.email),
    index('ix_unique').on(t.email).unique(),
  ])
}

export function upgrade(op: Operations) {
  op.dropIndex('ix_email', 'user')
  op.dropIndex('ix_unique', 'user')
  op.dropIndex('none', 'user', { ifExists: true })
}
