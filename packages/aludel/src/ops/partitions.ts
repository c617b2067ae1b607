// createPartition, attachPartition, detachPartition: the tables that a partitioned table keeps its rows in.

import { findTable, putTable, sameName, tableTitle, withoutTable } from '../schema/lookup.ts'
import type { Schema, TableName } from '../schema/model.ts'
import type { Partition, PartitionBounds } from '../schema/object-model.ts'
import { findObject, withObject, withoutObjects } from '../schema/objects.ts'
import type { Sql } from '../schema/sql.ts'
import { type OpDefinition, tableRef, touches } from './definition.ts'
import type { Op } from './operations.ts'
import { printPartitionKey } from './partition-key.ts'
import type { Printer } from './printer.ts'

export function partitionsOf(schema: Schema, parent: TableName): readonly Partition[] {
  return schema.objects.filter(
    (object): object is Partition => object.kind === 'partition' && sameName(object.parent, parent),
  )
}

/** The partition, its table as it was before it became one. */
export function partitionAgain({ namespace, name, parent, bounds, table, partitionBy }: Partition): readonly Op[] {
  const partition = { namespace, name }
  if (table === null) return [{ kind: 'createPartition', partition, parent, bounds, partitionBy, ifNotExists: false }]
  return [
    { kind: 'createTable', table, ifNotExists: false },
    { kind: 'attachPartition', partition, parent, bounds, partitionBy: null },
  ]
}

function printBounds(bounds: PartitionBounds, printer: Printer): string {
  const list = (values: readonly Sql[]) => values.map((value) => ({ source: printBound(value, printer) }))
  if ('from' in bounds) return printer.data({ from: list(bounds.from), to: list(bounds.to) })
  return printer.data('in' in bounds ? { in: list(bounds.in) } : bounds)
}

function printBound(bound: Sql, printer: Printer): string {
  const [only, ...others] = bound.parts
  const isValue = typeof only === 'object' && 'value' in only && others.length === 0
  return isValue ? printer.value(only.value) : printer.sql(bound)
}

export const createPartition: OpDefinition<'createPartition'> = {
  apply: (schema, { partition, parent, bounds, partitionBy }) =>
    findObject(schema, 'partition', partition) === null
      ? withObject(schema, { kind: 'partition', ...partition, parent, bounds, table: null, partitionBy })
      : schema,
  invert: ({ partition, ifNotExists }, before) =>
    ifNotExists && findObject(before, 'partition', partition) !== null
      ? []
      : [{ kind: 'dropTable', table: partition, ifExists: ifNotExists }],
  touches: (op) => touches({ requires: [tableRef(op.parent)], provides: [tableRef(op.partition)] }),
  describe: (op) => `create partition ${tableTitle(op.partition)} of table ${tableTitle(op.parent)}`,
  print: ({ partition, parent, bounds, partitionBy, ifNotExists }, printer) =>
    printer.call('createPartition', [printer.table(partition), printer.table(parent), printBounds(bounds, printer)], {
      ...(partitionBy === null ? {} : { partitionBy: printPartitionKey(partitionBy, printer) }),
      ...(ifNotExists ? { ifNotExists } : {}),
    }),
}

export const attachPartition: OpDefinition<'attachPartition'> = {
  apply(schema, { partition, parent, bounds, partitionBy: told }) {
    const table = findTable(schema, partition)
    const partitionBy = table === null ? told : (table.postgres?.partitionBy ?? null)
    return withObject(withoutTable(schema, partition), {
      kind: 'partition',
      ...partition,
      parent,
      bounds,
      table,
      partitionBy,
    })
  },
  invert: ({ partition, parent }) => [{ kind: 'detachPartition', partition, parent, concurrently: false }],
  touches: (op) => touches({ requires: [tableRef(op.parent), tableRef(op.partition)] }),
  describe: (op) => `attach partition ${tableTitle(op.partition)} to table ${tableTitle(op.parent)}`,
  print: ({ partition, parent, bounds, partitionBy }, printer) =>
    printer.call(
      'attachPartition',
      [printer.table(partition), printer.table(parent), printBounds(bounds, printer)],
      partitionBy === null ? {} : { partitionBy: printPartitionKey(partitionBy, printer) },
    ),
}

export const detachPartition: OpDefinition<'detachPartition'> = {
  apply(schema, op) {
    const partition = findObject(schema, 'partition', op.partition)
    const left = withoutObjects(schema, [partition])
    return partition === null || partition.table === null ? left : putTable(left, partition.table)
  },
  invert({ partition, parent }, before) {
    const known = findObject(before, 'partition', partition)
    if (known !== null) {
      const partitionBy = known.table === null ? known.partitionBy : null
      return [{ kind: 'attachPartition', partition, parent, bounds: known.bounds, partitionBy }]
    }
    return { irreversible: `Which rows partition ${tableTitle(partition)} was for is not known here.` }
  },
  touches: (op) => touches({ requires: [tableRef(op.parent), tableRef(op.partition)] }),
  describe: (op) => `detach partition ${tableTitle(op.partition)} from table ${tableTitle(op.parent)}`,
  print: ({ partition, parent, concurrently }, printer) =>
    printer.call(
      'detachPartition',
      [printer.table(partition), printer.table(parent)],
      concurrently ? { concurrently } : {},
    ),
}
