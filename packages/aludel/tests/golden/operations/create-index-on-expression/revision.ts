// Indexes on expressions and on some of the rows.

import type { Operations } from '../../../../src/index.ts'
import { integer, name, sql, string } from '../../../../src/schema/index.ts'

export const cannot = { mysql: 'MariaDB has neither; MySQL has no partial indexes.' }

export function before(op: Operations) {
  op.createTable('user', { id: integer().identity().primaryKey(), email: string(50), status: string(10) })
}

export function upgrade(op: Operations) {
  op.createIndex('ix_lower', 'user', [sql`lower(${name('email')})`], { unique: true })
  op.createIndex('ix_live', 'user', ['email'], { where: sql`status = ${'live'}` })
}
