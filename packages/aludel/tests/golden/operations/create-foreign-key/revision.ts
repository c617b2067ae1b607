// Rows that must have their row elsewhere.

import type { Operations } from '../../../../src/index.ts'
import { integer, string, unique } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable(
    'team',
    { id: integer().identity().primaryKey(), code: string(10).notNull(), land: string(2).notNull() },
    (t) => [unique('uq_code').on(t.land, t.code)],
  )
  op.createTable('user', {
    id: integer().identity().primaryKey(),
    team_id: integer(),
    code: string(10),
    land: string(2),
  })
}

export function upgrade(op: Operations) {
  op.createForeignKey('fk_team', 'user', 'team', ['team_id'], ['id'], { onDelete: 'cascade', onUpdate: 'restrict' })
  op.createForeignKey(null, 'user', 'team', ['land', 'code'], ['land', 'code'], { onDelete: 'set null' })
}
