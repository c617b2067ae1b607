// Columns that are empty at first, and columns that are filled.

import type { Operations } from '../../../../src/index.ts'
import { boolean, integer, now, sql, string, text, timestamp } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('user', { id: integer().identity().primaryKey(), price: integer().notNull() })
  op.bulkInsert('user', [{ price: 10 }])
}

export function upgrade(op: Operations) {
  op.addColumn('user', 'bio', text())
  op.addColumn('user', 'status', string(32).notNull().default('active'))
  op.addColumn('user', 'is active', boolean().notNull().default(false).comment('Or not'))
  op.addColumn('user', 'made_at', timestamp().notNull().default(now()))
  op.addColumn('user', 'total', integer().generated(sql`price * 2`))
  op.addColumn('user', 'nick', string(20), { ifNotExists: true })
}
