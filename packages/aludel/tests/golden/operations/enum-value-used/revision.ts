// A value that is used in the step that adds it: PostgreSQL takes it only after a commit, or of a type that is new.

import type { Operations } from '../../../../src/index.ts'
import { enumeration, integer } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('user', {
    id: integer().identity().primaryKey(),
    role: enumeration('user_role', ['member']).notNull().default('member'),
  })
}

export function upgrade(op: Operations) {
  op.addEnumValue('user_role', 'guest', { columns: [{ table: 'user', column: 'role' }] })
  op.alterColumn('user', 'role', { default: 'guest' })
}
