// createObject, dropObject: what is known by the whole of its CREATE statement, such as rules and events.

import { tableTitle } from '../schema/lookup.ts'
import type { Schema, TableName } from '../schema/model.ts'
import type { DefinedObject } from '../schema/object-model.ts'
import { definedRef, refKey, refOf } from '../schema/object-ref.ts'
import { withObject, withoutObjects } from '../schema/objects.ts'
import { type OpDefinition, tableRef, touches } from './definition.ts'
import type { Op } from './operations.ts'

type Place = Pick<Op<'dropObject'>, 'type' | 'object' | 'of'>

export function findDefined(schema: Schema, { type, object, of }: Place): DefinedObject | null {
  const key = refKey(definedRef(type, object, of))
  const isIt = (one: DefinedObject) => refKey(definedRef(one.type, one, one.table)) === key
  return schema.objects.find((one): one is DefinedObject => one.kind === 'defined' && isIt(one)) ?? null
}

function placeOf({ type, namespace, name, table }: DefinedObject): Place {
  return { type, object: { namespace, name }, of: table }
}

function title({ type, object, of }: Place): string {
  return of === null ? `${type} ${tableTitle(object)}` : `${type} "${object.name}" on ${tableTitle(of)}`
}

/** The objects of this kind on a table. */
export function definedOn(schema: Schema, table: TableName): readonly DefinedObject[] {
  return schema.objects.filter(
    (one): one is DefinedObject =>
      one.kind === 'defined' && one.table?.name === table.name && one.table.namespace === table.namespace,
  )
}

export const createObject: OpDefinition<'createObject'> = {
  apply: (schema, { object }) => (findDefined(schema, placeOf(object)) === null ? withObject(schema, object) : schema),
  invert: ({ object }) => [{ kind: 'dropObject', ...placeOf(object), ifExists: false }],
  touches: ({ object }) =>
    touches({
      requires: object.table === null ? [] : [tableRef(object.table)],
      provides: [refOf(object)].flatMap((ref) => (ref === null ? [] : [ref])),
    }),
  describe: ({ object }) => `create ${title(placeOf(object))}`,
  print({ object }, printer) {
    const { type, namespace, name, table, text } = object
    return printer.call(
      'createObject',
      [printer.text(type), printer.table({ namespace, name }), printer.engineSql(text)],
      table === null ? {} : { on: { source: printer.table(table) } },
    )
  },
}

export const dropObject: OpDefinition<'dropObject'> = {
  apply: (schema, op) => withoutObjects(schema, [findDefined(schema, op)]),
  invert(op, before) {
    const object = findDefined(before, op)
    if (object !== null) return [{ kind: 'createObject', object }]
    if (op.ifExists) return []
    return { irreversible: `Which text ${title(op)} had is not known here.` }
  },
  touches(op) {
    const ref = definedRef(op.type, op.object, op.of)
    return touches({ requires: op.ifExists ? [] : [ref], removes: [ref] })
  },
  describe: (op) => `drop ${title(op)}`,
  print: ({ type, object, of, ifExists }, printer) =>
    printer.call('dropObject', [printer.text(type), printer.table(object)], {
      ...(of === null ? {} : { on: { source: printer.table(of) } }),
      ...(ifExists ? { ifExists } : {}),
    }),
}
