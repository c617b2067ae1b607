// Tables in namespaces of their own.

import type { Operations } from '../../../../src/index.ts'
import { foreignKey, index, integer, string } from '../../../../src/schema/index.ts'

export const cannot = { sqlite: 'It has one namespace.', mysql: 'Its namespaces are databases.' }

export function before(op: Operations) {
  op.createNamespace('old app')
}

export function upgrade(op: Operations) {
  op.createNamespace('app')
  op.createNamespace('old app', { ifNotExists: true })
  op.createTable(
    { namespace: 'app', name: 'user' },
    { id: integer().identity().primaryKey(), email: string(50) },
    (t) => [index('ix_email').on(t.email)],
  )
  op.createTable('post', { id: integer().primaryKey(), user_id: integer() }, (t) => [
    foreignKey([t.user_id], { namespace: 'app', name: 'user' }, ['id'], { name: 'fk_user' }),
  ])
  op.alterColumn({ namespace: 'app', name: 'user' }, 'email', { nullable: false })
  op.dropNamespace('old app')
  op.dropNamespace('never there', { ifExists: true })
}
