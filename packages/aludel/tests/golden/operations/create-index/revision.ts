// Indexes of every kind that all engines have.

import type { Operations } from '../../../../src/index.ts'
import { desc, integer, string } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('user', { id: integer().identity().primaryKey(), email: string(50), team_id: integer() })
}

export function upgrade(op: Operations) {
  op.createIndex('ix_email', 'user', ['email'])
  op.createIndex(null, 'user', ['team_id', 'email'], { unique: true })
  op.createIndex('ix_team', 'user', ['team_id', desc('id')], {
    postgres: { using: 'btree', include: ['email'], with: { fillfactor: '70' } },
  })
}
