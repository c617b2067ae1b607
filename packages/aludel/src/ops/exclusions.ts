// The exclude constraints of a table, which only PostgreSQL knows: they stand under its key.

import { namesIdentifier } from '../schema/identifiers.ts'
import { postgresTable } from '../schema/keys.ts'
import type { Exclusion, Table } from '../schema/model.ts'
import type { Sql } from '../schema/sql.ts'

export function exclusionsOf({ postgres }: Pick<Table, 'postgres'>): readonly Exclusion[] {
  return postgres?.exclusions ?? []
}

export function withExclusions(table: Table, exclusions: readonly Exclusion[]): Table {
  if (exclusions.length === 0 && exclusionsOf(table).length === 0) return table
  return {
    ...table,
    postgres: postgresTable({ ...table.postgres, exclusions }),
  }
}

/** The constraint with a change made to every expression in it. */
export function withinExclusion(exclusion: Exclusion, change: (expression: Sql) => Sql): Exclusion {
  return {
    ...exclusion,
    elements: exclusion.elements.map((element) =>
      'column' in element.of ? element : { ...element, of: { expression: change(element.of.expression) } },
    ),
    where: exclusion.where === null ? null : change(exclusion.where),
  }
}

export function excludesBy({ elements, include, where }: Exclusion, column: string): boolean {
  const used =
    include.includes(column) ||
    elements.some(({ of }) => ('column' in of ? of.column === column : namesIdentifier(of.expression, column)))
  return used || (where !== null && namesIdentifier(where, column))
}
