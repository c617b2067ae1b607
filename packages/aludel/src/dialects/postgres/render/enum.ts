// Enumerations: types of their own here, made when a column first needs them and changed with every column that has them.

import { AludelError } from '../../../errors.ts'
import { defaultAfter, valuesAfter } from '../../../ops/enum-values.ts'
import type { EnumColumn, Op, Replacements } from '../../../ops/operations.ts'
import { sameData } from '../../../schema/canonical.ts'
import { namesIdentifier } from '../../../schema/identifiers.ts'
import { findEnum, findTable, sameName, tableTitle } from '../../../schema/lookup.ts'
import type { Column, EnumType, ForeignKey, Schema, Table, TableName } from '../../../schema/model.ts'
import { shortName } from '../../../schema/naming.ts'
import { defaultText } from '../defaults.ts'
import { literal, qualified, quote } from '../literal.ts'
import { addedText, checkText, foreignKeyText } from './constraint.ts'
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
  if (findEnum(context.before, op.enumeration) === null) throw unknownEnum(op.enumeration)
  return changeValues(op.enumeration, context.later, context, op)
}

/** In its own place among the others, unless it is used in the same transaction: then a new type takes the old one's place. */
export function addEnumValue(op: Op<'addEnumValue'>, context: Context): readonly Piece[] {
  const { enumeration, value, place, ifNotExists } = op
  const known = findEnum(context.before, enumeration)
  if (!context.later.some((next) => mentions(next, value))) {
    const where =
      place === null ? '' : 'before' in place ? ` BEFORE ${literal(place.before)}` : ` AFTER ${literal(place.after)}`
    const condition = ifNotExists ? 'IF NOT EXISTS ' : ''
    return [statement(`ALTER TYPE ${qualified(enumeration)} ADD VALUE ${condition}${literal(value)}${where}`)]
  }
  if (known === null) throw unknownEnum(enumeration)
  if (known.values.includes(value) && ifNotExists) return []
  const wanted = { ...known, values: valuesAfter(op, known.values) }
  return replacement({ wanted, replace: {} }, usesOf(wanted, context.before, op.columns), context)
}

export function renameEnumValue({ enumeration, value, name }: Op<'renameEnumValue'>): readonly Piece[] {
  return [statement(`ALTER TYPE ${qualified(enumeration)} RENAME VALUE ${literal(value)} TO ${literal(name)}`)]
}

function unknownEnum(enumeration: TableName): AludelError {
  return new AludelError('unknown-enum', `Which values enumeration ${tableTitle(enumeration)} has is not known here.`, {
    hint: 'Create it in an earlier operation, or run against the database that has it.',
  })
}

type Told = Pick<Op<'setEnumValues'>, 'columns' | 'replace'>

function changeValues(
  wanted: EnumType,
  later: readonly Op[],
  context: Context,
  { columns, replace }: Told = { columns: [], replace: {} },
): readonly Piece[] {
  const known = findEnum(context.before, wanted)?.values ?? []
  const added = wanted.values.filter((value) => !known.includes(value))
  if (sameData(known, wanted.values)) return []
  const onlyAdds = sameData(
    wanted.values.filter((value) => known.includes(value)),
    known,
  )
  if (onlyAdds && !added.some((value) => later.some((op) => mentions(op, value)))) return additions(wanted, known)
  return replacement({ wanted, replace }, usesOf(wanted, context.before, columns), context)
}

// A value that was added cannot be used before the transaction that added it has ended (55P04).
// Neither code nor a file of rows says which values it uses.
function mentions(op: Op, value: string): boolean {
  if (op.kind === 'run' || op.kind === 'insertFile') return true
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
  readonly place: EnumColumn
  readonly column: Column | null
}

function usesOf(type: EnumType, before: Schema, told: readonly EnumColumn[]): readonly Use[] {
  const known = before.tables.flatMap((table) =>
    table.columns
      .filter((column) => column.type.kind === 'enumeration' && sameName(column.type, type))
      .map((column): Use => ({ table, column, place: { table, column: column.name } })),
  )
  const unknown = told.filter(({ table }) => findTable(before, table) === null)
  return [...known, ...unknown.map((place): Use => ({ table: null, column: null, place }))]
}

interface Change {
  readonly wanted: EnumType
  readonly replace: Replacements
}

/** A new type in the old one's place: values cannot be taken away or moved. */
function replacement(change: Change, uses: readonly Use[], context: Context): readonly Piece[] {
  const { wanted } = change
  const aside: TableName = { namespace: wanted.namespace, name: shortName(`${wanted.name}_before`) }
  const hindrances = hindrancesOf(uses, context)
  return [
    ...hindrances.flatMap(({ drop }) => drop),
    statement(`ALTER TYPE ${qualified(wanted)} RENAME TO ${quote(aside.name)}`, {
      why: 'PostgreSQL cannot take away or move the values of an enumeration, so a new type takes its place.',
    }),
    creation(wanted),
    ...uses.map((use) => conversion(use, change)),
    statement(`DROP TYPE ${qualified(aside)}`),
    ...hindrances.flatMap(({ create }) => create),
  ]
}

function conversion({ place, column }: Use, { wanted, replace }: Change): Piece {
  const name = quote(place.column)
  const had = column?.default ?? null
  const kept = defaultAfter(had, replace)
  const type = `ALTER COLUMN ${name} TYPE ${qualified(wanted)} USING ${valueText(name, replace)}::${qualified(wanted)}`
  if (column === null || had === null) return alter(place.table, type)
  const actions = [
    `ALTER COLUMN ${name} DROP DEFAULT`,
    type,
    ...(kept === null ? [] : [`ALTER COLUMN ${name} SET DEFAULT ${defaultText(kept, column.type)}`]),
  ]
  return alter(place.table, ...actions)
}

function valueText(name: string, replace: Replacements): string {
  const cases = Object.entries(replace).map(
    ([gone, by]) => `WHEN ${literal(gone)} THEN ${by === null ? 'NULL' : literal(by)}`,
  )
  return cases.length === 0 ? `${name}::text` : `(CASE ${name}::text ${cases.join(' ')} ELSE ${name}::text END)`
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
      found.set(
        `check ${qualified(table)} ${check.name}`,
        dropAndAdd(table, check.name, addedText(checkText(check), check)),
      )
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
      found.set(
        `key ${qualified(holder)} ${key.name}`,
        dropAndAdd(holder, key.name, addedText(foreignKeyText(key), key)),
      )
    }
  }
  return [...found.values()]
}

function dropAndAdd(table: TableName, name: string | null, text: string): Hindrance {
  return name === null
    ? { drop: [], create: [] }
    : { drop: [alter(table, `DROP CONSTRAINT ${quote(name)}`)], create: [alter(table, text)] }
}

function foreignKeysOver(schema: Schema, place: EnumColumn): readonly (readonly [Table, ForeignKey])[] {
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
