// A column as CREATE TABLE and ADD COLUMN write it.

import { AludelError } from '../../../errors.ts'
import type { Op } from '../../../ops/operations.ts'
import { enumsIn } from '../../../schema/lookup.ts'
import {
  type Column,
  type Default,
  emptySchema,
  type Identity,
  type Schema,
  type TableName,
} from '../../../schema/model.ts'
import type { IdentityNumbers } from '../../../schema/postgres-model.ts'
import { defaultText } from '../defaults.ts'
import type { VersionFeatures } from '../features.ts'
import { enclosed, literal, qualified, quote } from '../literal.ts'
import { serialWord } from '../serial.ts'
import { typeText } from '../types.ts'
import { columnSettings } from './column-settings.ts'
import { ensureEnums } from './enum.ts'
import { alterColumns, type Context, type Piece, type StatementPiece, statement } from './piece.ts'

/** `objects` tells whether the sequence of a serial column is there already. */
export function columnText(
  table: TableName,
  column: Column,
  can: VersionFeatures,
  schema: Schema = emptySchema,
): string {
  const serial = serialWord(table, column, schema)
  if (serial !== null) return `${quote(column.name)} ${serial}`
  const steps = [quote(column.name), typeText(column.type)]
  if (column.collation !== null) steps.push(`COLLATE ${quote(column.collation)}`)
  if (column.identity !== null) steps.push(identityText(column.identity))
  else if (column.generated !== null) steps.push(generatedText(column, can))
  else if (column.default !== null && !isNull(column.default))
    steps.push(`DEFAULT ${defaultText(column.default, column.type)}`)
  if (!column.nullable) steps.push('NOT NULL')
  return steps.join(' ')
}

export function identityText({ always, numbers }: Identity): string {
  const clauses = numbers === null ? [] : numberClauses(numbers)
  const given = clauses.length === 0 ? '' : ` (${clauses.join(' ')})`
  return `GENERATED ${always ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY${given}`
}

/** What is not as usual. */
function numberClauses({ start, increment, minValue, maxValue, cache, cycle }: IdentityNumbers): readonly string[] {
  return [
    ...(increment === 1 ? [] : [`INCREMENT BY ${increment}`]),
    ...(minValue === null ? [] : [`MINVALUE ${minValue}`]),
    ...(maxValue === null ? [] : [`MAXVALUE ${maxValue}`]),
    ...(start === null ? [] : [`START WITH ${start}`]),
    ...(cache === null ? [] : [`CACHE ${cache}`]),
    ...(cycle ? ['CYCLE'] : []),
  ]
}

/** What is another change of an identity column each. */
export function numberChanges(old: IdentityNumbers, wanted: IdentityNumbers): readonly string[] {
  const startOf = ({ start, increment, minValue, maxValue }: IdentityNumbers) =>
    start ?? (increment < 0 ? (maxValue ?? -1) : (minValue ?? 1))
  return [
    ...(old.increment === wanted.increment ? [] : [`SET INCREMENT BY ${wanted.increment}`]),
    ...(old.minValue === wanted.minValue
      ? []
      : [wanted.minValue === null ? 'SET NO MINVALUE' : `SET MINVALUE ${wanted.minValue}`]),
    ...(old.maxValue === wanted.maxValue
      ? []
      : [wanted.maxValue === null ? 'SET NO MAXVALUE' : `SET MAXVALUE ${wanted.maxValue}`]),
    ...(startOf(old) === startOf(wanted) ? [] : [`SET START WITH ${startOf(wanted)}`]),
    ...(old.cache === wanted.cache ? [] : [`SET CACHE ${wanted.cache ?? 1}`]),
    ...(old.cycle === wanted.cycle ? [] : [wanted.cycle ? 'SET CYCLE' : 'SET NO CYCLE']),
  ]
}

/** NULL is what a column holds without a default; said, it would be kept. */
function isNull(value: Default): boolean {
  return value.kind === 'value' && value.value === null
}

function generatedText({ name, generated }: Column, can: VersionFeatures): string {
  if (generated === null) return ''
  if (!generated.stored && !can.virtualGenerated) {
    throw new AludelError(
      'unsupported-feature',
      `Column "${name}" is generated but not stored, which PostgreSQL knows since 18.`,
      {
        hint: 'Store it: generated(sql`...`).',
      },
    )
  }
  return `GENERATED ALWAYS AS ${enclosed(generated.expression)} ${generated.stored ? 'STORED' : 'VIRTUAL'}`
}

export function columnComment(table: TableName, column: string, comment: string | null): StatementPiece {
  return statement(
    `COMMENT ON COLUMN ${qualified(table)}.${quote(column)} IS ${comment === null ? 'NULL' : literal(comment)}`,
  )
}

export function addColumn(op: Op<'addColumn'>, context: Context): readonly Piece[] {
  const { table, column, ifNotExists } = op
  const action = `ADD COLUMN ${ifNotExists ? 'IF NOT EXISTS ' : ''}${columnText(table, column, context.can, context.before)}`
  // A generated column may be computed from one that its neighbour adds.
  const together = column.generated === null ? [column.name] : null
  return [
    ...ensureEnums(enumsIn([column]), op, context),
    together === null
      ? { kind: 'alter', table, actions: [action], columns: null, why: null }
      : alterColumns(table, together, [action]),
    ...(column.comment === null ? [] : [columnComment(table, column.name, column.comment)]),
    ...columnSettings({ table, column, before: null, after: column.postgres, can: context.can }),
  ]
}

export function dropColumn({ table, column, ifExists }: Op<'dropColumn'>): readonly Piece[] {
  return [alterColumns(table, [column], [`DROP COLUMN ${ifExists ? 'IF EXISTS ' : ''}${quote(column)}`])]
}

export function renameColumn({ table, column, name }: Op<'renameColumn'>): readonly Piece[] {
  return [statement(`ALTER TABLE ${qualified(table)} RENAME COLUMN ${quote(column)} TO ${quote(name)}`)]
}
