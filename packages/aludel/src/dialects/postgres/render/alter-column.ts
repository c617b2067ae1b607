// alterColumn: what changes of a column, in one ALTER TABLE where one can hold it.

import { AludelError } from '../../../errors.ts'
import type { ColumnChange, Op } from '../../../ops/operations.ts'
import { recreations, withoutColumn } from '../../../ops/parts.ts'
import { sameData } from '../../../schema/canonical.ts'
import { enumsIn, findColumn, findTable, tableTitle } from '../../../schema/lookup.ts'
import {
  type Column,
  type ColumnType,
  type Identity,
  plainColumn,
  type Schema,
  type TableName,
} from '../../../schema/model.ts'
import { plainNumbers } from '../../../schema/postgres-model.ts'
import { defaultText } from '../defaults.ts'
import { enclosed, literal, qualified, quote, withoutParentheses, written } from '../literal.ts'
import { sequenceDefault, serialText, serialWord } from '../serial.ts'
import { parseType, typeText } from '../types.ts'
import { columnComment, columnText, identityText, numberChanges } from './column.ts'
import { columnSettings } from './column-settings.ts'
import { usingText } from './conversion.ts'
import { ensureEnums } from './enum.ts'
import { movedIdentity } from './numbers.ts'
import { alter, alterColumns, type Context, type Piece, statement } from './piece.ts'

type Renderer = (op: Op, context: Context) => readonly Piece[]

/** `renderOp` renders the keys and indexes that a column made anew must get back. */
export function alterColumn(op: Op<'alterColumn'>, context: Context, renderOp: Renderer): readonly Piece[] {
  const old = findColumn(context.before, op.table, op.column)
  if (isMadeAnew(op, old, context)) return madeAnew(op, old, context, renderOp)
  const given = op.set.type === undefined ? [] : enumsIn([{ ...blank, type: op.set.type }])
  const actions = [...typeActions(op, old), ...nullActions(op), ...generationActions(op)]
  const serial = gainedSerial(op, old, context.before)
  const shared = op.using === null && op.set.generated === undefined ? [op.column] : null
  const identity = identityPieces(op, old, context)
  const ends = op.set.identity === null
  return [
    ...ensureEnums(given, op, context),
    ...(ends ? identity : []),
    ...(serial === null ? [] : [newSequence(op, serial)]),
    ...(actions.length === 0
      ? []
      : [shared === null ? alter(op.table, ...actions) : alterColumns(op.table, shared, actions)]),
    ...(serial === null ? [] : ownSequence(op)),
    ...(ends ? [] : identity),
    ...(op.set.comment === undefined ? [] : [columnComment(op.table, op.column, op.set.comment)]),
    ...(op.set.postgres === undefined ? [] : settingsPieces(op, old, op.set.postgres, context)),
  ]
}

/** The type of the sequence that a column is to take its numbers from, where nothing has made it yet. */
function gainedSerial({ table, set }: Op<'alterColumn'>, old: Column | null, before: Schema): string | null {
  if (old === null || set.default == null || serialText(table, old) !== null) return null
  const wanted = { ...old, ...set, nullable: false }
  return serialWord(table, wanted, before) === null ? null : wanted.type.kind
}

function sequenceName({ table, column }: Op<'alterColumn'>): TableName {
  return { namespace: table.namespace, name: `${table.name}_${column}_seq` }
}

function newSequence(op: Op<'alterColumn'>, type: string): Piece {
  const as = type === 'bigint' ? '' : ` AS ${type}`
  return statement(`CREATE SEQUENCE IF NOT EXISTS ${qualified(sequenceName(op))}${as}`)
}

/** The sequence goes with its column, and on after the numbers that are there. */
function ownSequence(op: Op<'alterColumn'>): readonly Piece[] {
  const [name, column] = [qualified(sequenceName(op)), quote(op.column)]
  const next = `greatest(coalesce(max(${column}), 0) + 1, 1)`
  return [
    statement(`ALTER SEQUENCE ${name} OWNED BY ${qualified(op.table)}.${column}`),
    statement(`SELECT setval(${literal(name)}, ${next}, false) FROM ${qualified(op.table)}`, {
      why: 'The numbers go on after the highest one that is there.',
    }),
  ]
}

function settingsPieces(
  { table, column: name, set }: Op<'alterColumn'>,
  old: Column | null,
  after: Column['postgres'],
  { can }: Context,
): readonly Piece[] {
  const type = set.type ?? old?.type ?? blank.type
  return columnSettings({ table, column: { name, type }, before: old?.postgres ?? null, after, can })
}

const blank = plainColumn('', { kind: 'text' })

/** The type, its collation and the default: a default of the old type would keep the old type's cast for ever. */
function typeActions({ table, column, set, using }: Op<'alterColumn'>, old: Column | null): readonly string[] {
  const name = quote(column)
  const dropped = `ALTER COLUMN ${name} DROP DEFAULT`
  const type = changedType(table, column, set, old)
  const keepsDefault = set.default === undefined
  const kept = keepsDefault ? (old?.default ?? null) : (set.default ?? null)
  const given = kept === null ? null : defaultText(kept, set.type ?? old?.type ?? { kind: 'raw', sql: '' })
  if (type === null && using === null) {
    if (keepsDefault) return []
    return [given === null ? dropped : `ALTER COLUMN ${name} SET DEFAULT ${given}`]
  }
  const wanted = type ?? old?.type
  if (wanted === undefined) throw unknownColumn(table, column)
  const collation = set.collation === undefined ? (old?.collation ?? null) : set.collation
  const conversion = using === null ? usingOf(column, old?.type ?? null, wanted) : withoutParentheses(written(using))
  const steps = [
    `ALTER COLUMN ${name} TYPE ${typeText(wanted)}`,
    ...(collation === null ? [] : [`COLLATE ${quote(collation)}`]),
    ...(conversion === null ? [] : [`USING ${conversion}`]),
  ]
  const hadDefault = old === null ? !keepsDefault : old.default !== null
  return [
    ...(hadDefault ? [dropped] : []),
    steps.join(' '),
    ...(given === null ? [] : [`ALTER COLUMN ${name} SET DEFAULT ${given}`]),
  ]
}

function usingOf(column: string, from: ColumnType | null, to: ColumnType): string | null {
  return from === null ? null : usingText(column, normal(from), normal(to))
}

/** The type to be restated; null where neither it nor its collation changes. */
function changedType(table: TableName, column: string, set: ColumnChange, old: Column | null): ColumnType | null {
  const recollated = set.collation !== undefined && set.collation !== (old?.collation ?? null)
  if (set.type !== undefined && (old === null || recollated || !isSameType(set.type, old.type))) return set.type
  if (!recollated) return null
  if (old === null) throw unknownColumn(table, column)
  return old.type
}

function isSameType(a: ColumnType, b: ColumnType): boolean {
  return typeText(normal(a)) === typeText(normal(b))
}

function normal(type: ColumnType): ColumnType {
  return type.kind === 'enumeration' ? type : parseType(typeText(type))
}

function nullActions({ column, set }: Op<'alterColumn'>): readonly string[] {
  if (set.nullable === undefined) return []
  return [`ALTER COLUMN ${quote(column)} ${set.nullable ? 'DROP' : 'SET'} NOT NULL`]
}

function generationActions({ column, set }: Op<'alterColumn'>): readonly string[] {
  if (set.generated === undefined) return []
  if (set.generated === null) return [`ALTER COLUMN ${quote(column)} DROP EXPRESSION IF EXISTS`]
  return [`ALTER COLUMN ${quote(column)} SET EXPRESSION AS ${enclosed(set.generated.expression)}`]
}

function identityPieces(
  { table, column, set }: Op<'alterColumn'>,
  old: Column | null,
  { before }: Context,
): readonly Piece[] {
  const { identity } = set
  const name = quote(column)
  const had = old?.identity ?? null
  if (identity === undefined || (old !== null && sameData(identity, had))) return []
  if (identity === null) return [alter(table, `ALTER COLUMN ${name} DROP IDENTITY IF EXISTS`)]
  if (had !== null) {
    const changes = [
      ...(had.always === identity.always ? [] : [`SET GENERATED ${identity.always ? 'ALWAYS' : 'BY DEFAULT'}`]),
      ...numberChanges(had.numbers ?? plainNumbers, identity.numbers ?? plainNumbers),
    ]
    const [old, wanted] = [had.numbers ?? plainNumbers, identity.numbers ?? plainNumbers]
    const moved = movedIdentity({ table, column, old, wanted })
    return [...(moved === null ? [] : [statement(moved)]), alter(table, `ALTER COLUMN ${name} ${changes.join(' ')}`)]
  }
  const was = old === null ? null : { ...old, ...set, default: old.default }
  return addIdentity({ table, column, identity, old: was, before })
}

interface NewIdentity {
  readonly table: TableName
  readonly column: string
  readonly identity: Identity
  readonly old: Column | null
  readonly before: Schema
}

function addIdentity({ table, column, identity, old, before }: NewIdentity): readonly Piece[] {
  const name = quote(column)
  const sequence = `pg_get_serial_sequence(${literal(qualified(table))}, ${literal(column)})`
  const start = `SELECT setval(${sequence}, greatest(coalesce(max(${name}), 0) + 1, 1), false) FROM ${qualified(table)}`
  return [
    ...(old === null || old.default === null ? [] : [alter(table, `ALTER COLUMN ${name} DROP DEFAULT`)]),
    ...(old === null || serialWord(table, old, before) === null ? [] : [dropOwnSequence(table, column)]),
    alter(table, `ALTER COLUMN ${name} SET NOT NULL`, `ALTER COLUMN ${name} ADD ${identityText(identity)}`),
    statement(start, { why: 'The numbers go on after the highest one that is there.' }),
  ]
}

/** A serial column's own sequence would stay behind beside the identity's. */
function dropOwnSequence(table: TableName, column: string): Piece {
  const own = sequenceDefault(table, column)
  const shown = own.kind === 'sql' ? written(own.sql) : ''
  return statement(
    `DROP SEQUENCE IF EXISTS ${qualified({ namespace: table.namespace, name: `${table.name}_${column}_seq` })}`,
    {
      why: `The sequence of ${shown} has no use any more.`,
    },
  )
}

/** True where the server has no ALTER for the change: a column that becomes generated, or is so in another way. */
function isMadeAnew({ set }: Op<'alterColumn'>, old: Column | null, { can }: Context): boolean {
  if (set.generated === undefined) return false
  const had = old?.generated ?? null
  if (set.generated === null) return had !== null && !had.stored
  if (had === null || had.stored !== set.generated.stored) return true
  return !can.changeGenerationExpression
}

function madeAnew(op: Op<'alterColumn'>, old: Column | null, context: Context, renderOp: Renderer): readonly Piece[] {
  const table = findTable(context.before, op.table)
  if (table === null || old === null) throw unknownColumn(op.table, op.column)
  if (op.set.generated === null) {
    throw new AludelError(
      'unsupported-change',
      `Column "${op.column}" of table ${tableTitle(op.table)} is computed when it is read, so it holds no values to keep.`,
      {
        hint: 'Drop the column, add it again and fill it with op.execute.',
      },
    )
  }
  const column: Column = { ...old, default: null, identity: null, ...op.set }
  return [
    alter(op.table, `DROP COLUMN ${quote(op.column)}`),
    alter(op.table, `ADD COLUMN ${columnText(op.table, column, context.can, context.before)}`),
    ...(column.comment === null ? [] : [columnComment(op.table, op.column, column.comment)]),
    ...recreations(table, withoutColumn(table, op.column)).flatMap((again) => renderOp(again, context)),
  ]
}

function unknownColumn(table: TableName, column: string): AludelError {
  return new AludelError(
    'unknown-column',
    `What column "${column}" of table ${tableTitle(table)} is like is not known here.`,
  )
}
