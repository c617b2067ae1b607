// What a change of keys brings with it: the indexes of foreign keys, and AUTO_INCREMENT, which lives only on a key.

import type { ForeignKey, Index, Table } from '../../../schema/model.ts'
import { quote } from '../literal.ts'
import type { Change } from './change.ts'
import { columnText } from './columns.ts'
import { columnList, indexText } from './indexes.ts'
import { foreignKeyName, type ImplicitIndex, implicitIndexes, isKeyed } from './keys.ts'

/**
 * Takes away the index that came with a foreign key that goes, and gives one to a foreign key whose index goes: MySQL
 * does neither by itself, and refuses the drop of an index that a foreign key needs (error 1553).
 */
export function supportingClauses(change: Change): readonly string[] {
  const { before, after, abilities } = change
  const had = implicitIndexes(before)
  const needed = implicitIndexes(after)
  const gone = goneIndexes(change, had)
  const added = after.foreignKeys.every((key) => names(before).has(foreignKeyName(after, key)))
    ? needed.filter((index) => !had.some((other) => other.name === index.name) || isServedBy(index, gone))
    : []
  const needless = abilities.conditionalClauses ? needlessIndexes(change, had, needed) : []
  const drop = abilities.conditionalClauses ? 'DROP INDEX IF EXISTS' : 'DROP INDEX'
  const add = abilities.conditionalClauses ? 'ADD INDEX IF NOT EXISTS' : 'ADD INDEX'
  return [
    ...[...gone, ...needless].map((index) => `${drop} ${quote(index.name)}`),
    ...added.map((index) => `${add} ${quote(index.name)} ${columnList(index.columns)}`),
  ]
}

/** Those that were made for a foreign key which now has another: the engine drops only what it has made by itself. */
function needlessIndexes(
  { before, after }: Change,
  had: readonly ImplicitIndex[],
  needed: readonly ImplicitIndex[],
): readonly ImplicitIndex[] {
  const stays = names(after)
  const isTaken = (name: string) => [...after.indexes, ...after.uniques].some((one) => one.name === name)
  if (after.indexes.length + after.uniques.length <= before.indexes.length + before.uniques.length) return []
  return had.filter(({ name }) => stays.has(name) && !isTaken(name) && !needed.some((other) => other.name === name))
}

/**
 * An index that bears the name of a column may be one that the engine made for a foreign key without a name; then it
 * would give way to the one that comes with the new key. Made again, it is one that was asked for.
 */
export function keptIndexClauses({ columns }: ForeignKey, { before, abilities }: Change): readonly string[] {
  const isLike = (index: Index) =>
    !index.unique &&
    index.mysql === null &&
    index.name === columns[0] &&
    index.parts.length === columns.length &&
    index.parts.every(({ of, descending }, at) => 'column' in of && of.column === columns[at] && !descending)
  return before.indexes
    .filter(isLike)
    .flatMap((index) => [`DROP INDEX ${quote(index.name)}`, `ADD ${indexText(index, before, abilities)}`])
}

/** The indexes of the foreign keys that go. Where it can be asked with IF EXISTS, also one that another made needless. */
function goneIndexes({ before, after, abilities }: Change, had: readonly ImplicitIndex[]): readonly ImplicitIndex[] {
  const indexes = new Set(before.indexes.map((index) => index.name))
  return before.foreignKeys
    .filter((key) => !names(after).has(foreignKeyName(before, key)))
    .map((key): ImplicitIndex => ({ name: foreignKeyName(before, key), columns: key.columns }))
    .filter(
      (index) =>
        !indexes.has(index.name) && (abilities.conditionalClauses || had.some((other) => other.name === index.name)),
    )
}

function names(table: Table): ReadonlySet<string> {
  return new Set(table.foreignKeys.map((key) => foreignKeyName(table, key)))
}

function isServedBy(index: ImplicitIndex, gone: readonly ImplicitIndex[]): boolean {
  return gone.some((other) => index.columns.every((column, at) => other.columns[at] === column))
}

/** AUTO_INCREMENT goes with the key that carried it, and comes back with a key that can. */
export function numberingClauses({ before, after, abilities }: Change): readonly string[] {
  return after.columns
    .filter((column) => column.identity !== null)
    .filter((column) => before.columns.some((earlier) => earlier.name === column.name && earlier.identity !== null))
    .filter((column) => isKeyed(before, column.name) !== isKeyed(after, column.name))
    .map((column) => `MODIFY COLUMN ${columnText(column, after, abilities)}`)
}
