// setEnumValues, addEnumValue, renameEnumValue: the values of an enumeration, and what rows and defaults hold instead of one that goes.

import { findEnum, sameName, tableTitle } from '../schema/lookup.ts'
import type { Column, Default, EnumType, Schema, Table, TableName } from '../schema/model.ts'
import { enumRef, type Irreversible, type OpDefinition, touches } from './definition.ts'
import type { EnumColumn, Op, Replacements } from './operations.ts'

export type EnumValuesOp = Op<'setEnumValues' | 'addEnumValue' | 'renameEnumValue'>

/** The values that the operation leaves of these. */
export function valuesAfter(op: EnumValuesOp, values: readonly string[]): readonly string[] {
  switch (op.kind) {
    case 'setEnumValues':
      return op.enumeration.values
    case 'addEnumValue':
      return values.includes(op.value) ? values : values.toSpliced(positionOf(op, values), 0, op.value)
    case 'renameEnumValue':
      return values.map((value) => (value === op.value ? op.name : value))
  }
}

function positionOf({ place }: Op<'addEnumValue'>, values: readonly string[]): number {
  if (place === null) return values.length
  const neighbour = values.indexOf('before' in place ? place.before : place.after)
  if (neighbour === -1) return values.length
  return 'before' in place ? neighbour : neighbour + 1
}

/** What stands for the values that go. */
export function replacementsOf(op: EnumValuesOp): Replacements {
  if (op.kind === 'setEnumValues') return op.replace
  return op.kind === 'renameEnumValue' ? { [op.value]: op.name } : {}
}

/** The default with a value that goes replaced; the same one where it stays. */
export function defaultAfter(given: Default | null, replace: Replacements): Default | null {
  if (given?.kind !== 'value' || typeof given.value !== 'string' || !Object.hasOwn(replace, given.value)) return given
  const value = replace[given.value] ?? null
  return value === null ? null : { kind: 'value', value }
}

// An engine without named types reports an enumeration without its name: there the listed columns are the ones.
function isOfIt({ enumeration, columns }: EnumValuesOp, table: TableName, { name, type }: Column): boolean {
  if (type.kind !== 'enumeration') return false
  return (
    sameName(type, enumeration) || columns.some((listed) => listed.column === name && sameName(listed.table, table))
  )
}

function changed(column: Column, op: EnumValuesOp): Column {
  if (column.type.kind !== 'enumeration') return column
  const type = { ...column.type, values: valuesAfter(op, column.type.values) }
  return { ...column, type, default: defaultAfter(column.default, replacementsOf(op)) }
}

function applied(schema: Schema, op: EnumValuesOp): Schema {
  const inTable = (table: Table): Table => ({
    ...table,
    columns: table.columns.map((column) => (isOfIt(op, table, column) ? changed(column, op) : column)),
  })
  const inEnum = (type: EnumType): EnumType =>
    sameName(type, op.enumeration) ? { ...type, values: valuesAfter(op, type.values) } : type
  return { ...schema, enums: schema.enums.map(inEnum), tables: schema.tables.map(inTable) }
}

/** The values as they were, and the defaults that named one which went. */
function restored(op: Op<'setEnumValues' | 'addEnumValue'>, before: Schema): readonly Op[] | Irreversible {
  const enumeration = findEnum(before, op.enumeration)
  if (enumeration === null) {
    return { irreversible: `Which values enumeration ${tableTitle(op.enumeration)} had is not known here.` }
  }
  if (op.kind === 'addEnumValue' && enumeration.values.includes(op.value)) return []
  const followed = before.tables.flatMap((table) =>
    table.columns
      .filter((column) => isOfIt(op, table, column) && changed(column, op).default !== column.default)
      .map((column) => ({ table, column })),
  )
  return [
    // The default that took the place of another is no value of the old list.
    ...followed.map(({ table, column }) => defaultOf(table, column.name, null)),
    { kind: 'setEnumValues', enumeration, columns: op.columns, replace: {} },
    ...followed.map(({ table, column }) => defaultOf(table, column.name, column.default)),
  ]
}

function defaultOf({ namespace, name }: Table, column: string, value: Default | null): Op<'alterColumn'> {
  return { kind: 'alterColumn', table: { namespace, name }, column, set: { default: value }, using: null }
}

function columnsOption(columns: readonly EnumColumn[], print: (columns: readonly EnumColumn[]) => string) {
  return columns.length === 0 ? {} : { columns: { source: print(columns) } }
}

export const setEnumValues: OpDefinition<'setEnumValues'> = {
  apply: applied,
  invert: restored,
  touches: (op) => touches({ requires: [enumRef(op.enumeration)] }),
  describe: (op) => `set the values of enumeration ${tableTitle(op.enumeration)}`,
  print: ({ enumeration, columns, replace }, printer) =>
    printer.call(
      'setEnumValues',
      [printer.table(enumeration), printer.list(enumeration.values), printer.columns(columns)],
      Object.keys(replace).length === 0 ? {} : { replace },
    ),
}

export const addEnumValue: OpDefinition<'addEnumValue'> = {
  apply: applied,
  invert: restored,
  touches: (op) => touches({ requires: [enumRef(op.enumeration)] }),
  describe: (op) => `add the value "${op.value}" to enumeration ${tableTitle(op.enumeration)}`,
  print: ({ enumeration, value, place, ifNotExists, columns }, printer) =>
    printer.call('addEnumValue', [printer.table(enumeration), printer.text(value)], {
      ...place,
      ...(ifNotExists ? { ifNotExists } : {}),
      ...columnsOption(columns, printer.columns),
    }),
}

export const renameEnumValue: OpDefinition<'renameEnumValue'> = {
  apply: applied,
  invert: (op) => [{ ...op, value: op.name, name: op.value }],
  touches: (op) => touches({ requires: [enumRef(op.enumeration)] }),
  describe: (op) => `rename the value "${op.value}" of enumeration ${tableTitle(op.enumeration)} to "${op.name}"`,
  print: ({ enumeration, value, name, columns }, printer) =>
    printer.call(
      'renameEnumValue',
      [printer.table(enumeration), printer.text(value), printer.text(name)],
      columnsOption(columns, printer.columns),
    ),
}
