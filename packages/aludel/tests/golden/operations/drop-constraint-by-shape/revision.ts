// Constraints that are told by what they are over.

import type { Operations } from '../../../../src/index.ts'
import { foreignKey, integer, unique } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('team', { id: integer().identity().primaryKey() })
  op.createTable('user', { id: integer().identity().primaryKey(), team_id: integer(), age: integer() }, (t) => [
    unique('uq').on(t.age),
    foreignKey([t.team_id], 'team', ['id'], { name: 'fk' }),
  ])
}

export function upgrade(op: Operations) {
  op.dropConstraint({ foreignKey: ['team_id'] }, 'user')
  op.dropConstraint({ unique: ['age'] }, 'user')
}
