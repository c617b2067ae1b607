// A column gets another name; keys, checks and indexes follow.

import type { Operations } from '../../../../src/index.ts'
import { check, foreignKey, index, integer, name, sql } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('user', { id: integer().identity().primaryKey(), age: integer(), boss: integer() }, (t) => [
    check('ck_age', sql`${name('age')} > 0`),
    index('ix_age').on(t.age),
    foreignKey([t.boss], 'user', ['id'], { name: 'fk_boss' }),
  ])
}

export function upgrade(op: Operations) {
  op.renameColumn('user', 'age', 'Years')
  op.renameColumn('user', 'id', 'number')
}
