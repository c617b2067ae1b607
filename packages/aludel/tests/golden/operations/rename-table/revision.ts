// A table gets another name; what refers to it follows.

import type { Operations } from '../../../../src/index.ts'
import { foreignKey, index, integer } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('user', { id: integer().identity().primaryKey() })
  op.createTable('post', { id: integer().identity().primaryKey(), user_id: integer() }, (t) => [
    foreignKey([t.user_id], 'user', ['id'], { name: 'fk_user' }),
    index('ix_user').on(t.user_id),
  ])
}

export function upgrade(op: Operations) {
  op.renameTable('user', 'person')
  op.renameTable('post', 'order')
}
