// createEnum, dropEnum: named enumerations. Engines without named types keep the values with each column.

import { findEnum, sameName, tableTitle } from '../schema/lookup.ts'
import { enumRef, type OpDefinition, touches } from './definition.ts'

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
