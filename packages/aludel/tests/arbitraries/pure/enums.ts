// What can be done to the values of a schema's enumerations.

import type { EnumColumn, Op, OpKind } from '../../../src/ops/operations.ts'
import { enumsIn } from '../../../src/schema/lookup.ts'
import type { EnumType, Schema } from '../../../src/schema/model.ts'
import type { Draw } from './draw.ts'
import { placeOf } from './schema.ts'

type Maker = (draw: Draw, schema: Schema) => Op | null

function columnsOf(schema: Schema, { namespace, name }: EnumType): readonly EnumColumn[] {
  return schema.tables.flatMap((table) =>
    table.columns
      .filter((column) => enumsIn([column]).some((one) => one.name === name && one.namespace === namespace))
      .map((column) => ({ table: placeOf(table), column: column.name })),
  )
}

function onEnum(make: (draw: Draw, type: EnumType, columns: readonly EnumColumn[]) => Op): Maker {
  return (draw, schema) => {
    if (schema.enums.length === 0) return null
    const type = draw.oneOf(schema.enums)
    return make(draw, type, columnsOf(schema, type))
  }
}

export const enumMakers = {
  setEnumValues: onEnum((draw, { namespace, name, values: held }, columns) => {
    const values = draw.some(['ok', 'bad', 'x', 'y'], 1, 4)
    const gone = held.filter((value) => !values.includes(value))
    const replace = Object.fromEntries(draw.some(gone, 0, 2).map((value) => [value, draw.oneOf([null, ...values])]))
    return { kind: 'setEnumValues', enumeration: { namespace, name, values }, columns, replace }
  }),
  addEnumValue: onEnum((draw, type, columns) => {
    const there = draw.chance(20) || type.values.includes('fresh')
    const neighbour = draw.oneOf(type.values)
    return {
      kind: 'addEnumValue',
      enumeration: placeOf(type),
      value: there ? draw.oneOf(type.values) : 'fresh',
      place: draw.oneOf([null, { before: neighbour }, { after: neighbour }]),
      ifNotExists: there || draw.chance(20),
      columns,
    }
  }),
  renameEnumValue: onEnum((draw, type, columns) => ({
    kind: 'renameEnumValue',
    enumeration: placeOf(type),
    value: draw.oneOf(type.values),
    name: type.values.includes('fresh') ? 'fresher' : 'fresh',
    columns,
  })),
} as const satisfies Partial<Record<OpKind, Maker>>
