// What one engine alone knows of a table, changed in place: on the others nothing happens.

import type { Operations } from '../../../../src/index.ts'
import { check, index, integer, sql, sqlType, text } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('event', { id: integer().primaryKey(), name: text().collate(plain(op)), size: integer() }, (t) => [
    check('ck_size', sql`size > 0`),
    index('ix_size').on(t.size),
  ])
  op.bulkInsert('event', [{ id: 1, name: 'größe', size: 2 }])
  op.createTable(
    'note',
    { id: integer().primaryKey(), body: op.dialect === 'sqlite' ? sqlType('ANY') : text() },
    null,
    {
      postgres: { unlogged: true },
      mysql: { engine: 'MyISAM', collation: 'latin1_bin' },
      sqlite: { strict: true },
    },
  )
}

export function upgrade(op: Operations) {
  op.alterTable('event', {
    postgres: { unlogged: true },
    mysql: { engine: 'Aria', charset: 'latin1' },
    sqlite: { strict: true, withoutRowid: true },
  })
  op.alterTable('note', {
    comment: 'Notes',
    postgres: { unlogged: false },
    mysql: { engine: null, collation: 'utf8mb4_bin' },
    sqlite: { strict: false },
  })
}

/** A collation that each engine has. */
function plain({ dialect }: Operations): string {
  return { postgres: 'C', mysql: 'utf8mb4_bin', sqlite: 'NOCASE' }[dialect]
}
