// What PostgreSQL alone knows of tables, columns, constraints and indexes.

import type { Operations } from '../../../../src/index.ts'
import { check, foreignKey, index, integer, primaryKey, sql, text, unique } from '../../../../src/schema/index.ts'

export const cannot = { sqlite: 'It knows nothing of this.', mysql: 'It knows nothing of this.' }

export function before(op: Operations) {
  op.createTable('place', { id: integer().primaryKey(), name: text().notNull() })
  op.createTable('visit', { id: integer().identity({ start: 100, increment: 10 }), note: text() })
}

export function upgrade(op: Operations) {
  op.createTable(
    'shop',
    {
      code: text().notNull(),
      area: integer().postgres({ statistics: 500, options: { n_distinct: '40' } }),
      keeper: text().postgres({ storage: 'external', compression: 'pglz' }),
    },
    (t) => [
      primaryKey([t.code], 'shop_pk', { include: ['area'], with: { fillfactor: '80' } }),
      unique('shop_area')
        .on(t.area)
        .with({ with: { fillfactor: '70' } }),
      check('shop_size', sql`area > 0`, { noInherit: true, notValid: true }),
      foreignKey(['area'], 'place', ['id'], { name: 'shop_place', notValid: true }),
      index('shop_keeper')
        .on(t.keeper)
        .with({ postgres: { collations: { keeper: 'C' } } }),
    ],
    { postgres: { inherits: ['place'], with: { fillfactor: '60' }, replicaIdentity: 'full' } },
  )
  op.alterTable('place', { postgres: { with: { autovacuum_enabled: 'false' }, replicaIdentity: 'nothing' } })
  op.alterColumn('visit', 'id', { identity: { always: true, start: 100, increment: 5, maxValue: 1000 } })
  op.alterColumn('visit', 'note', { postgres: { storage: 'main', statistics: 20 } })
}
