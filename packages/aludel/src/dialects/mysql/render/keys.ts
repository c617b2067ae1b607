// The indexes that MySQL makes and takes away by itself: those of foreign keys, and the key that AUTO_INCREMENT needs.

import type { ForeignKey, Index, Table } from '../../../schema/model.ts'
import { conventionalName, defaultNaming } from '../../../schema/naming.ts'

/** The name that a foreign key has or is given: MySQL's own would tell nothing. */
export function foreignKeyName(table: Pick<Table, 'name'>, key: ForeignKey): string {
  return (
    key.name ??
    conventionalName(defaultNaming.fk, { table: table.name, columns: key.columns, referent: key.referent.name })
  )
}

export interface ImplicitIndex {
  readonly name: string
  readonly columns: readonly string[]
}

/**
 * The indexes that exist only because a foreign key needs one and no other index begins with its columns.
 * Of several that would do, MySQL keeps the longest and of equals the last.
 */
export function implicitIndexes(table: Table): readonly ImplicitIndex[] {
  const explicit = explicitKeys(table)
  const needed = table.foreignKeys
    .filter((key) => !explicit.some((columns) => beginsWith(columns, key.columns)))
    .map((key): ImplicitIndex => ({ name: foreignKeyName(table, key), columns: key.columns }))
  return needed.filter((one, at) => {
    const better = (other: ImplicitIndex, place: number) =>
      place !== at &&
      beginsWith(other.columns, one.columns) &&
      (other.columns.length > one.columns.length || place > at)
    return !needed.some(better)
  })
}

function beginsWith(columns: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((column, at) => columns[at] === column)
}

function explicitKeys(table: Table): readonly (readonly string[])[] {
  return [
    ...(table.primaryKey === null ? [] : [table.primaryKey.columns]),
    ...table.uniques.map((unique) => unique.columns),
    ...table.indexes.map(leadingColumns),
  ]
}

/** The plain columns that an index begins with; a prefix or an expression serves no foreign key. */
function leadingColumns(index: Index): readonly string[] {
  if (index.mysql?.prefix != null) return []
  const columns = index.parts.map((part) => ('column' in part.of ? part.of.column : null))
  const end = columns.findIndex((column) => column === null || index.mysql?.length[column] !== undefined)
  return columns.slice(0, end < 0 ? columns.length : end).filter((column) => column !== null)
}

/** True where the column can be AUTO_INCREMENT: some key of the table begins with it. */
export function isKeyed(table: Table, column: string): boolean {
  return explicitKeys(table).some((columns) => columns[0] === column)
}
