// Rows as data, with everything that quoting gets wrong.

import type { Operations } from '../../../../src/index.ts'
import { binary, boolean, integer, numeric, string, text, timestamp } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('user', {
    id: integer().primaryKey(),
    name: string(50).notNull().default('nobody'),
    is_active: boolean(),
    balance: numeric(10, 2),
    made_at: timestamp(),
    picture: binary(),
    note: text(),
  })
}

export function upgrade(op: Operations) {
  op.bulkInsert('user', [
    { id: 1, name: "it's", is_active: true, balance: '1.50', made_at: new Date('2026-11-23T10:00:00.123Z') },
    { id: 2, name: 'back\\slash; "quoted"', is_active: false, picture: Uint8Array.from([0, 255]), note: null },
    { id: 3, note: 'line\nbreak :x ? $1 %s' },
  ])
}
