// createEnum, dropEnum, setEnumValues: named enumerations. Engines without named types keep the values with each column.

import { findEnum, sameName, tableTitle } from '../schema/lookup.ts'
import type { Schema, Table } from '../schema/model.ts'
import { enumRef, type OpDefinition, touches } from './definition.ts'
import type { Op } from './operations.ts'

export const createEnum: OpDefinition<'createEnum'> = {
  apply: (schema, op) =>
    findEnum(schema, op.enumeration) === null ? { ...schema, enums: [...schema.enums, op.enumeration] } : schema,
  invert: ({ enumeration: { namespace, name } }, before) =>
    findEnum(before, { namespace, name }) === null ? [{ kind: 'dropEnum', enumeration: { namespace, name } }] : [],
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
  apply: withValues,
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

// An engine without named types reports an enumeration without its name: there the listed columns are the ones.
function withValues(schema: Schema, { enumeration: wanted, columns }: Op<'setEnumValues'>): Schema {
  const isListed = (table: Table, column: string) =>
    columns.some((listed) => listed.column === column && sameName(listed.table, table))
  const inTable = (table: Table): Table => ({
    ...table,
    columns: table.columns.map((column) =>
      column.type.kind === 'enumeration' && (sameName(column.type, wanted) || isListed(table, column.name))
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
