// Indexes take other names: by themselves, and on a table that changes besides.

import type { Operations } from '../../../../src/index.ts'
import { index, integer, sql, string } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('team', { id: integer().identity().primaryKey(), name: string(50) }, (t) => [
    index('ix_name').on(t.name),
  ])
  op.createTable('user', { id: integer().identity().primaryKey(), email: string(50), age: integer() }, (t) => [
    index('ix_unique').on(t.email, t.age).unique(),
    index('ix_age').on(t.age),
  ])
}

export function upgrade(op: Operations) {
  op.renameIndex('ix_name', 'team', 'ix_team_name')
  op.renameIndex('ix_unique', 'user', 'ux_user_email_age')
  op.createCheckConstraint('ck_age', 'user', sql`age > 0`)
  op.renameIndex('ix_age', 'user', 'ix_user_age')
}
