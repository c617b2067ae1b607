/** postgres-details */
import type { Operations } from 'aludel'
import { check, foreignKey, index, integer, primaryKey, sql, text, unique } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createTable('shop', {
    code: text().notNull(),
    area: integer().postgres({ statistics: 500, options: { n_distinct: '40' } }),
    keeper: text().postgres({ storage: 'external', compression: 'pglz' }),
  }, (t) => [
    primaryKey([t.code], 'shop_pk', { include: ['area'], with: { fillfactor: '80' } }),
    unique('shop_area').on(t.area).with({ with: { fillfactor: '70' } }),
    foreignKey(['area'], 'place', ['id'], { name: 'shop_place', notValid: true }),
    check('shop_size', sql`area > 0`, { notValid: true, noInherit: true }),
    index('shop_keeper').on(t.keeper).with({ postgres: { using: 'btree', include: [], concurrently: false, nullsNotDistinct: false, operatorClasses: {}, with: {}, collations: { keeper: 'C' } } }),
  ], { postgres: { inherits: ['place'], with: { fillfactor: '60' }, replicaIdentity: 'full' } })
  op.alterTable('place', { postgres: { with: { autovacuum_enabled: 'false' }, replicaIdentity: 'nothing' } })
  op.alterColumn('visit', 'id', { identity: { always: true, start: 100, increment: 5, maxValue: 1000 } })
  op.alterColumn('visit', 'note', { postgres: { storage: 'main', statistics: 20 } })
}

export function downgrade(op: Operations) {
  op.alterColumn('visit', 'note', { postgres: null })
  op.alterColumn('visit', 'id', { identity: { start: 100, increment: 10 } })
  op.alterTable('place', { postgres: { with: {}, replicaIdentity: null } })
  op.dropTable('shop')
}
