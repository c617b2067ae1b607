// Columns of one table: which of those that are gone is one that has come.

import { exclusionsOf } from '../../ops/exclusions.ts'
import type { Op } from '../../ops/operations.ts'
import { sameData } from '../../schema/canonical.ts'
import { tableKey } from '../../schema/define.ts'
import type { Column, Table, TableName } from '../../schema/model.ts'
import type { Answers } from '../questions.ts'
import { partTitle } from '../titles.ts'
import { type Holds, likenessOf, withData, words } from './evidence.ts'
import { nameLikeness, shareOf, typeLikeness, typeTitle } from './likeness.ts'
import { type Likeness, type Named, type Rename, renamesOf } from './pairing.ts'

/** A table as it is and as it is wanted, under one name or two. */
export interface Pair {
  readonly before: Table
  readonly after: Table
  /** The question by which the table itself is renamed; null where it is not asked. */
  readonly needs: string | null
}

export interface ColumnRequest {
  readonly pair: Pair
  readonly answers: Answers
  readonly holds: Holds
  /** The table's key as it will be, of a table as it is. */
  renamedKey(table: TableName): string
  can(op: Op): boolean
}

/** The same type, definition and place without any likeness of the names is just enough. */
const threshold = 0.55

export function columnRenames({ pair, answers, holds, renamedKey, can }: ColumnRequest): readonly Rename[] {
  const { before, after, needs } = pair
  const { gone, come } = changedColumns(pair)
  if (gone.length === 0 || come.length === 0) return []
  const [places, others] = [placesOf(before, gone), placesOf(after, come)]
  const [uses, wanted] = [usesOf(before, renamedKey), usesOf(after, tableKey)]
  return renamesOf({
    object: 'column',
    gone: gone.map((column) => namedIn(before, after, column.name)),
    come: come.map((column) => namedIn(after, before, column.name)),
    answers,
    needs,
    threshold,
    likeness: (from, to) => {
      const [old, column] = [gone[from] as Column, come[to] as Column]
      const types = typeLikeness(old.type, column.type)
      const names = nameLikeness(old.name, column.name)
      // Of a type that takes no value of the other it is another column, whatever else is alike.
      if (types === 0 && names < 1) return null
      return columnLikeness({
        types,
        names,
        place: placeLikeness(places[from] as Place, others[to] as Place),
        old,
        column,
        uses: [uses(old.name), wanted(column.name)],
        holds: holds(before, old.name),
      })
    },
    op: (from, to) => {
      const op: Op = {
        kind: 'renameColumn',
        table: { namespace: after.namespace, name: after.name },
        column: gone[from]?.name ?? '',
        name: come[to]?.name ?? '',
      }
      return can(op) ? op : null
    },
  })
}

export function changedColumns({ before, after }: Pick<Pair, 'before' | 'after'>) {
  const [was, is] = [new Set(before.columns.map(nameOf)), new Set(after.columns.map(nameOf))]
  return {
    gone: before.columns.filter(({ name }) => !is.has(name)),
    come: after.columns.filter(({ name }) => !was.has(name)),
  }
}

function nameOf({ name }: { readonly name: string }): string {
  return name
}

/** A part of a table, also found under the table's other name. */
export function namedIn(table: TableName, other: TableName, part: string): Named {
  return { title: partTitle(table, part), others: [partTitle(other, part)] }
}

interface Facts {
  readonly types: number
  readonly names: number
  readonly place: number
  readonly old: Column
  readonly column: Column
  readonly uses: readonly [readonly string[], readonly string[]]
  readonly holds: boolean | null
}

function columnLikeness({ types, names, place, old, column, uses: [uses, wanted], holds }: Facts): Likeness {
  const definition = [
    old.nullable === column.nullable,
    sameData(old.default, column.default),
    sameData(old.identity, column.identity) && (old.generated === null) === (column.generated === null),
  ]
  const isUsed = uses.length + wanted.length > 0
  return withData(
    likenessOf([
      {
        weight: 0.35,
        share: names,
        told: words('the same name but for case and signs', 'the names have nothing in common'),
      },
      {
        weight: 0.25,
        share: types,
        told: words(
          `the same type, ${typeTitle(column.type)}`,
          `another type, ${typeTitle(column.type)} for ${typeTitle(old.type)}`,
        ),
      },
      { weight: 0.15, share: place, told: words('in the same place', 'in another place') },
      {
        weight: 0.1,
        share: definition.filter(Boolean).length / definition.length,
        told: (share) => (share < 0.5 ? 'another default, and other nulls' : null),
      },
      {
        weight: 0.15,
        share: isUsed ? shareOf(uses, wanted) : null,
        told: words('in the same keys and indexes', 'in other keys and indexes'),
      },
    ]),
    holds,
  )
}

interface Place {
  readonly previous: string | null
  readonly next: string | null
  /** Among those that share both neighbours. */
  readonly rank: number
}

/** Where each of the columns stands between those that stay. */
function placesOf({ columns }: Table, moved: readonly Column[]): readonly Place[] {
  const stays = (column: Column) => !moved.includes(column)
  return moved.map((column, at) => {
    const position = columns.indexOf(column)
    const previous = columns.slice(0, position).findLast(stays)?.name ?? null
    const next = columns.slice(position + 1).find(stays)?.name ?? null
    return { previous, next, rank: at }
  })
}

// The square of the distance, so that two pairs which cross are always worse than two which do not.
function placeLikeness(one: Place, other: Place): number {
  const near = (one.previous === other.previous ? 0.5 : 0) + (one.next === other.next ? 0.5 : 0)
  return Math.max(0, near - Math.min(0.05, 0.002 * (one.rank - other.rank) ** 2))
}

/** What each column is part of: keys, indexes and foreign keys, without the names of those and of other columns. */
function usesOf(table: Table, keyOf: (table: TableName) => string): (column: string) => readonly string[] {
  const uses = new Map<string, string[]>()
  const note = (column: string, use: string) => uses.set(column, [...(uses.get(column) ?? []), use])
  const each = (kind: string, columns: readonly string[]) => {
    for (const [at, column] of columns.entries()) note(column, `${kind} ${at} of ${columns.length}`)
  }
  each('primary key', table.primaryKey?.columns ?? [])
  for (const { columns } of table.uniques) each('unique', columns)
  for (const { columns, referent } of table.foreignKeys) each(`to ${keyOf(referent)}`, columns)
  for (const { parts, unique } of table.indexes) {
    each(
      unique ? 'unique index' : 'index',
      parts.flatMap(({ of }) => ('column' in of ? [of.column] : [])),
    )
  }
  for (const { elements } of exclusionsOf(table)) {
    each(
      'exclusion',
      elements.flatMap(({ of }) => ('column' in of ? [of.column] : [])),
    )
  }
  return (column) => uses.get(column) ?? []
}
