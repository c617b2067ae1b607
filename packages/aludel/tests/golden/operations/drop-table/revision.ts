// A table that nothing refers to goes.

import type { Operations } from '../../../../src/index.ts'
import { integer, string } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('note', { id: integer().identity().primaryKey(), title: string(40).notNull() })
}

export function upgrade(op: Operations) {
  op.dropTable('note')
  op.dropTable('none', { ifExists: true })
}
