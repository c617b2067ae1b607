// No two rows alike.

import type { Operations } from '../../../../src/index.ts'
import { integer, string } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('user', { id: integer().identity().primaryKey(), email: string(50), team_id: integer() })
}

export function upgrade(op: Operations) {
  op.createUniqueConstraint('uq_email', 'user', ['email'])
  op.createUniqueConstraint(null, 'user', ['team_id', 'email'])
}
