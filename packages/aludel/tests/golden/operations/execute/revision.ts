// SQL as written, with values and names kept apart, and a text for each engine.

import type { Operations } from '../../../../src/index.ts'
import { integer, name, sql, string } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('user', { id: integer().primaryKey(), status: string(20), is_active: integer() })
  op.bulkInsert('user', [{ id: 1, is_active: 1 }])
}

export function upgrade(op: Operations) {
  op.execute(sql`UPDATE ${name('user')} SET status = ${"it's"} WHERE is_active = ${1}`)
  op.execute([sql`DELETE FROM ${name('user')} WHERE id = ${99}`, sql`DELETE FROM ${name('user')} WHERE id = ${98}`])
  op.execute({
    postgres: `UPDATE "user" SET status = 'a:b ? %s'`,
    mysql: "UPDATE `user` SET status = 'a:b ? %s'",
    sqlite: `UPDATE "user" SET status = 'a:b ? %s'`,
  })
}
