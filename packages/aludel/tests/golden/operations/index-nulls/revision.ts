// Where NULL stands in an index: said where the engine does otherwise by itself.

import type { Operations } from '../../../../src/index.ts'
import { asc, desc, index, integer, sql, timestamptz } from '../../../../src/schema/index.ts'

export const cannot = { mysql: 'It takes NULL for the least value.', sqlite: 'It takes NULL for the least value.' }

export function before(op: Operations) {
  op.createTable('task', { id: integer().primaryKey(), ended: timestamptz(), rank: integer() })
}

export function upgrade(op: Operations) {
  op.createIndex('ix_open', 'task', [asc('ended', { nulls: 'first' }), desc('rank', { nulls: 'last' })])
  op.createIndex('ix_said', 'task', [
    asc(sql`rank + 1`, { nulls: 'last' }),
    desc('rank', { nulls: 'first' }),
    asc('id'),
  ])
  op.createTable('other', { rank: integer() }, (t) => [index('ix_rank').on(desc(t.rank, { nulls: 'last' }))])
}
