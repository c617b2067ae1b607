// What ALTER TABLE is asked for: the clauses of an operation, and those that MySQL needs beside them to lose nothing.

import type { Op } from '../../../ops/operations.ts'
import { applyOp } from '../../../ops/registry.ts'
import { findColumn, findTable, putTable } from '../../../schema/lookup.ts'
import { emptyTable, type Schema, type Table } from '../../../schema/model.ts'
import type { Abilities } from '../features.ts'
import { quote, quotedText } from '../literal.ts'
import { alterColumnClauses, dropColumnClauses, renameColumnClauses } from './alter-column.ts'
import { type Change, conditionFor } from './change.ts'
import { columnText, ownerOf } from './columns.ts'
import { checkText, dropCheckText, dropText, foreignKeyText } from './constraints.ts'
import { indexText, uniqueText } from './indexes.ts'
import { primaryKeyText } from './options.ts'
import { noExclusions, unknownConstraint } from './refusals.ts'
import { renameSteps } from './rename.ts'
import { constraintMeant, resolved } from './resolve.ts'
import { settingsClauses, settingsSteps } from './settings.ts'
import { keptIndexClauses, numberingClauses, supportingClauses } from './support.ts'
import { refuseUnkeyed } from './tables.ts'

const alterKinds = [
  'addColumn',
  'alterColumn',
  'dropColumn',
  'renameColumn',
  'renameTable',
  'alterTable',
  'createIndex',
  'dropIndex',
  'createPrimaryKey',
  'createUniqueConstraint',
  'createForeignKey',
  'createCheckConstraint',
  'dropConstraint',
  'renameIndex',
  'renameConstraint',
  'createTableComment',
] as const

export type AlterOp = Op<(typeof alterKinds)[number]>

export function isAlter(op: Op): op is AlterOp {
  return (alterKinds as readonly string[]).includes(op.kind)
}

/** What an operation takes: nearly always one ALTER, itself; each list is one. */
export function stepsOf(op: AlterOp, schema: Schema, abilities: Abilities): readonly (readonly AlterOp[])[] {
  if (op.kind === 'renameConstraint') return renameSteps(op, schema, abilities)
  if (op.kind === 'alterTable') return settingsSteps(op, schema, abilities)
  if (op.kind !== 'alterColumn' || op.set.generated !== null) return [[op]]
  const generated = findColumn(schema, op.table, op.column)?.generated ?? null
  if (generated === null || generated.stored) return [[op]]
  // A virtual column becomes a plain one by way of a stored one, so that its values are kept.
  return [[{ ...op, set: { generated: { ...generated, stored: true } } }], [op]]
}

/** The clauses of one ALTER TABLE for operations on one table. */
export function alterClauses(ops: readonly AlterOp[], schema: Schema, abilities: Abilities): readonly string[] {
  const [first] = ops
  if (first === undefined) return []
  const known = findTable(schema, first.table)
  const before = known ?? emptyTable(first.table)
  const end = ops.reduce((state: Schema, op) => applyOp(state, resolved(op, state)), putTable(schema, before))
  const after = findTable(end, first.table) ?? before
  const change: Change = { before, after, isKnown: known !== null, abilities }
  return [...ops.flatMap((op) => clausesOf(op, change)), ...supportingClauses(change), ...numberingClauses(change)]
}

function clausesOf(op: AlterOp, change: Change): readonly string[] {
  const { after, abilities } = change
  switch (op.kind) {
    case 'addColumn':
      return addColumnClauses(op, change)
    case 'alterColumn':
      return alterColumnClauses(op, change)
    case 'dropColumn':
      return dropColumnClauses(op, change)
    case 'renameColumn':
      return renameColumnClauses(op, change)
    case 'renameTable':
      return [`RENAME TO ${quote(op.name)}`]
    case 'alterTable':
      return settingsClauses(op, change)
    case 'createIndex':
      return createIndexClauses(op, change)
    case 'dropIndex':
      return dropIndexClauses(op, change)
    case 'createPrimaryKey':
      return [`ADD ${primaryKeyText(op.primaryKey)}`]
    case 'createUniqueConstraint':
      return [`ADD ${uniqueText(op.unique, op.table, abilities)}`]
    case 'createForeignKey':
      return [...keptIndexClauses(op.foreignKey, change), `ADD ${foreignKeyText(op.foreignKey, op.table, abilities)}`]
    case 'createCheckConstraint': {
      const owner = after.columns.find((column) => column.name === ownerOf(op.check, after, abilities))
      return [
        owner === undefined
          ? `ADD ${checkText(op.check, after)}`
          : `MODIFY COLUMN ${columnText(owner, after, abilities)}`,
      ]
    }
    case 'dropConstraint':
      return dropConstraintClauses(op, change)
    case 'renameIndex':
      return [`RENAME INDEX ${quote(op.index)} TO ${quote(op.name)}`]
    // Taken apart into steps before it gets here.
    case 'renameConstraint':
      return []
    case 'createTableComment':
      return [`COMMENT = ${quotedText(op.comment ?? '')}`]
  }
}

function addColumnClauses(op: Op<'addColumn'>, { before, after, abilities }: Change): readonly string[] {
  const isThere = before.columns.some((column) => column.name === op.column.name)
  if (op.ifNotExists && isThere) return []
  if (op.column.identity !== null) refuseUnkeyed(after, abilities)
  const condition = conditionFor(op.ifNotExists, 'IF NOT EXISTS ', abilities)
  return [`ADD COLUMN ${condition}${columnText(op.column, after, abilities)}`]
}

function createIndexClauses(op: Op<'createIndex'>, { before, abilities }: Change): readonly string[] {
  if (op.ifNotExists && hasIndex(before, op.index.name)) return []
  const condition = conditionFor(op.ifNotExists, 'IF NOT EXISTS ', abilities)
  return [`ADD ${indexText(op.index, op.table, abilities, condition)}`]
}

function dropIndexClauses(op: Op<'dropIndex'>, { before, isKnown, abilities }: Change): readonly string[] {
  if (op.ifExists && isKnown && !hasIndex(before, op.name)) return []
  return [`DROP INDEX ${conditionFor(op.ifExists, 'IF EXISTS ', abilities)}${quote(op.name)}`]
}

function hasIndex({ indexes, uniques }: Table, name: string): boolean {
  return [...indexes, ...uniques].some((index) => index.name === name)
}

function dropConstraintClauses(
  op: Op<'dropConstraint'>,
  { before, after, isKnown, abilities }: Change,
): readonly string[] {
  const meant = constraintMeant(before, op)
  const condition = conditionFor(op.ifExists, 'IF EXISTS ', abilities)
  if (meant !== null) {
    const owner = meant.type === 'check' ? ownerOf(meant.value, before, abilities) : null
    const column = after.columns.find((candidate) => candidate.name === owner)
    return [
      column === undefined
        ? dropText(meant, op.table, abilities, condition)
        : `MODIFY COLUMN ${columnText(column, after, abilities)}`,
    ]
  }
  if (op.ifExists && isKnown) return []
  if (!('name' in op.constraint)) throw unknownConstraint(op)
  const name = quote(op.constraint.name)
  switch (op.type) {
    case 'primaryKey':
      return ['DROP PRIMARY KEY']
    case 'unique':
      return [`DROP INDEX ${condition}${name}`]
    case 'foreignKey':
      return [`DROP FOREIGN KEY ${condition}${name}`]
    case 'check':
      return [dropCheckText(op.constraint.name, abilities, condition)]
    case 'exclude':
      throw noExclusions(op.constraint.name, op.table, abilities)
    case null:
      return [`DROP CONSTRAINT ${condition}${name}`]
  }
}
