// Several changes of one table in one revision.

import type { Operations } from '../../../../src/index.ts'
import { check, index, integer, sql, string, text } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable(
    'user',
    { id: integer().identity().primaryKey(), name: string(20), old: text(), age: integer() },
    (t) => [check('ck_age', sql`age > 0`), index('ix_name').on(t.name)],
  )
  op.bulkInsert('user', [{ name: 'Ada', old: 'x', age: 36 }])
}

export function upgrade(op: Operations) {
  op.addColumn('user', 'bio', text())
  op.alterColumn('user', 'name', { type: string(40), nullable: false })
  op.dropColumn('user', 'old')
  op.dropConstraint('ck_age', 'user', { type: 'check' })
  op.createCheckConstraint('ck_age', 'user', sql`age > 17`)
  op.dropIndex('ix_name', 'user')
  op.createIndex('ix_both', 'user', ['name', 'age'])
  op.renameColumn('user', 'age', 'years')
}
