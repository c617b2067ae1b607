// Rows that may not overlap: exclude constraints come and go, by columns and by expressions.

import type { Operations } from '../../../../src/index.ts'
import { boolean, exclude, integer, sql, sqlType, string } from '../../../../src/schema/index.ts'

export const cannot = {
  sqlite: 'It has no exclude constraints.',
  mysql: 'It has no exclude constraints.',
}

export function before(op: Operations) {
  op.createTable(
    'booking',
    {
      id: integer().identity().primaryKey(),
      room: string(20),
      during: sqlType('int4range'),
      since: integer(),
      until: integer(),
      cancelled: boolean(),
    },
    (t) => [
      exclude(
        'ex_old',
        [
          [t.room, '='],
          [t.since, '='],
        ],
        { using: 'btree', where: sql`NOT cancelled` },
      ),
    ],
  )
}

export function upgrade(op: Operations) {
  op.createExcludeConstraint('ex_during', 'booking', [['during', '&&']])
  op.createExcludeConstraint('ex_span', 'booking', [[sql`int4range(since, until)`, '&&']], {
    where: sql`cancelled = false`,
    initially: 'deferred',
  })
  op.createExcludeConstraint('ex_kept', 'booking', [['during', '&&']], {
    include: ['room', 'since'],
    with: { fillfactor: '70' },
    where: sql`NOT cancelled`,
    deferrable: true,
  })
  op.createExcludeConstraint('ex_room', 'booking', [['room', '=', 'varchar_pattern_ops']], { using: 'btree' })
  op.renameConstraint('ex_room', 'booking', 'ex_one_room')
  op.renameColumn('booking', 'during', 'span')
  op.dropConstraint('ex_old', 'booking', { type: 'exclude' })
}
