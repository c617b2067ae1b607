// enableRowSecurity, disableRowSecurity: whether the policies of a table decide which of its rows are there for whom.

import { findTable, sameName, tableTitle } from '../schema/lookup.ts'
import type { Schema, TableName } from '../schema/model.ts'
import type { RowSecurity } from '../schema/object-model.ts'
import { withObject, withoutObjects } from '../schema/objects.ts'
import { type Irreversible, type OpDefinition, tableRef, touches } from './definition.ts'
import type { Op } from './operations.ts'

function findRowSecurity(schema: Schema, table: TableName): RowSecurity | null {
  const found = schema.objects.find((object) => object.kind === 'rowSecurity' && sameName(object.table, table))
  return found?.kind === 'rowSecurity' ? found : null
}

/** What makes it again. */
export function enabling({ table, force }: RowSecurity): Op<'enableRowSecurity'> {
  return { kind: 'enableRowSecurity', table, force }
}

function restored(table: TableName, before: Schema): readonly Op[] | Irreversible {
  const was = findRowSecurity(before, table)
  if (was !== null) return [enabling(was)]
  if (findTable(before, table) !== null) return [{ kind: 'disableRowSecurity', table }]
  return { irreversible: `Whether row security of table ${tableTitle(table)} was forced is not known here.` }
}

export const enableRowSecurity: OpDefinition<'enableRowSecurity'> = {
  apply: (schema, { table, force }) =>
    withObject(withoutObjects(schema, [findRowSecurity(schema, table)]), {
      kind: 'rowSecurity',
      ...table,
      table,
      force,
    }),
  invert({ table }, before) {
    const was = findRowSecurity(before, table)
    return [was === null ? { kind: 'disableRowSecurity', table } : enabling(was)]
  },
  touches: (op) => touches({ requires: [tableRef(op.table)] }),
  describe: (op) => `enable row security of table ${tableTitle(op.table)}`,
  print: (op, printer) => printer.call('enableRowSecurity', [printer.table(op.table)], op.force ? { force: true } : {}),
}

export const disableRowSecurity: OpDefinition<'disableRowSecurity'> = {
  apply: (schema, op) => withoutObjects(schema, [findRowSecurity(schema, op.table)]),
  invert: (op, before) => restored(op.table, before),
  touches: (op) => touches({ requires: [tableRef(op.table)] }),
  describe: (op) => `disable row security of table ${tableTitle(op.table)}`,
  print: (op, printer) => printer.call('disableRowSecurity', [printer.table(op.table)]),
}
