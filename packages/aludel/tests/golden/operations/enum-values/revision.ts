// One value of an enumeration more, one under another name, and one that goes with rows and defaults that held it.

import type { Operations } from '../../../../src/index.ts'
import { enumeration, integer } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('user', {
    id: integer().identity().primaryKey(),
    role: enumeration('user_role', ['member', "it's"]).notNull().default('member'),
  })
}

export function upgrade(op: Operations) {
  const columns = [{ table: 'user', column: 'role' }]
  op.addEnumValue('user_role', 'guest', { columns })
  op.addEnumValue('user_role', 'owner', { before: 'member', ifNotExists: true, columns })
  op.addEnumValue('user_role', 'back\\slash; --', { after: 'member', columns })
  op.renameEnumValue('user_role', "it's", 'it "is"', { columns })
  op.setEnumValues('user_role', ['owner', 'guest'], columns, { replace: { member: 'guest', 'it "is"': 'owner' } })
}
