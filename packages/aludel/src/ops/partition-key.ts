// What tells the partitions of a table apart: as text of a call, and with a change made to its expressions and columns.

import type { PartitionKey } from '../schema/model.ts'
import type { Sql } from '../schema/sql.ts'
import type { Printer } from './printer.ts'

/** The key with a change made to every expression in it. */
export function withinPartitionKey(key: PartitionKey | null, change: (expression: Sql) => Sql): PartitionKey | null {
  if (key === null) return null
  return { ...key, by: key.by.map((of) => ('column' in of ? of : { expression: change(of.expression) })) }
}

export function printPartitionKey({ method, by }: PartitionKey, printer: Printer): Readonly<Record<string, unknown>> {
  return { [method]: by.map((of) => ('column' in of ? of.column : { source: printer.sql(of.expression) })) }
}
