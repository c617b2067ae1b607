// Columns become NOT NULL and nullable, get a default and lose one.

import type { Operations } from '../../../../src/index.ts'
import { integer, now, sql, string, timestamp } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('user', {
    id: integer().identity().primaryKey(),
    status: string(32),
    age: integer().notNull().default(18),
    size: integer().default(1),
    made_at: timestamp().notNull(),
  })
}

export function upgrade(op: Operations) {
  op.alterColumn('user', 'status', { nullable: false, default: "it's new" })
  op.alterColumn('user', 'age', { nullable: true, default: null })
  op.alterColumn('user', 'size', { default: sql`1 + 1` })
  op.alterColumn('user', 'made_at', { default: now() })
}
