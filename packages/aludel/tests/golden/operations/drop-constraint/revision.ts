// Constraints of each kind go, by their names.

import type { Operations } from '../../../../src/index.ts'
import { check, foreignKey, integer, sql, string, unique } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('team', { id: integer().identity().primaryKey() })
  op.createTable('user', { id: string(20).primaryKey('pk_given'), team_id: integer(), age: integer() }, (t) => [
    unique('uq_both').on(t.age, t.team_id),
    check('ck_age', sql`age > 0`),
    foreignKey([t.team_id], 'team', ['id'], { name: 'fk_team' }),
  ])
}

export function upgrade(op: Operations) {
  op.dropConstraint('fk_team', 'user', { type: 'foreignKey' })
  op.dropConstraint('uq_both', 'user', { type: 'unique' })
  op.dropConstraint('ck_age', 'user', { type: 'check' })
  op.dropConstraint('pk_given', 'user', { type: 'primaryKey' })
  op.dropConstraint('none', 'user', { type: 'check', ifExists: true })
}
