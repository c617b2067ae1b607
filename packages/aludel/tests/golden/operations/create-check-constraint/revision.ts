// A condition that every row meets.

import type { Operations } from '../../../../src/index.ts'
import { integer, name, sql, string } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('user', { id: integer().identity().primaryKey(), age: integer(), status: string(10) })
}

export function upgrade(op: Operations) {
  op.createCheckConstraint('ck_age', 'user', sql`${name('age')} >= ${18}`)
  op.createCheckConstraint('ck_status', 'user', "status <> 'it''s'")
}
