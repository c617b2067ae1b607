// What is said of objects beside tables and columns.

import type { Operations } from '../../../../src/index.ts'
import { index, integer, string } from '../../../../src/schema/index.ts'

export const cannot = { mysql: 'It keeps none of views, constraints and keys.', sqlite: 'It keeps no comments.' }

export function before(op: Operations) {
  op.createTable('user', { id: integer().primaryKey(), email: string(120) }, (t) => [
    index('ix_user_email').on(t.email),
  ])
  op.createEnum('mood', ['good', 'bad'])
  op.createSequence('ticket')
  op.createFunction('one', 'CREATE FUNCTION one(n integer) RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$', {
    arguments: 'integer',
  })
  op.comment({ sequence: 'ticket' }, 'Numbers of tickets')
}

export function upgrade(op: Operations) {
  op.comment({ index: 'ix_user_email', on: 'user' }, "Who's who")
  op.comment({ constraint: 'pk_user', on: 'user' }, 'One row a user')
  op.comment({ type: 'mood' }, 'How they are')
  op.comment({ function: 'one', arguments: 'integer' }, 'Always one')
  op.comment({ sequence: 'ticket' }, null)
}
