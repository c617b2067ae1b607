// Sequences, types and partitions as introspection would give them back.

import { sameName } from '../../schema/lookup.ts'
import type { EnumType, Table } from '../../schema/model.ts'
import type {
  CompositeType,
  Domain,
  Partition,
  PartitionBounds,
  SchemaObject,
  Sequence,
} from '../../schema/object-model.ts'
import { rawSql, type Sql } from '../../schema/sql.ts'
import { canonicalDefault } from './defaults.ts'
import { flat, written } from './literal.ts'
import { normalType } from './normal-type.ts'
import { isSerial } from './serial.ts'

/** Nothing where it comes with a column by itself, and is read as a part of it. */
export function normalTypeObject(
  object: Sequence | Domain | CompositeType | Partition,
  tables: readonly Table[],
  enums: readonly EnumType[],
): readonly SchemaObject[] {
  switch (object.kind) {
    case 'sequence':
      return isImplied(object, tables) ? [] : [normalSequence(object)]
    case 'domain':
      return [normalDomain(object, enums)]
    case 'compositeType':
      return [
        { ...object, attributes: object.attributes.map((one) => ({ ...one, type: normalType(one.type, enums) })) },
      ]
    case 'partition':
      return [normalPartition(object)]
  }
}

/** A sequence as a serial type makes it is read as a part of its column. */
function isImplied(sequence: Sequence, tables: readonly Table[]): boolean {
  const { ownedBy } = sequence
  if (ownedBy === null) return false
  const table = tables.find((one) => sameName(one, ownedBy.table))
  const column = table?.columns.find(({ name }) => name === ownedBy.column)
  return table !== undefined && column !== undefined && isSerial(normalSequence(sequence), table, column)
}

const greatest = { smallint: 2n ** 15n - 1n, integer: 2n ** 31n - 1n, bigint: 2n ** 63n - 1n }

/** Bounds that it would have anyway are none. */
function normalSequence(sequence: Sequence): Sequence {
  const most = greatest[sequence.type ?? 'bigint']
  const [usualLeast, usualMost] = sequence.increment < 0 ? [-most - 1n, -1n] : [1n, most]
  const { minValue, maxValue, cache } = sequence
  return {
    ...sequence,
    start: plain(sequence.start),
    increment: plain(sequence.increment),
    minValue: minValue === null || BigInt(minValue) === usualLeast ? null : plain(minValue),
    maxValue: maxValue === null || BigInt(maxValue) === usualMost ? null : plain(maxValue),
    cache: cache === null || BigInt(cache) === 1n ? null : plain(cache),
  }
}

/** As a bigint only where a number would be rounded. */
function plain(number: number | bigint): number | bigint {
  return Number.isSafeInteger(Number(number)) ? Number(number) : number
}

function normalDomain(domain: Domain, enums: readonly EnumType[]): Domain {
  const type = normalType(domain.type, enums)
  return {
    ...domain,
    type,
    default: domain.default === null ? null : canonicalDefault(domain.default, type),
    collation: domain.collation === 'default' ? null : domain.collation,
    checks: domain.checks.map((check) => ({ ...check, condition: flat(check.condition) })),
  }
}

/** What a table was like before it became a partition leaves no trace. */
function normalPartition(partition: Partition): Partition {
  return { ...partition, bounds: normalBounds(partition.bounds), table: null }
}

// The server prints a text with a backslash in it without the E that an entered one needs where strings are not standard.
function boundText(bound: Sql): string {
  const [only, ...others] = bound.parts
  const isText = typeof only === 'object' && 'value' in only && typeof only.value === 'string' && others.length === 0
  return isText ? `'${String(only.value).replaceAll("'", "''")}'` : written(bound)
}

function normalBounds(bounds: PartitionBounds): PartitionBounds {
  const text = (value: Sql) => rawSql(boundText(value))
  if ('in' in bounds) return { in: bounds.in.map(text) }
  return 'from' in bounds ? { from: bounds.from.map(text), to: bounds.to.map(text) } : bounds
}
