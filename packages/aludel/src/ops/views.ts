// createView, dropView, renameView: queries with a name.

import { tableTitle } from '../schema/lookup.ts'
import { findObject, replaceObject, triggersOf, withObject, withoutObjects } from '../schema/objects.ts'
import { type OpDefinition, objectRef, tableRef, touches } from './definition.ts'

export const createView: OpDefinition<'createView'> = {
  apply(schema, { view, orReplace }) {
    const there = findObject(schema, 'view', view)
    if (there === null) return withObject(schema, view)
    return orReplace ? replaceObject(schema, there, view) : schema
  },
  invert({ view, orReplace }, before) {
    const { namespace, name } = view
    const drop = { kind: 'dropView' as const, view: { namespace, name }, ifExists: false }
    const there = findObject(before, 'view', view)
    if (!orReplace) return [drop]
    // A view of other columns cannot take the place of one, so the later one goes first.
    if (there !== null) return [drop, { kind: 'createView', view: there, orReplace: false }]
    return {
      irreversible: `Whether there was a view ${tableTitle(view)} before, and which query it had, is not known here.`,
    }
  },
  touches: ({ view }) => touches({ requires: view.dependsOn.map(tableRef), provides: [objectRef('view', view)] }),
  describe: (op) => `create view ${tableTitle(op.view)}`,
  print({ view, orReplace }, printer) {
    const { columns, comment, options, dependsOn } = view
    return printer.call('createView', [printer.table(view), printer.engineSql(view.query)], {
      ...(orReplace ? { orReplace } : {}),
      ...(columns === null ? {} : { columns }),
      ...(comment === null ? {} : { comment }),
      ...(Object.keys(options).length === 0 ? {} : { options }),
      ...printer.dependsOn(dependsOn),
    })
  },
}

export const dropView: OpDefinition<'dropView'> = {
  apply: (schema, op) => withoutObjects(schema, [findObject(schema, 'view', op.view), ...triggersOf(schema, op.view)]),
  invert(op, before) {
    const view = findObject(before, 'view', op.view)
    if (view !== null) {
      const triggers = triggersOf(before, op.view).map((trigger) => ({ kind: 'createTrigger' as const, trigger }))
      return [{ kind: 'createView', view, orReplace: false }, ...triggers]
    }
    if (op.ifExists) return []
    return { irreversible: `Which query view ${tableTitle(op.view)} had is not known here.` }
  },
  touches: (op) =>
    touches({ requires: op.ifExists ? [] : [objectRef('view', op.view)], removes: [objectRef('view', op.view)] }),
  describe: (op) => `drop view ${tableTitle(op.view)}`,
  print: (op, printer) => printer.call('dropView', [printer.table(op.view)], op.ifExists ? { ifExists: true } : {}),
}

export const renameView: OpDefinition<'renameView'> = {
  apply(schema, op) {
    const view = findObject(schema, 'view', op.view)
    if (view === null) return schema
    const renamed = { ...view, name: op.name }
    const place = { namespace: view.namespace, name: op.name }
    return triggersOf(schema, op.view).reduce(
      (state, trigger) => replaceObject(state, trigger, { ...trigger, table: place }),
      replaceObject(schema, view, renamed),
    )
  },
  invert: (op) => [{ kind: 'renameView', view: { namespace: op.view.namespace, name: op.name }, name: op.view.name }],
  touches: (op) =>
    touches({
      requires: [objectRef('view', op.view)],
      provides: [objectRef('view', { namespace: op.view.namespace, name: op.name })],
      removes: [objectRef('view', op.view)],
    }),
  describe: (op) => `rename view ${tableTitle(op.view)} to "${op.name}"`,
  print: (op, printer) => printer.call('renameView', [printer.table(op.view), printer.text(op.name)]),
}
