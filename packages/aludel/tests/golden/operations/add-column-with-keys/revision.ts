// A column that comes with a unique constraint and a foreign key.

import type { Operations } from '../../../../src/index.ts'
import { integer, string } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('team', { id: integer().primaryKey() })
  op.createTable('user', { id: integer().primaryKey() })
}

export function upgrade(op: Operations) {
  const team = () => ({ table: { namespace: null, name: 'team' }, column: 'id' })
  op.addColumn('user', 'team_id', integer().references(team, { onDelete: 'cascade' }))
  op.addColumn('user', 'code', string(10).unique())
}
