// moveTable: a table in another namespace, with its indexes, keys and the sequences of its columns.

import { tableTitle } from '../schema/lookup.ts'
import { type OpDefinition, tableRef, touches } from './definition.ts'
import { moved } from './rename-table.ts'

export const moveTable: OpDefinition<'moveTable'> = {
  apply: (schema, op) => moved(schema, op.table, { namespace: op.namespace, name: op.table.name }),
  invert: ({ table, namespace }) => [
    { kind: 'moveTable', table: { namespace, name: table.name }, namespace: table.namespace },
  ],
  touches: ({ table, namespace }) =>
    touches({
      requires: [
        tableRef(table),
        ...(namespace === null ? [] : [{ kind: 'namespace' as const, namespace: null, name: namespace, part: null }]),
      ],
      provides: [tableRef({ namespace, name: table.name })],
      removes: [tableRef(table)],
    }),
  describe: ({ table, namespace }) =>
    `move table ${tableTitle(table)} to ${tableTitle({ namespace, name: table.name })}`,
  print: ({ table, namespace }, printer) =>
    printer.call('renameTable', [
      printer.table(table),
      `{ namespace: ${printer.maybe(namespace)}, name: ${printer.text(table.name)} }`,
    ]),
}
