// Changing, renaming and dropping a column, with everything that hangs on it.

import type { Op } from '../../../ops/operations.ts'
import { constraintsOf } from '../../../ops/parts.ts'
import { namesIdentifier } from '../../../schema/identifiers.ts'
import type { Column, Table } from '../../../schema/model.ts'
import type { Abilities } from '../features.ts'
import { quote } from '../literal.ts'
import { type Change, conditionFor } from './change.ts'
import { columnText, ownerOf } from './columns.ts'
import { checkText, dropCheckText, dropText } from './constraints.ts'
import { indexText, uniqueName, uniqueText } from './indexes.ts'
import { isKeyed } from './keys.ts'
import { unknownObject } from './refusals.ts'
import { refuseUnkeyed } from './tables.ts'

// MySQL restates the whole column to change any part of it, so the result is written, not the change.
export function alterColumnClauses(
  op: Op<'alterColumn'>,
  { before, after, isKnown, abilities }: Change,
): readonly string[] {
  const column = before.columns.find((candidate) => candidate.name === op.column)
  if (column === undefined)
    throw isKnown ? unknownObject('column', op.column, op.table) : unknownObject('table', op.table.name, op.table)
  const result: Column = { ...column, ...op.set }
  if (op.set.identity != null && !isKeyed(after, op.column)) refuseUnkeyed(after, abilities)
  const text = columnText(result, after, abilities)
  if (!changesStorage(column, result)) return [`MODIFY COLUMN ${text}`]
  const position = before.columns[before.columns.indexOf(column) - 1]
  const place = position === undefined ? ' FIRST' : ` AFTER ${quote(position.name)}`
  const { dropped, made } = keysOn(op.column, before, abilities)
  return [...dropped, `DROP COLUMN ${quote(op.column)}`, `ADD COLUMN ${text}${place}`, ...made]
}

/** The indexes that a column takes with it when it is made anew. */
function keysOn(
  column: string,
  table: Table,
  abilities: Abilities,
): { readonly dropped: readonly string[]; readonly made: readonly string[] } {
  const uniques = table.uniques.filter((unique) => unique.columns.includes(column))
  const indexes = table.indexes.filter((index) =>
    index.parts.some((part) => 'column' in part.of && part.of.column === column),
  )
  return {
    dropped: [...uniques.map((unique) => uniqueName(table, unique)), ...indexes.map((index) => index.name)].map(
      (name) => `DROP INDEX ${quote(name)}`,
    ),
    made: [
      ...uniques.map((unique) => `ADD ${uniqueText(unique, table, abilities)}`),
      ...indexes.map((index) => `ADD ${indexText(index, table, abilities)}`),
    ],
  }
}

/** Neither engine makes a virtual column of another one: it is made anew, from the values that it computes. */
function changesStorage(from: Column, to: Column): boolean {
  if (to.generated === null) return false
  return from.generated?.stored !== to.generated.stored && !(from.generated === null && to.generated.stored)
}

// MySQL follows a rename everywhere but into checks: it refuses the rename while one names the column
// (https://dev.mysql.com/doc/refman/8.4/en/create-table-check-constraints.html). Not run. MariaDB follows.
export function renameColumnClauses(op: Op<'renameColumn'>, { before, after, abilities }: Change): readonly string[] {
  const rename = `RENAME COLUMN ${quote(op.column)} TO ${quote(op.name)}`
  if (abilities.renameFollows) return [rename]
  const naming = before.checks
    .map((check, at) => ({ check, renamed: after.checks[at] ?? check }))
    .filter(({ check }) => namesIdentifier(check.condition, op.column))
  return [
    ...naming.flatMap(({ check }) => (check.name === null ? [] : [dropCheckText(check.name, abilities)])),
    rename,
    ...naming.flatMap(({ check, renamed }) => (check.name === null ? [] : [`ADD ${checkText(renamed, after)}`])),
  ]
}

// Left alone, MySQL would cut the column out of the indexes that have others beside it, and refuse it for the rest.
export function dropColumnClauses(
  op: Op<'dropColumn'>,
  { before, after, isKnown, abilities }: Change,
): readonly string[] {
  if (op.ifExists && isKnown && !before.columns.some((column) => column.name === op.column)) return []
  const left = new Set<unknown>(constraintsOf(after).map((found) => found.value))
  const gone = constraintsOf(before).filter((found) => !left.has(found.value))
  const order = ['foreignKey', 'unique', 'primaryKey', 'check'] as const
  const constraints = order.flatMap((type) => gone.filter((found) => found.type === type))
  return [
    ...constraints.flatMap((found) => {
      const owner = found.type === 'check' ? ownerOf(found.value, before, abilities) : null
      if (owner === null) return [dropText(found, op.table, abilities)]
      const column = after.columns.find((candidate) => candidate.name === owner)
      return column === undefined ? [] : [`MODIFY COLUMN ${columnText(column, after, abilities)}`]
    }),
    ...before.indexes
      .filter((index) => !after.indexes.includes(index))
      .map((index) => `DROP INDEX ${quote(index.name)}`),
    `DROP COLUMN ${conditionFor(op.ifExists, 'IF EXISTS ', abilities)}${quote(op.column)}`,
  ]
}
