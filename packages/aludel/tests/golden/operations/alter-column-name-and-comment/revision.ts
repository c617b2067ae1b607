// A column gets another name and a comment.

import type { Operations } from '../../../../src/index.ts'
import { integer, string } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('user', {
    id: integer().identity().primaryKey(),
    mail: string(32).notNull(),
    old: string(8).comment('Old'),
  })
}

export function upgrade(op: Operations) {
  op.alterColumn('user', 'mail', { name: 'e-mail', comment: 'Where to write' })
  op.alterColumn('user', 'old', { comment: null })
}
