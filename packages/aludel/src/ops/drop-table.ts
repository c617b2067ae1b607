// dropTable: a table and everything on it, its partitions included.

import { findTable, tableTitle, withoutTable } from '../schema/lookup.ts'
import type { Schema, TableName } from '../schema/model.ts'
import { findObject, sequencesOf, withoutObjects } from '../schema/objects.ts'
import { belongingAgain, belongingsOf } from './belongings.ts'
import { type OpDefinition, tableRef, touches } from './definition.ts'
import type { Op } from './operations.ts'
import { partitionAgain, partitionsOf } from './partitions.ts'
import { owned, unowned } from './sequences.ts'

function without(schema: Schema, table: TableName): Schema {
  const left = partitionsOf(schema, table).reduce(without, schema)
  return withoutObjects(withoutTable(left, table), [
    findObject(left, 'partition', table),
    ...belongingsOf(left, table),
    ...sequencesOf(left, table, null),
  ])
}

/** What makes the table again; null where it is not known what it was made of. */
function again(schema: Schema, at: TableName): readonly Op[] | null {
  const table = findTable(schema, at)
  const partition = findObject(schema, 'partition', at)
  if (table === null && partition === null) return null
  const sequences = sequencesOf(schema, at, null)
  return [
    ...sequences.map(unowned),
    ...(table === null ? [] : [{ kind: 'createTable' as const, table, ifNotExists: false }]),
    ...(partition === null ? [] : partitionAgain(partition)),
    ...partitionsOf(schema, at).flatMap((one) => again(schema, one) ?? []),
    ...sequences.map(owned),
    ...belongingsOf(schema, at).map(belongingAgain),
  ]
}

export const dropTable: OpDefinition<'dropTable'> = {
  apply: (schema, op) => without(schema, op.table),
  invert(op, before) {
    const ops = again(before, op.table)
    if (ops !== null) return ops
    if (op.ifExists) return []
    return { irreversible: `What table ${tableTitle(op.table)} was made of is not known here.` }
  },
  touches: (op) => touches({ requires: op.ifExists ? [] : [tableRef(op.table)], removes: [tableRef(op.table)] }),
  describe: (op) => `drop table ${tableTitle(op.table)}`,
  print: (op, printer) => printer.call('dropTable', [printer.table(op.table)], op.ifExists ? { ifExists: true } : {}),
}
