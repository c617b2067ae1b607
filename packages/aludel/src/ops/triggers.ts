// createTrigger, dropTrigger: what a table does by itself when its rows change, each given as its whole text.

import { tableTitle } from '../schema/lookup.ts'
import type { TableName } from '../schema/model.ts'
import { findTrigger, withObject, withoutObjects } from '../schema/objects.ts'
import { type ObjectRef, type OpDefinition, tableRef, touches } from './definition.ts'

function triggerRef({ namespace, name }: TableName, trigger: string): ObjectRef {
  return { kind: 'trigger', namespace, name, part: trigger }
}

export const createTrigger: OpDefinition<'createTrigger'> = {
  apply: (schema, { trigger }) =>
    findTrigger(schema, trigger.table, trigger.name) === null ? withObject(schema, trigger) : schema,
  invert: ({ trigger: { table, name } }) => [{ kind: 'dropTrigger', table, name, ifExists: false }],
  touches: ({ trigger: { table, name } }) =>
    touches({ requires: [tableRef(table)], provides: [triggerRef(table, name)] }),
  describe: ({ trigger: { table, name } }) => `create trigger "${name}" on ${tableTitle(table)}`,
  print: ({ trigger: { table, name, text } }, printer) =>
    printer.call('createTrigger', [printer.text(name), printer.table(table), printer.engineSql(text)]),
}

export const dropTrigger: OpDefinition<'dropTrigger'> = {
  apply: (schema, op) => withoutObjects(schema, [findTrigger(schema, op.table, op.name)]),
  invert(op, before) {
    const trigger = findTrigger(before, op.table, op.name)
    if (trigger !== null) return [{ kind: 'createTrigger', trigger }]
    if (op.ifExists) return []
    return { irreversible: `Which text trigger "${op.name}" on ${tableTitle(op.table)} had is not known here.` }
  },
  touches: (op) =>
    touches({
      requires: op.ifExists ? [tableRef(op.table)] : [tableRef(op.table), triggerRef(op.table, op.name)],
      removes: [triggerRef(op.table, op.name)],
    }),
  describe: (op) => `drop trigger "${op.name}" on ${tableTitle(op.table)}`,
  print: (op, printer) =>
    printer.call(
      'dropTrigger',
      [printer.text(op.name), printer.table(op.table)],
      op.ifExists ? { ifExists: true } : {},
    ),
}
