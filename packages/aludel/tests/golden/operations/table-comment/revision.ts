// A table gets a comment, and another loses its own.

import type { Operations } from '../../../../src/index.ts'
import { integer } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('user', { id: integer().primaryKey() })
  op.createTable('team', { id: integer().primaryKey() }, null, { comment: 'Teams' })
}

export function upgrade(op: Operations) {
  op.createTableComment('user', "It's all of them; \\ and more")
  op.dropTableComment('team')
}
