// Partitioned tables and their partitions.

import type { Op } from '../../../ops/operations.ts'
import type { PartitionKey } from '../../../schema/model.ts'
import type { PartitionBounds } from '../../../schema/object-model.ts'
import type { Sql } from '../../../schema/sql.ts'
import { enclosed, qualified, quote, written } from '../literal.ts'
import { alter, type Piece, statement } from './piece.ts'

/** What stands behind the columns of CREATE TABLE; nothing where the table keeps its rows itself. */
export function partitionByText(key: PartitionKey | null): string {
  if (key === null) return ''
  const parts = key.by.map((of) => ('column' in of ? quote(of.column) : enclosed(of.expression)))
  return ` PARTITION BY ${key.method.toUpperCase()} (${parts.join(', ')})`
}

function boundsText(bounds: PartitionBounds): string {
  if ('default' in bounds) return 'DEFAULT'
  if ('in' in bounds) return `FOR VALUES IN (${list(bounds.in)})`
  if ('from' in bounds) return `FOR VALUES FROM (${list(bounds.from)}) TO (${list(bounds.to)})`
  return `FOR VALUES WITH (MODULUS ${bounds.modulus}, REMAINDER ${bounds.remainder})`
}

function list(values: readonly Sql[]): string {
  return values.map(written).join(', ')
}

export function createPartition(op: Op<'createPartition'>): readonly Piece[] {
  const head = `CREATE TABLE ${op.ifNotExists ? 'IF NOT EXISTS ' : ''}${qualified(op.partition)}`
  const own = partitionByText(op.partitionBy)
  return [statement(`${head} PARTITION OF ${qualified(op.parent)} ${boundsText(op.bounds)}${own}`)]
}

export function attachPartition({ partition, parent, bounds }: Op<'attachPartition'>): readonly Piece[] {
  return [alter(parent, `ATTACH PARTITION ${qualified(partition)} ${boundsText(bounds)}`)]
}

export function detachPartition({ partition, parent, concurrently }: Op<'detachPartition'>): readonly Piece[] {
  const action = `DETACH PARTITION ${qualified(partition)}${concurrently ? ' CONCURRENTLY' : ''}`
  return [statement(`ALTER TABLE ${qualified(parent)} ${action}`, { transactional: !concurrently })]
}
