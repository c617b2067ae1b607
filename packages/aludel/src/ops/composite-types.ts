// createCompositeType, alterCompositeType, dropCompositeType: types of several named parts, on PostgreSQL.

import { tableTitle } from '../schema/lookup.ts'
import { plainColumn } from '../schema/model.ts'
import type { Attribute, CompositeType } from '../schema/object-model.ts'
import { findObject, replaceObject, withObject, withoutObjects } from '../schema/objects.ts'
import { type OpDefinition, objectRef, touches } from './definition.ts'
import type { Op } from './operations.ts'
import { memberKeys } from './print-table.ts'
import type { Printer } from './printer.ts'

function printAttributes(attributes: readonly Attribute[], printer: Printer): unknown {
  const keys = memberKeys(attributes)
  return Object.fromEntries(
    attributes.map(({ name, type, collation }) => {
      const key = keys.get(name) ?? name
      const column = { ...plainColumn(name, type), collation }
      return [key, { source: printer.column(column, key === name ? {} : { name }) }]
    }),
  )
}

function changed(type: CompositeType, { drop, alter, add }: Op<'alterCompositeType'>): CompositeType {
  const kept = type.attributes
    .filter(({ name }) => !drop.includes(name))
    .map((one) => alter.find(({ name }) => name === one.name) ?? one)
  return { ...type, attributes: [...kept, ...add] }
}

export const createCompositeType: OpDefinition<'createCompositeType'> = {
  apply: (schema, { type }) => (findObject(schema, 'compositeType', type) === null ? withObject(schema, type) : schema),
  invert: ({ type: { namespace, name } }) => [
    { kind: 'dropCompositeType', type: { namespace, name }, ifExists: false },
  ],
  touches: ({ type }) => touches({ provides: [objectRef('compositeType', type)] }),
  describe: (op) => `create type ${tableTitle(op.type)}`,
  print: ({ type }, printer) =>
    printer.call('createCompositeType', [
      printer.table({ namespace: type.namespace, name: type.name }),
      printer.data(printAttributes(type.attributes, printer)),
    ]),
}

export const alterCompositeType: OpDefinition<'alterCompositeType'> = {
  apply(schema, op) {
    const type = findObject(schema, 'compositeType', op.type)
    return type === null ? schema : replaceObject(schema, type, changed(type, op))
  },
  invert(op, before) {
    const type = findObject(before, 'compositeType', op.type)
    const was = (name: string) => type?.attributes.find((one) => one.name === name)
    const [dropped, altered] = [op.drop.map(was), op.alter.map(({ name }) => was(name))]
    if ([...dropped, ...altered].includes(undefined)) {
      return { irreversible: `What type ${tableTitle(op.type)} was made of is not known here.` }
    }
    const known = (list: readonly (Attribute | undefined)[]) => list.flatMap((one) => one ?? [])
    return [{ ...op, drop: op.add.map(({ name }) => name), alter: known(altered), add: known(dropped) }]
  },
  touches: (op) => touches({ requires: [objectRef('compositeType', op.type)] }),
  describe: (op) => `change type ${tableTitle(op.type)}`,
  print: ({ type, drop, alter, add }, printer) =>
    printer.call('alterCompositeType', [
      printer.table(type),
      printer.data({
        ...(drop.length === 0 ? {} : { drop }),
        ...(alter.length === 0 ? {} : { alter: printAttributes(alter, printer) }),
        ...(add.length === 0 ? {} : { add: printAttributes(add, printer) }),
      }),
    ]),
}

export const dropCompositeType: OpDefinition<'dropCompositeType'> = {
  apply: (schema, op) => withoutObjects(schema, [findObject(schema, 'compositeType', op.type)]),
  invert(op, before) {
    const type = findObject(before, 'compositeType', op.type)
    if (type !== null) return [{ kind: 'createCompositeType', type }]
    if (op.ifExists) return []
    return { irreversible: `What type ${tableTitle(op.type)} was made of is not known here.` }
  },
  touches: (op) =>
    touches({
      requires: op.ifExists ? [] : [objectRef('compositeType', op.type)],
      removes: [objectRef('compositeType', op.type)],
    }),
  describe: (op) => `drop type ${tableTitle(op.type)}`,
  print: (op, printer) =>
    printer.call('dropCompositeType', [printer.table(op.type)], op.ifExists ? { ifExists: true } : {}),
}
