// A column goes with the keys, checks and indexes that use it.

import type { Operations } from '../../../../src/index.ts'
import { check, index, integer, sql, string, unique } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('user', { id: integer().identity().primaryKey(), email: string(50), age: integer() }, (t) => [
    unique('uq_age').on(t.age),
    index('ix_both').on(t.email, t.age),
    check('ck_email', sql`length(email) > 3`),
  ])
}

export function upgrade(op: Operations) {
  op.dropConstraint('uq_age', 'user', { type: 'unique' })
  op.dropIndex('ix_both', 'user')
  op.dropColumn('user', 'age')
  op.dropColumn('user', 'none', { ifExists: true })
}
