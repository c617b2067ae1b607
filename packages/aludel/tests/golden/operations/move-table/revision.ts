// Tables go to another namespace with their keys, indexes and sequences, and come back.

import type { Operations } from '../../../../src/index.ts'
import { foreignKey, index, integer, string } from '../../../../src/schema/index.ts'

export const cannot = { sqlite: 'It has one namespace.', mysql: 'Its namespaces are databases.' }

export function before(op: Operations) {
  op.createNamespace("the 'app'")
  op.createTable({ namespace: "the 'app'", name: 'team' }, { id: integer().identity().primaryKey() })
  op.createTable('user', { id: integer().identity().primaryKey(), team_id: integer(), name: string(20) }, (t) => [
    index('ix_name').on(t.name),
    foreignKey([t.team_id], { namespace: "the 'app'", name: 'team' }, ['id'], { name: 'fk_team' }),
  ])
}

export function upgrade(op: Operations) {
  op.renameTable('user', { namespace: "the 'app'", name: 'user' })
  op.renameTable({ namespace: "the 'app'", name: 'team' }, { namespace: null, name: 'the team' })
  op.addColumn({ namespace: "the 'app'", name: 'user' }, 'email', string(50))
}
