// Columns beside the key of a unique constraint, and orders of NULL that every engine has: the first PostgreSQL's alone, the others said to it.

import type { Operations } from '../../../../src/index.ts'
import { asc, desc, integer, string, unique } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('task', { id: integer().primaryKey(), name: string(20), rank: integer(), note: string(20) })
}

export function upgrade(op: Operations) {
  op.createUniqueConstraint('uq_name', 'task', ['name'], { include: ['rank', 'note'] })
  op.createTable('other', { rank: integer(), 'no"te': integer() }, (t) => [
    unique('uq_rank')
      .on(t.rank)
      .with({ include: ['no"te'], nullsNotDistinct: true }),
  ])
  op.createIndex('ix_native', 'task', [asc('rank', { nulls: 'first' }), desc('name', { nulls: 'last' })])
  op.renameColumn('task', 'rank', 'place')
}
