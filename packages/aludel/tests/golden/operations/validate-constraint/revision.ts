// Constraints that hold for new rows at once, and for the old ones once they have been looked at.

import type { Operations } from '../../../../src/index.ts'
import { integer, sql } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('team', { id: integer().identity().primaryKey() })
  op.createTable('user', { id: integer().identity().primaryKey(), team_id: integer(), age: integer() })
}

export function upgrade(op: Operations) {
  op.createCheckConstraint('ck_age', 'user', sql`age > 0`, { notValid: true })
  op.createForeignKey('fk_team', 'user', 'team', ['team_id'], ['id'], { notValid: true })
  op.validateConstraint('ck_age', 'user')
  op.validateConstraint('fk_team', 'user')
}
