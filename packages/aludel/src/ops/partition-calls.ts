// The calls for partitions.

import type { Value } from '../database/types.ts'
import { AludelError } from '../errors.ts'
import { tableName } from '../schema/keys.ts'
import type { PartitionBounds } from '../schema/object-model.ts'
import { isSql, type Sql } from '../schema/sql.ts'
import { partitionKey } from '../schema/table.ts'
import type { Calls } from './recorder.ts'
import type { Operations } from './surface.ts'
import type { BoundGiven, PartitionBoundsGiven } from './surface-options.ts'

type PartitionCall = 'createPartition' | 'attachPartition' | 'detachPartition'

export function partitionCalls({ keep }: Calls): Pick<Operations, PartitionCall> {
  return {
    createPartition: (name, parent, bounds, options) =>
      keep({
        kind: 'createPartition',
        partition: tableName(name),
        parent: tableName(parent),
        bounds: boundsOf(bounds),
        partitionBy: partitionKey(options?.partitionBy ?? null),
        ifNotExists: options?.ifNotExists ?? false,
      }),
    attachPartition: (name, parent, bounds, options) =>
      keep({
        kind: 'attachPartition',
        partition: tableName(name),
        parent: tableName(parent),
        bounds: boundsOf(bounds),
        partitionBy: partitionKey(options?.partitionBy ?? null),
      }),
    detachPartition: (name, parent, options) =>
      keep({
        kind: 'detachPartition',
        partition: tableName(name),
        parent: tableName(parent),
        concurrently: options?.concurrently ?? false,
      }),
  }
}

function boundsOf(given: PartitionBoundsGiven): PartitionBounds {
  if ('default' in given) return { default: true }
  if ('in' in given) return { in: given.in.map(boundOf) }
  if ('from' in given) return { from: listOf(given.from), to: listOf(given.to) }
  const { modulus, remainder } = given
  // Both go into the text as they are, so nothing else may pass for a number.
  if (Number.isSafeInteger(modulus) && Number.isSafeInteger(remainder)) return { modulus, remainder }
  throw new AludelError('invalid-parameter', 'A partition is for whole numbers of a modulus and a remainder.', {
    hint: 'Say { modulus: 4, remainder: 0 }, or { from, to }, { in: [...] } or { default: true }.',
  })
}

function listOf(given: BoundGiven | readonly BoundGiven[]): readonly Sql[] {
  return isList(given) ? given.map(boundOf) : [boundOf(given)]
}

function isList(given: BoundGiven | readonly BoundGiven[]): given is readonly BoundGiven[] {
  return Array.isArray(given)
}

function boundOf(given: BoundGiven): Sql {
  return isSql(given) ? given : { parts: [{ value: given as Value }] }
}
