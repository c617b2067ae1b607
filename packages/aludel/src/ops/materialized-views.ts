// createMaterializedView, dropMaterializedView, refreshMaterializedView: queries whose rows are kept.

import { tableTitle } from '../schema/lookup.ts'
import type { MaterializedView } from '../schema/object-model.ts'
import { findObject, withObject, withoutObjects } from '../schema/objects.ts'
import { type OpDefinition, objectRef, tableRef, touches } from './definition.ts'
import type { Op } from './operations.ts'

/** What makes it again, and its indexes with it. */
export function materializedAgain(view: MaterializedView): readonly Op[] {
  const { namespace, name, indexes } = view
  return [
    { kind: 'createMaterializedView', view: { ...view, indexes: [] }, ifNotExists: false },
    ...indexes.map((index): Op => ({ kind: 'createIndex', table: { namespace, name }, index, ifNotExists: false })),
  ]
}

export const createMaterializedView: OpDefinition<'createMaterializedView'> = {
  apply: (schema, { view }) =>
    findObject(schema, 'materializedView', view) === null ? withObject(schema, view) : schema,
  invert({ view, ifNotExists }, before) {
    if (ifNotExists && findObject(before, 'materializedView', view) !== null) return []
    const { namespace, name } = view
    return [{ kind: 'dropMaterializedView', view: { namespace, name }, ifExists: ifNotExists }]
  },
  touches: ({ view }) =>
    touches({ requires: view.dependsOn.map(tableRef), provides: [objectRef('materializedView', view)] }),
  describe: (op) => `create materialized view ${tableTitle(op.view)}`,
  print: ({ view, ifNotExists }, printer) =>
    printer.call('createMaterializedView', [printer.table(view), printer.engineSql(view.query)], {
      ...(view.withData ? {} : { withData: false }),
      ...(Object.keys(view.options).length === 0 ? {} : { options: view.options }),
      ...printer.dependsOn(view.dependsOn),
      ...(ifNotExists ? { ifNotExists } : {}),
    }),
}

export const dropMaterializedView: OpDefinition<'dropMaterializedView'> = {
  apply: (schema, op) => withoutObjects(schema, [findObject(schema, 'materializedView', op.view)]),
  invert(op, before) {
    const view = findObject(before, 'materializedView', op.view)
    if (view !== null) return materializedAgain(view)
    if (op.ifExists) return []
    return { irreversible: `Which query materialized view ${tableTitle(op.view)} had is not known here.` }
  },
  touches: (op) =>
    touches({
      requires: op.ifExists ? [] : [objectRef('materializedView', op.view)],
      removes: [objectRef('materializedView', op.view)],
    }),
  describe: (op) => `drop materialized view ${tableTitle(op.view)}`,
  print: (op, printer) =>
    printer.call('dropMaterializedView', [printer.table(op.view)], op.ifExists ? { ifExists: true } : {}),
}

export const refreshMaterializedView: OpDefinition<'refreshMaterializedView'> = {
  apply: (schema) => schema,
  // Its rows are those of the tables: with these as they were, there is nothing of its own to take back.
  invert: () => [],
  touches: (op) => touches({ requires: [objectRef('materializedView', op.view)] }),
  describe: (op) => `refresh materialized view ${tableTitle(op.view)}`,
  print: (op, printer) =>
    printer.call('refreshMaterializedView', [printer.table(op.view)], op.concurrently ? { concurrently: true } : {}),
}
