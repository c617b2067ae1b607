// Enumerations: types of their own here, made when a column first needs them and changed with every column that has them.

import { AludelError } from '../../../errors.ts'
import type { Op } from '../../../ops/operations.ts'
import { sameData } from '../../../schema/canonical.ts'
import { namesIdentifier } from '../../../schema/identifiers.ts'
import { findEnum, findTable, sameName, tableTitle } from '../../../schema/lookup.ts'
import type { Column, EnumType, ForeignKey, Schema, Table, TableName } from '../../../schema/model.ts'
import { shortName } from '../../../schema/naming.ts'
import { defaultText } from '../defaults.ts'
import { literal, qualified, quote } from '../literal.ts'
import { checkText, foreignKeyText } from './constraint.ts'
import { indexText } from './index.ts'
import { alter, type Context, type Piece, type StatementPiece, statement } from './piece.ts'

export function createEnum({ enumeration }: Op<'createEnum'>): readonly Piece[] {
  return [creation(enumeration)]
}

export function dropEnum({ enumeration }: Op<'dropEnum'>): readonly Piece[] {
  return [statement(`DROP TYPE ${qualified(enumeration)}`)]
}

function creation(type: EnumType): StatementPiece {
  return statement(`CREATE TYPE ${qualified(type)} AS ENUM (${type.values.map(literal).join(', ')})`)
}

/** What must be done before columns of these enumerations can be: the types made, or given the values that they lack. */
export function ensureEnums(types: readonly EnumType[], op: Op, context: Context): readonly Piece[] {
  return types.flatMap((type) => {
    const known = findEnum(context.before, type)
    if (known === null) return [creation(type)]
    return sameData(known.values, type.values) ? [] : changeValues(type, [op, ...context.later], context)
  })
}

export function setEnumValues(op: Op<'setEnumValues'>, context: Context): readonly Piece[] {
  if (findEnum(context.before, op.enumeration) === null) {
    throw new AludelError(
      'unknown-enum',
      `Which values enumeration ${tableTitle(op.enumeration)} has is not known here.`,
      {
        hint: 'Create it in an earlier operation, or run against the database that has it.',
      },
    )
  }
  return changeValues(op.enumeration, context.later, context, op.columns)
}

interface ColumnPlace {
  readonly table: TableName
  readonly column: string
}

function changeValues(
  wanted: EnumType,
  later: readonly Op[],
  context: Context,
  told: readonly ColumnPlace[] = [],
): readonly Piece[] {
  const known = findEnum(context.before, wanted)?.values ?? []
  const added = wanted.values.filter((value) => !known.includes(value))
  if (sameData(known, wanted.values)) return []
  const onlyAdds = sameData(
    wanted.values.filter((value) => known.includes(value)),
    known,
  )
  if (onlyAdds && !added.some((value) => later.some((op) => mentions(op, value)))) return additions(wanted, known)
  return replacement(wanted, usesOf(wanted, context.before, told), context)
}

// A value that was added cannot be used before the transaction that added it has ended (55P04).
function mentions(op: Op, value: string): boolean {
  const text = JSON.stringify(op, (key, held) =>
    key === 'values' ? undefined : typeof held === 'bigint' ? `${held}` : held,
  )
  return text.includes(JSON.stringify(value).slice(1, -1))
}

/** The values one after another, each in its place among those that are there. */
function additions(wanted: EnumType, known: readonly string[]): readonly Piece[] {
  return wanted.values.flatMap((value, position) => {
    if (known.includes(value)) return []
    const previous = wanted.values[position - 1]
    const first = known[0]
    const place =
      previous !== undefined ? ` AFTER ${literal(previous)}` : first !== undefined ? ` BEFORE ${literal(first)}` : ''
    return [statement(`ALTER TYPE ${qualified(wanted)} ADD VALUE ${literal(value)}${place}`)]
  })
}

interface Use {
  readonly table: Table | null
  readonly place: ColumnPlace
  readonly column: Column | null
}

function usesOf(type: EnumType, before: Schema, told: readonly ColumnPlace[]): readonly Use[] {
  const known = before.tables.flatMap((table) =>
    table.columns
      .filter((column) => column.type.kind === 'enumeration' && sameName(column.type, type))
      .map((column): Use => ({ table, column, place: { table, column: column.name } })),
  )
  const unknown = told.filter(({ table }) => findTable(before, table) === null)
  return [...known, ...unknown.map((place): Use => ({ table: null, column: null, place }))]
}

/** A new type in the old one's place: values cannot be taken away or moved. */
function replacement(wanted: EnumType, uses: readonly Use[], context: Context): readonly Piece[] {
  const aside: TableName = { namespace: wanted.namespace, name: shortName(`${wanted.name}_before`) }
  const hindrances = hindrancesOf(uses, context)
  return [
    ...hindrances.flatMap(({ drop }) => drop),
    statement(`ALTER TYPE ${qualified(wanted)} RENAME TO ${quote(aside.name)}`, {
      why: 'PostgreSQL cannot take away or move the values of an enumeration, so a new type takes its place.',
    }),
    creation(wanted),
    ...uses.map((use) => conversion(use, wanted)),
    statement(`DROP TYPE ${qualified(aside)}`),
    ...hindrances.flatMap(({ create }) => create),
  ]
}

function conversion({ place, column }: Use, wanted: EnumType): Piece {
  const name = quote(place.column)
  const kept = column?.default ?? null
  const type = `ALTER COLUMN ${name} TYPE ${qualified(wanted)} USING ${name}::text::${qualified(wanted)}`
  if (column === null || kept === null) return alter(place.table, type)
  const actions = [
    `ALTER COLUMN ${name} DROP DEFAULT`,
    type,
    `ALTER COLUMN ${name} SET DEFAULT ${defaultText(kept, column.type)}`,
  ]
  return alter(place.table, ...actions)
}

interface Hindrance {
  readonly drop: readonly Piece[]
  readonly create: readonly Piece[]
}

/** Keys, checks and indexes that compare a column with the old type's values: away before, made again after. */
function hindrancesOf(uses: readonly Use[], { before, can }: Context): readonly Hindrance[] {
  const found = new Map<string, Hindrance>()
  for (const { table, place } of uses) {
    if (table === null) continue
    for (const check of table.checks.filter(
      ({ name, condition }) => name !== null && namesIdentifier(condition, place.column),
    )) {
      found.set(`check ${qualified(table)} ${check.name}`, dropAndAdd(table, check.name, checkText(check)))
    }
    for (const index of table.indexes.filter(({ where, parts }) =>
      [where, ...parts.map(({ of }) => ('column' in of ? null : of.expression))].some(
        (expression) => expression !== null && namesIdentifier(expression, place.column),
      ),
    )) {
      found.set(`index ${qualified(table)} ${index.name}`, {
        drop: [statement(`DROP INDEX ${qualified({ namespace: table.namespace, name: index.name })}`)],
        create: [statement(indexText({ table, index, ifNotExists: false, concurrently: false }, can))],
      })
    }
    for (const [holder, key] of foreignKeysOver(before, place)) {
      found.set(`key ${qualified(holder)} ${key.name}`, dropAndAdd(holder, key.name, foreignKeyText(key)))
    }
  }
  return [...found.values()]
}

function dropAndAdd(table: TableName, name: string | null, text: string): Hindrance {
  return name === null
    ? { drop: [], create: [] }
    : { drop: [alter(table, `DROP CONSTRAINT ${quote(name)}`)], create: [alter(table, `ADD ${text}`)] }
}

function foreignKeysOver(schema: Schema, place: ColumnPlace): readonly (readonly [Table, ForeignKey])[] {
  return schema.tables.flatMap((table) =>
    table.foreignKeys
      .filter(
        (key) =>
          (sameName(table, place.table) && key.columns.includes(place.column)) ||
          (sameName(key.referent, place.table) && key.referentColumns.includes(place.column)),
      )
      .map((key) => [table, key] as const),
  )
}
