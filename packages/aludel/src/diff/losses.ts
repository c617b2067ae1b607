// What operations would lose or run into where there are rows: drops, types that take less, columns that must not be null.

import type { Op } from '../ops/operations.ts'
import { findColumn, findEnum, sameName } from '../schema/lookup.ts'
import type { Column, ColumnType, Schema, TableName } from '../schema/model.ts'
import { isNarrowing, valuesGone } from './narrowing.ts'
import { choices, type LossQuestion } from './questions.ts'
import { typeTitle } from './renames/likeness.ts'
import { partTitle, titleOf } from './titles.ts'

/** What a database must hold for a question to have a meaning. */
export interface Held {
  readonly table: TableName
  /** Null for any row; else rows in which this column has a value, or has none. */
  readonly column: string | null
  readonly isNull: boolean
}

export interface PossibleLoss {
  readonly question: LossQuestion
  /** Null where it is asked whatever there is. */
  readonly held: Held | null
}

/**
 * The questions that operations lead to, in their order. `ops` come after the renames `done`, by which things in the
 * database that `before` describes have other names.
 */
export function possibleLosses(ops: readonly Op[], before: Schema, done: readonly Op[] = []): readonly PossibleLoss[] {
  return ops.flatMap((op) => lossOf(op, before)).map((loss) => ({ ...loss, held: inOldNames(loss.held, done) }))
}

function lossOf(op: Op, before: Schema): readonly PossibleLoss[] {
  switch (op.kind) {
    case 'dropTable':
      return [dropped('table', titleOf(op.table), { table: op.table, column: null, isNull: false })]
    case 'dropColumn':
      // What is computed can be computed again.
      return findColumn(before, op.table, op.column)?.generated == null
        ? [dropped('column', partTitle(op.table, op.column), { table: op.table, column: op.column, isNull: false })]
        : []
    case 'addColumn':
      return isUnfilled(op.column) ? [unfilled(op.table, op.column.name, false)] : []
    case 'alterColumn':
      return alterLosses(op, findColumn(before, op.table, op.column))
    case 'setEnumValues': {
      const gone = valuesGone(findEnum(before, op.enumeration)?.values ?? [], op.enumeration.values)
      return gone.length === 0 ? [] : [valuesLost(op, gone)]
    }
    default:
      return []
  }
}

function dropped(object: 'table' | 'column', name: string, held: Held): PossibleLoss {
  const holds = object === 'table' ? 'which has rows' : 'which has values'
  return {
    question: {
      kind: 'drop',
      id: `drop:${object}:${name}`,
      object,
      name,
      text: `May ${object} ${name} be dropped, ${holds}?`,
      why: ['what it holds is lost, and the way down does not bring it back'],
      choices,
    },
    held,
  }
}

function isUnfilled({ nullable, default: value, identity, generated }: Column): boolean {
  return !nullable && value === null && identity === null && generated === null
}

function unfilled(table: TableName, column: string, isThere: boolean): PossibleLoss {
  const name = partTitle(table, column)
  return {
    question: {
      kind: 'notNull',
      id: `not-null:column:${name}`,
      object: 'column',
      name,
      text: isThere
        ? `May column ${name} become NOT NULL, although it has rows without a value?`
        : `May column ${name} come as NOT NULL without a default, although its table has rows?`,
      why: ['the rows that are there have no value for it, so the revision fails unless something fills them'],
      choices,
    },
    held: { table, column: isThere ? column : null, isNull: isThere },
  }
}

function alterLosses(op: Op<'alterColumn'>, old: Column | null): readonly PossibleLoss[] {
  if (old === null) return []
  const { type } = op.set
  const narrows = type !== undefined && isNarrowing(old.type, type)
  const becomesNotNull = op.set.nullable === false && old.nullable
  return [
    ...(narrows ? [narrowed(partTitle(op.table, op.column), old.type, type)] : []),
    ...(becomesNotNull ? [unfilled(op.table, op.column, true)] : []),
  ]
}

function narrowed(name: string, from: ColumnType, to: ColumnType): PossibleLoss {
  const gone = from.kind === 'enumeration' && to.kind === 'enumeration' ? valuesGone(from.values, to.values) : []
  return {
    question: {
      kind: 'narrow',
      id: `narrow:column:${name}`,
      object: 'column',
      name,
      text:
        gone.length === 0
          ? `May column ${name} change from ${typeTitle(from)} to ${typeTitle(to)}?`
          : `May column ${name} lose ${listed(gone)}?`,
      why: ['a value that does not fit is refused, or is not what it was'],
      choices,
    },
    held: null,
  }
}

function valuesLost({ enumeration }: Op<'setEnumValues'>, gone: readonly string[]): PossibleLoss {
  const name = titleOf(enumeration)
  return {
    question: {
      kind: 'narrow',
      id: `narrow:enum:${name}`,
      object: 'enum',
      name,
      text: `May enumeration ${name} lose ${listed(gone)}?`,
      why: ['a row that holds such a value stops the revision, unless `replace` says what it holds instead'],
      choices,
    },
    held: null,
  }
}

function listed(values: readonly string[]): string {
  return `the ${values.length === 1 ? 'value' : 'values'} ${values.map((value) => `"${value}"`).join(', ')}`
}

/** The names in the database, which has not had the renames yet. */
function inOldNames(held: Held | null, done: readonly Op[]): Held | null {
  if (held === null) return null
  let { table, column } = held
  for (const op of done.toReversed()) {
    if (op.kind === 'renameColumn' && sameName(op.table, table) && op.name === column) column = op.column
    if (op.kind === 'renameTable' && sameName({ ...op.table, name: op.name }, table)) table = op.table
  }
  return { table, column, isNull: held.isNull }
}
