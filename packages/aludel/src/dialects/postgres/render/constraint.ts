// Keys and checks, inside CREATE TABLE and as operations of their own.

import { AludelError } from '../../../errors.ts'
import type { ConstraintSelector, Op } from '../../../ops/operations.ts'
import { findConstraint } from '../../../ops/parts.ts'
import { findTable, tableTitle } from '../../../schema/lookup.ts'
import type {
  Check,
  Deferral,
  ForeignKey,
  PrimaryKey,
  Schema,
  Table,
  TableName,
  Unique,
} from '../../../schema/model.ts'
import type { VersionFeatures } from '../features.ts'
import { enclosed, literal, qualified, quote, quoteAll, written } from '../literal.ts'
import { roughly } from '../rough.ts'
import { alter, type Context, type Piece } from './piece.ts'

function named(name: string | null): string {
  return name === null ? '' : `CONSTRAINT ${quote(name)} `
}

export function deferralText(deferrable: Deferral | null): string {
  if (deferrable === null) return ''
  return deferrable === 'deferred' ? ' DEFERRABLE INITIALLY DEFERRED' : ' DEFERRABLE'
}

export function primaryKeyText({ name, columns, postgres }: PrimaryKey): string {
  const { include = [], with: settings = {}, deferrable = null } = postgres ?? {}
  return `${named(name)}PRIMARY KEY (${quoteAll(columns)})${includeText(include)}${settingsText(settings)}${deferralText(deferrable)}`
}

export function uniqueText({ name, columns, deferrable, postgres }: Unique, can: VersionFeatures): string {
  const nulls = postgres?.nullsNotDistinct === true ? ` ${nullsNotDistinctText(can)}` : ''
  return `${named(name)}UNIQUE${nulls} (${quoteAll(columns)})${includeText(postgres?.include ?? [])}${settingsText(postgres?.with ?? {})}${deferralText(deferrable)}`
}

export function includeText(columns: readonly string[]): string {
  return columns.length === 0 ? '' : ` INCLUDE (${quoteAll(columns)})`
}

export function nullsNotDistinctText(can: VersionFeatures): string {
  if (can.nullsNotDistinct) return 'NULLS NOT DISTINCT'
  throw new AludelError('unsupported-feature', 'NULLS NOT DISTINCT is known to PostgreSQL since 15.', {
    hint: 'Make the columns NOT NULL, or put a unique index on sql`coalesce(...)` of them.',
  })
}

export function checkText({ name, condition, postgres }: Check): string {
  return `${named(name)}CHECK ${enclosed(condition)}${postgres?.noInherit ? ' NO INHERIT' : ''}`
}

export function settingsText(given: Readonly<Record<string, string>>): string {
  const settings = Object.entries(given).map(([key, value]) => `${settingName(key)} = ${literal(value)}`)
  return settings.length === 0 ? '' : ` WITH (${settings.join(', ')})`
}

/** `toast.autovacuum_enabled` is a setting of the place for long values. */
export function settingName(key: string): string {
  return key.startsWith('toast.') ? `toast.${quote(key.slice('toast.'.length))}` : quote(key)
}

/** The text of a constraint that is added to a table with rows, which may be left unseen. */
export function addedText(text: string, { postgres }: Check | ForeignKey): string {
  return `ADD ${text}${postgres?.notValid ? ' NOT VALID' : ''}`
}

export function foreignKeyText(key: ForeignKey): string {
  const { name, columns, referent, referentColumns, onDelete, onUpdate, deferrable, match, postgres } = key
  const setColumns = postgres?.setColumns ?? []
  const actions = [
    match === 'full' ? ' MATCH FULL' : '',
    onDelete === 'no action'
      ? ''
      : ` ON DELETE ${onDelete.toUpperCase()}${setColumns.length === 0 ? '' : ` (${quoteAll(setColumns)})`}`,
    onUpdate === 'no action' ? '' : ` ON UPDATE ${onUpdate.toUpperCase()}`,
    deferralText(deferrable),
  ]
  const refers = `FOREIGN KEY (${quoteAll(columns)}) REFERENCES ${qualified(referent)} (${quoteAll(referentColumns)})`
  return `${named(name)}${refers}${actions.join('')}`
}

export function createPrimaryKey({ table, primaryKey }: Op<'createPrimaryKey'>): readonly Piece[] {
  return [alter(table, `ADD ${primaryKeyText(primaryKey)}`)]
}

export function createUniqueConstraint(
  { table, unique }: Op<'createUniqueConstraint'>,
  { can }: Context,
): readonly Piece[] {
  return [alter(table, `ADD ${uniqueText(unique, can)}`)]
}

export function createForeignKey({ table, foreignKey }: Op<'createForeignKey'>): readonly Piece[] {
  return [alter(table, addedText(foreignKeyText(foreignKey), foreignKey))]
}

export function createCheckConstraint({ table, check }: Op<'createCheckConstraint'>): readonly Piece[] {
  return [alter(table, addedText(checkText(check), check))]
}

export function alterConstraint(
  { table, constraint, set }: Op<'alterConstraint'>,
  { before }: Context,
): readonly Piece[] {
  const { deferrable, notValid } = set
  return [
    ...(deferrable === undefined ? [] : [deferralChange(table, constraint, deferrable)]),
    ...(notValid === undefined ? [] : validityChange(table, constraint, notValid, before)),
  ]
}

function validityChange(at: TableName, constraint: string, notValid: boolean, before: Schema): readonly Piece[] {
  if (!notValid) return [alter(at, `VALIDATE CONSTRAINT ${quote(constraint)}`)]
  const table = findTable(before, at)
  const found = table === null ? null : findConstraint(table, { name: constraint }, null)
  if (found === null || (found.type !== 'check' && found.type !== 'foreignKey'))
    throw unknownConstraint(at, { name: constraint })
  const text = found.type === 'check' ? checkText(found.value) : foreignKeyText(found.value)
  // No word makes a constraint less strict, so it is made anew; no row is looked at for that.
  return [alter(at, `DROP CONSTRAINT ${quote(constraint)}`, `ADD ${text} NOT VALID`)]
}

function deferralChange(table: TableName, constraint: string, deferrable: Deferral | null): Piece {
  const when = deferrable === null ? ' NOT DEFERRABLE' : deferralText(deferrable)
  // A constraint that was deferred at first stays so where only DEFERRABLE is said.
  const first = deferrable === 'immediate' ? `${when} INITIALLY IMMEDIATE` : when
  return alter(table, `ALTER CONSTRAINT ${quote(constraint)}${first}`)
}

export function renameConstraint({ table, constraint, name }: Op<'renameConstraint'>): readonly Piece[] {
  return [alter(table, `RENAME CONSTRAINT ${quote(constraint)} TO ${quote(name)}`)]
}

export function validateConstraint({ table, constraint }: Op<'validateConstraint'>): readonly Piece[] {
  return [alter(table, `VALIDATE CONSTRAINT ${quote(constraint)}`)]
}

export function dropConstraint(op: Op<'dropConstraint'>, { before }: Context): readonly Piece[] {
  if ('name' in op.constraint) {
    return [alter(op.table, `DROP CONSTRAINT ${op.ifExists ? 'IF EXISTS ' : ''}${quote(op.constraint.name)}`)]
  }
  const name = nameByShape(op, findTable(before, op.table))
  if (name !== null) return [alter(op.table, `DROP CONSTRAINT ${quote(name)}`)]
  if (op.ifExists) return []
  throw unknownConstraint(op.table, op.constraint)
}

function unknownConstraint(table: TableName, constraint: ConstraintSelector): AludelError {
  return new AludelError(
    'unknown-constraint',
    `Table ${tableTitle(table)} has no such constraint, or its name is not known here.`,
    {
      hint: 'Look up its name with psql (\\d and the table), and name it.',
      details: { constraint },
    },
  )
}

/** The name that the server gave a constraint whose shape is all that is known. */
function nameByShape({ constraint, type }: Op<'dropConstraint'>, table: Table | null): string | null {
  if (table === null) return null
  const found = findConstraint(table, constraint, type)
  if (found !== null) return found.value.name
  if (!('check' in constraint)) return null
  const wanted = roughly(constraint.check)
  return table.checks.find((check) => roughly(written(check.condition)) === wanted)?.name ?? null
}
