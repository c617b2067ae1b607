// createEnum, dropEnum, setEnumValues: named enumerations. Engines without named types keep the values with each column.

import { findEnum, sameName, tableTitle } from '../schema/lookup.ts'
import type { EnumType, Schema, Table } from '../schema/model.ts'
import { enumRef, type OpDefinition, touches } from './definition.ts'

export const createEnum: OpDefinition<'createEnum'> = {
  apply: (schema, op) =>
    findEnum(schema, op.enumeration) === null ? { ...schema, enums: [...schema.enums, op.enumeration] } : schema,
  invert: (op) => [
    { kind: 'dropEnum', enumeration: { namespace: op.enumeration.namespace, name: op.enumeration.name } },
  ],
  touches: (op) => touches({ provides: [enumRef(op.enumeration)] }),
  describe: (op) => `create enumeration ${tableTitle(op.enumeration)}`,
  print: (op, printer) =>
    printer.call('createEnum', [printer.table(op.enumeration), printer.list(op.enumeration.values)]),
}

export const dropEnum: OpDefinition<'dropEnum'> = {
  apply: (schema, op) => ({ ...schema, enums: schema.enums.filter((type) => !sameName(type, op.enumeration)) }),
  invert(op, before) {
    const enumeration = findEnum(before, op.enumeration)
    if (enumeration === null) {
      return { irreversible: `Which values enumeration ${tableTitle(op.enumeration)} had is not known here.` }
    }
    return [{ kind: 'createEnum', enumeration }]
  },
  touches: (op) => touches({ requires: [enumRef(op.enumeration)], removes: [enumRef(op.enumeration)] }),
  describe: (op) => `drop enumeration ${tableTitle(op.enumeration)}`,
  print: (op, printer) => printer.call('dropEnum', [printer.table(op.enumeration)]),
}

export const setEnumValues: OpDefinition<'setEnumValues'> = {
  apply: (schema, op) => withValues(schema, op.enumeration),
  invert(op, before) {
    const enumeration = findEnum(before, op.enumeration)
    if (enumeration === null) {
      return { irreversible: `Which values enumeration ${tableTitle(op.enumeration)} had is not known here.` }
    }
    return [{ kind: 'setEnumValues', enumeration, columns: op.columns }]
  },
  touches: (op) => touches({ requires: [enumRef(op.enumeration)] }),
  describe: (op) => `set the values of enumeration ${tableTitle(op.enumeration)}`,
  print: (op, printer) =>
    printer.call('setEnumValues', [
      printer.table(op.enumeration),
      printer.list(op.enumeration.values),
      printer.columns(op.columns),
    ]),
}

function withValues(schema: Schema, wanted: EnumType): Schema {
  const inTable = (table: Table): Table => ({
    ...table,
    columns: table.columns.map((column) =>
      column.type.kind === 'enumeration' && sameName(column.type, wanted)
        ? { ...column, type: { ...column.type, values: wanted.values } }
        : column,
    ),
  })
  return {
    ...schema,
    enums: schema.enums.map((type) => (sameName(type, wanted) ? wanted : type)),
    tables: schema.tables.map(inTable),
  }
}
