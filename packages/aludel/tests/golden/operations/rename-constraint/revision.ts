// Constraints of each kind take other names, also the key of a column that numbers itself.

import type { Operations } from '../../../../src/index.ts'
import { check, foreignKey, integer, sql, string, unique } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('team', { id: integer().identity().primaryKey() })
  op.createTable('user', { id: string(20).primaryKey('pk_given'), team_id: integer(), age: integer() }, (t) => [
    unique('uq_both').on(t.age, t.team_id),
    check('ck_age', sql`age > 0`),
    foreignKey([t.team_id], 'team', ['id'], { name: 'fk_team', onDelete: 'cascade' }),
  ])
}

export function upgrade(op: Operations) {
  op.renameConstraint('pk_team', 'team', 'pk_every_team')
  op.renameConstraint('fk_team', 'user', 'fk_user_team')
  op.renameConstraint('uq_both', 'user', 'uq_user_age_team')
  op.renameConstraint('ck_age', 'user', 'ck_user_age')
  op.renameConstraint('pk_given', 'user', 'pk_user', { type: 'primaryKey' })
}
