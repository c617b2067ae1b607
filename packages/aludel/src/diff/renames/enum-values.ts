// Values of enumerations: one is gone, and another stands in its place.

import type { EnumColumn, Op } from '../../ops/operations.ts'
import { canonicalJson, sameData } from '../../schema/canonical.ts'
import { tableKey } from '../../schema/define.ts'
import { findColumn, findEnum, sameName } from '../../schema/lookup.ts'
import type { EnumType, Schema, TableName } from '../../schema/model.ts'
import type { Answers } from '../questions.ts'
import { partTitle, titleOf } from '../titles.ts'
import { nameLikeness } from './likeness.ts'
import { type Rename, renamesOf } from './pairing.ts'

export interface EnumRequest {
  /** The schema in which tables and columns have their new names already. */
  readonly before: Schema
  readonly after: Schema
  /** Where the name of an enumeration is told which the engine keeps with each column. */
  readonly model: Schema
  readonly answers: Answers
  can(op: Op): boolean
}

/** Two values in one place are asked about, however little their texts are alike. */
const threshold = 0.5

export function enumValueRenames({ before, after, model, answers, can }: EnumRequest): readonly Rename[] {
  return enumsOf(before, after, model).flatMap(({ type, wanted, columns }) => {
    const gone = type.values.filter((value) => !wanted.includes(value))
    const come = wanted.filter((value) => !type.values.includes(value))
    const named = (value: string) => ({ title: partTitle(type, value), others: [`${titleOf(type)}.${value}`] })
    return renamesOf({
      object: 'enumValue',
      gone: gone.map(named),
      come: come.map(named),
      answers,
      needs: null,
      threshold,
      likeness: (from, to) => {
        const [value, other] = [gone[from] ?? '', come[to] ?? '']
        if (!isSamePlace(type.values, wanted, value, other)) return null
        return { score: 0.6 + 0.4 * nameLikeness(value, other), why: ['in the same place'] }
      },
      op: (from, to) => {
        const op: Op = {
          kind: 'renameEnumValue',
          enumeration: { namespace: type.namespace, name: type.name },
          value: gone[from] ?? '',
          name: come[to] ?? '',
          columns,
        }
        return can(op) ? op : null
      },
    })
  })
}

/** True where both stand between the same of the values that stay. */
function isSamePlace(values: readonly string[], wanted: readonly string[], value: string, other: string): boolean {
  const gone = (list: readonly string[], others: readonly string[]) => list.filter((one) => others.includes(one))
  const before = (list: readonly string[], one: string) => list.slice(0, list.indexOf(one))
  const [first, second] = [before(values, value), before(wanted, other)]
  return first.length === second.length && sameData(gone(first, wanted), gone(second, values))
}

interface FoundEnum {
  readonly type: EnumType
  readonly wanted: readonly string[]
  readonly columns: readonly EnumColumn[]
}

function enumsOf(before: Schema, after: Schema, model: Schema): readonly FoundEnum[] {
  const named = after.enums.flatMap((wanted): readonly FoundEnum[] => {
    const type = findEnum(before, wanted)
    if (type === null || sameData(type.values, wanted.values)) return []
    const columns = columnsOf(before, (column) => column.kind === 'enumeration' && sameName(column, type))
    return [{ type, wanted: wanted.values, columns: columns.map(({ table, column }) => ({ table, column })) }]
  })
  return [...named, ...unnamedEnums(before, after, model)]
}

type ColumnKind = Schema['tables'][number]['columns'][number]['type']

function columnsOf(schema: Schema, isIt: (type: ColumnKind) => boolean) {
  return schema.tables.flatMap(({ namespace, name, columns }) =>
    columns
      .filter(({ type }) => isIt(type))
      .map((column) => ({ table: { namespace, name }, column: column.name, type: column.type })),
  )
}

// Some engines keep the values with each column and no name: the model tells which columns are of one type.
function unnamedEnums(before: Schema, after: Schema, model: Schema): readonly FoundEnum[] {
  const found = new Map<string, FoundEnum>()
  for (const { table, column, type } of columnsOf(before, isUnnamed)) {
    const wanted = valuesOf(after, table, column)
    const own = findColumn(model, table, column)?.type
    if (wanted === null || own?.kind !== 'enumeration' || own.name === '' || type.kind !== 'enumeration') continue
    if (sameData(type.values, wanted)) continue
    const { namespace, name } = own
    const key = canonicalJson([tableKey(own), type.values, wanted])
    const known = found.get(key) ?? { type: { namespace, name, values: type.values }, wanted, columns: [] }
    found.set(key, { ...known, columns: [...known.columns, { table, column }] })
  }
  return [...found.values()]
}

function isUnnamed(type: ColumnKind): boolean {
  return type.kind === 'enumeration' && type.name === ''
}

function valuesOf(schema: Schema, table: TableName, column: string): readonly string[] | null {
  const type = findColumn(schema, table, column)?.type
  return type?.kind === 'enumeration' ? type.values : null
}
