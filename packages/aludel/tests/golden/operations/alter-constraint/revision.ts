// Constraints that are checked at another time, and that old rows need not fulfil any more.

import type { Operations } from '../../../../src/index.ts'
import { integer, sql } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('team', { id: integer().identity().primaryKey() })
  op.createTable('user', { id: integer().identity().primaryKey(), team_id: integer(), age: integer() })
  op.createCheckConstraint('ck_age', 'user', sql`age > 0`)
  op.createForeignKey('fk_team', 'user', 'team', ['team_id'], ['id'])
}

export function upgrade(op: Operations) {
  op.alterConstraint('fk_team', 'user', { initially: 'deferred' })
  op.alterConstraint('ck_age', 'user', { notValid: true })
}
