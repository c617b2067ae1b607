// A table that keeps its rows in partitions: made, attached, detached and dropped.

import type { Operations } from '../../../../src/index.ts'
import { integer, sql, string, timestamptz } from '../../../../src/schema/index.ts'

export const cannot = { mysql: 'Its partitions are no tables.', sqlite: 'It has none.' }

export function before(op: Operations) {
  op.createTable('old log', { at: timestamptz().notNull(), region: string(2).notNull() })
  op.createTable('gone', { id: integer().notNull() }, null, { postgres: { partitionBy: { hash: ['id'] } } })
  op.createPartition('gone_0', 'gone', { modulus: 2, remainder: 0 })
  op.createPartition('gone_1', 'gone', { modulus: 2, remainder: 1 })
}

export function upgrade(op: Operations) {
  op.createTable('log', { at: timestamptz().notNull(), region: string(2).notNull() }, null, {
    postgres: { partitionBy: { range: ['at', sql`lower(region)`] } },
  })
  op.createPartition('log_2025', 'log', {
    from: ['2025-01-01', sql`MINVALUE`],
    to: [new Date('2026-01-01T00:00:00Z'), "it's"],
  })
  op.attachPartition('old log', 'log', { from: ['2000-01-01', 'a'], to: ['2025-01-01', sql`MINVALUE`] })
  op.createTable('per region', { region: string(2) }, null, { postgres: { partitionBy: { list: ['region'] } } })
  op.createPartition('north', 'per region', { in: ['no', 'se', null] })
  op.createPartition('elsewhere', 'per region', { default: true }, { ifNotExists: true })
  op.detachPartition('north', 'per region')
  op.attachPartition('north', 'per region', { in: ['no', 'se'] })
  op.detachPartition('log_2025', 'log', { concurrently: true })
  op.attachPartition('log_2025', 'log', { from: ['2025-01-01', 'a'], to: ['2026-01-01', 'z'] })
  op.renameTable('old log', 'older log')
  op.dropTable('gone')
}
