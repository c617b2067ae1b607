// Random partitions, and what can be done to them.

import type { Op, OpKind } from '../../../src/ops/operations.ts'
import type { PartitionKey, Schema, TableName } from '../../../src/schema/model.ts'
import type { Partition, PartitionBounds } from '../../../src/schema/object-model.ts'
import { sql } from '../../../src/schema/sql.ts'
import type { Draw } from './draw.ts'
import { placeOf } from './schema.ts'

type Maker = (draw: Draw, schema: Schema) => Op | null

function makeBounds(draw: Draw): PartitionBounds {
  return draw.oneOf<PartitionBounds>([
    { from: [sql`${1}`, sql`MINVALUE`], to: [sql`${2n}`, sql`1 + ${'x'}`] },
    { in: [sql`${"it's"}`, sql`${null}`] },
    { modulus: 4, remainder: 1 },
    { default: true },
  ])
}

function makeKey(draw: Draw): PartitionKey | null {
  return draw.oneOf([null, { method: 'hash', by: [{ column: 'id' }, { expression: sql`a + ${1}` }] }])
}

export function makePartition(draw: Draw, name: string, parent: TableName): Partition {
  return {
    kind: 'partition',
    namespace: null,
    name,
    parent,
    bounds: makeBounds(draw),
    table: null,
    partitionBy: makeKey(draw),
  }
}

function onTable(make: (draw: Draw, table: TableName) => Op): Maker {
  return (draw, { tables }) => (tables.length === 0 ? null : make(draw, placeOf(draw.oneOf(tables))))
}

const fresh: TableName = { namespace: null, name: 'fresh part' }

export const partitionMakers = {
  createPartition: onTable((draw, parent) => ({
    kind: 'createPartition',
    partition: fresh,
    parent,
    bounds: makeBounds(draw),
    partitionBy: makeKey(draw),
    ifNotExists: draw.chance(20),
  })),
  attachPartition: (draw, { tables }) => {
    const [parent, partition] = tables
    if (parent === undefined || partition === undefined) return null
    return {
      kind: 'attachPartition',
      partition: placeOf(partition),
      parent: placeOf(parent),
      bounds: makeBounds(draw),
      partitionBy: makeKey(draw),
    }
  },
  detachPartition: (draw, { objects }) => {
    const all = objects.filter((object): object is Partition => object.kind === 'partition')
    if (all.length === 0) return null
    const partition = draw.oneOf(all)
    const { parent } = partition
    return { kind: 'detachPartition', partition: placeOf(partition), parent, concurrently: draw.chance(30) }
  },
} as const satisfies Partial<Record<OpKind, Maker>>
