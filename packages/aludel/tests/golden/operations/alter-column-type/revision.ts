// A column changes its type, once by a conversion of its own.

import type { Operations } from '../../../../src/index.ts'
import { bigint, integer, string, text } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('user', {
    id: integer().identity().primaryKey(),
    age: string(10).default('1'),
    note: string(20).notNull(),
    size: integer(),
  })
  op.bulkInsert('user', [{ age: '36', note: 'a', size: 5 }])
}

export function upgrade(op: Operations) {
  op.alterColumn('user', 'age', { type: integer(), default: 1, using: 'CAST(age AS decimal(10))' })
  op.alterColumn('user', 'note', { type: text() })
  op.alterColumn('user', 'size', { type: bigint() })
}
