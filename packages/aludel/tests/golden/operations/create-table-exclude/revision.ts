// A table with an exclude constraint, which engines other than PostgreSQL leave out, as all that only PostgreSQL knows.

import type { Operations } from '../../../../src/index.ts'
import { exclude, integer, sql, string } from '../../../../src/schema/index.ts'

export function upgrade(op: Operations) {
  op.createTable('seat', { id: integer().identity().primaryKey(), room: string(20), place: integer() }, (t) => [
    exclude(
      'ex_seat',
      [
        [t.room, '='],
        [t.place, '='],
      ],
      { using: 'btree', where: sql`place > 0` },
    ),
  ])
}
