// A computed column computes something else, and one becomes plain.

import type { Operations } from '../../../../src/index.ts'
import { integer, sql } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('item', {
    id: integer().identity().primaryKey(),
    price: integer().notNull(),
    double: integer().generated(sql`price * 2`),
    kept: integer().generated(sql`price + 1`),
  })
}

export function upgrade(op: Operations) {
  op.alterColumn('item', 'double', { generated: { expression: sql`price * 20`, stored: true } })
  op.alterColumn('item', 'kept', { generated: null })
}
