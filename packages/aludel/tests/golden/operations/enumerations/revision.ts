// A fixed set of texts: made with a table, widened, narrowed.

import type { Operations } from '../../../../src/index.ts'
import { enumeration, integer } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('user', {
    id: integer().identity().primaryKey(),
    role: enumeration('user_role', ['member', "it's"]).notNull().default('member'),
  })
}

export function upgrade(op: Operations) {
  op.setEnumValues('user_role', ['guest', 'member', "it's"], [{ table: 'user', column: 'role' }])
  op.setEnumValues('user_role', ['member', 'guest'], [{ table: 'user', column: 'role' }])
  op.addColumn('user', 'second', enumeration('user_role', ['member', 'guest']))
  op.addColumn('user', 'mood', enumeration('user_mood', ['good', 'bad']))
}
