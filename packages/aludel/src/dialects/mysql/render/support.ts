// What a change of keys brings with it: the indexes of foreign keys, and AUTO_INCREMENT, which lives only on a key.

import type { Table } from '../../../schema/model.ts'
import { quote } from '../literal.ts'
import type { Change } from './change.ts'
import { columnText } from './columns.ts'
import { columnList } from './indexes.ts'
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
  const drop = abilities.conditionalClauses ? 'DROP INDEX IF EXISTS' : 'DROP INDEX'
  const add = abilities.conditionalClauses ? 'ADD INDEX IF NOT EXISTS' : 'ADD INDEX'
  return [
    ...gone.map((index) => `${drop} ${quote(index.name)}`),
    ...added.map((index) => `${add} ${quote(index.name)} ${columnList(index.columns)}`),
  ]
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
