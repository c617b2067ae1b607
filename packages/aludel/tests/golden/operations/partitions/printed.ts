/** partitions */
import type { Operations } from 'aludel'
import { integer, sql, string, timestamptz } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createTable('log', {
    at: timestamptz().notNull(),
    region: string(2).notNull(),
  }, null, { postgres: { partitionBy: { range: ['at', sql`lower(region)`] } } })
  op.createPartition('log_2025', 'log', { from: ['2025-01-01', sql`MINVALUE`], to: [new Date('2026-01-01T00:00:00.000Z'), 'it\'s'] })
  op.attachPartition('old log', 'log', { from: ['2000-01-01', 'a'], to: ['2025-01-01', sql`MINVALUE`] })
  op.createTable('per region', {
    region: string(2),
  }, null, { postgres: { partitionBy: { list: ['region'] } } })
  op.createPartition('north', 'per region', { in: ['no', 'se', null] })
  op.createPartition('elsewhere', 'per region', { default: true }, { ifNotExists: true })
  op.detachPartition('north', 'per region')
  op.attachPartition('north', 'per region', { in: ['no', 'se'] })
  op.detachPartition('log_2025', 'log', { concurrently: true })
  op.attachPartition('log_2025', 'log', { from: ['2025-01-01', 'a'], to: ['2026-01-01', 'z'] })
  op.renameTable('old log', 'older log')
  op.dropTable('gone')
}

export function downgrade(op: Operations) {
  op.createTable('gone', {
    id: integer().notNull(),
  }, null, { postgres: { partitionBy: { hash: ['id'] } } })
  op.createPartition('gone_0', 'gone', { modulus: 2, remainder: 0 })
  op.createPartition('gone_1', 'gone', { modulus: 2, remainder: 1 })
  op.renameTable('older log', 'old log')
  op.detachPartition('log_2025', 'log')
  op.attachPartition('log_2025', 'log', { from: ['2025-01-01', sql`MINVALUE`], to: [new Date('2026-01-01T00:00:00.000Z'), 'it\'s'] })
  op.detachPartition('north', 'per region')
  op.attachPartition('north', 'per region', { in: ['no', 'se', null] })
  op.dropTable('elsewhere', { ifExists: true })
  op.dropTable('north')
  op.dropTable('per region')
  op.detachPartition('old log', 'log')
  op.dropTable('log_2025')
  op.dropTable('log')
}
