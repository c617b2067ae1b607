// Tables: which of those that are gone is one that has come.

import type { Op } from '../../ops/operations.ts'
import { canonicalJson } from '../../schema/canonical.ts'
import { tableKey } from '../../schema/define.ts'
import type { Schema, Table } from '../../schema/model.ts'
import type { Answers } from '../questions.ts'
import { titleOf } from '../titles.ts'
import { type Holds, likenessOf, withData, words } from './evidence.ts'
import { nameLikeness, shareOf } from './likeness.ts'
import { type Likeness, type Named, type Rename, renamesOf } from './pairing.ts'

export interface TablesRequest {
  readonly before: Schema
  readonly after: Schema
  readonly answers: Answers
  readonly holds: Holds
  can(op: Op): boolean
}

/** Three quarters of the columns, or fewer and a name or foreign keys that are alike. */
const threshold = 0.5
/** With less in common than this, no name makes one table the other. */
const leastInCommon = 0.3

export function changedTables({ before, after }: Pick<TablesRequest, 'before' | 'after'>) {
  const [was, is] = [new Set(before.tables.map(tableKey)), new Set(after.tables.map(tableKey))]
  return {
    gone: before.tables.filter((table) => !is.has(tableKey(table))),
    come: after.tables.filter((table) => !was.has(tableKey(table))),
  }
}

export function tableRenames({ before, after, answers, holds, can }: TablesRequest): readonly Rename[] {
  const { gone, come } = changedTables({ before, after })
  const [outlines, wanted] = [gone.map(outlineOf), come.map(outlineOf)]
  return renamesOf({
    object: 'table',
    gone: gone.map(tableNamed),
    come: come.map(tableNamed),
    answers,
    needs: null,
    threshold,
    likeness: (from, to) => {
      const [old, table] = [outlines[from] as Outline, wanted[to] as Outline]
      const likeness = tableLikeness(old, table)
      return likeness === null ? null : withData(likeness, holds(old.table, null))
    },
    op: (from, to) => {
      const [old, table] = [gone[from] as Table, come[to] as Table]
      if (old.namespace !== table.namespace) return null
      const op: Op = { kind: 'renameTable', table: { namespace: old.namespace, name: old.name }, name: table.name }
      return can(op) ? op : null
    },
  })
}

function tableNamed(table: Table): Named {
  return { title: titleOf(table), others: [] }
}

interface Outline {
  readonly table: Table
  /** The types by column, as texts. */
  readonly types: ReadonlyMap<string, string>
  /** How much its columns count together. */
  readonly weight: number
  /** What it refers to. */
  readonly links: readonly string[]
}

function outlineOf(table: Table): Outline {
  return {
    table,
    types: new Map(table.columns.map(({ name, type }) => [name, canonicalJson(type)])),
    weight: table.columns.reduce((sum, { name }) => sum + weightOf(name), 0),
    links: table.foreignKeys
      .filter(({ referent }) => tableKey(referent) !== tableKey(table))
      .map(({ columns, referent }) => `${columns.join(',')} to ${tableKey(referent)}`),
  }
}

function tableLikeness(old: Outline, other: Outline): Likeness | null {
  const columns = columnShare(old, other)
  if (columns < leastInCommon) return null
  const isLinked = old.links.length + other.links.length > 0
  return likenessOf([
    {
      weight: 0.3,
      share: nameLikeness(old.table.name, other.table.name),
      told: words('the same name but for case and signs', 'the names have nothing in common'),
    },
    {
      weight: 0.55,
      share: columns,
      told: (share) =>
        share >= 0.995 ? 'the same columns' : `${Math.round(share * 100)} % of the columns are the same`,
    },
    {
      weight: 0.15,
      share: isLinked ? shareOf(old.links, other.links) : null,
      told: words('the same foreign keys', 'other foreign keys'),
    },
  ])
}

/**
 * The share of columns in common; an `id` counts half, because every table has one, and so does a column of the same
 * type under another name, because it may be renamed as well.
 */
function columnShare({ types, weight }: Outline, other: Outline): number {
  let common = 0
  const [left, free]: [string[], string[]] = [[], []]
  for (const [name, type] of types) {
    const double = other.types.get(name)
    if (double === undefined) left.push(type)
    else common += weightOf(name) * (type === double ? 1 : 0.5)
  }
  const most = Math.max(weight, other.weight, 1)
  if ((common + left.length * 0.5) / most < leastInCommon) return 0
  for (const [name, type] of other.types) if (!types.has(name)) free.push(type)
  for (const type of left) {
    const at = free.indexOf(type)
    if (at === -1) continue
    free.splice(at, 1)
    common += 0.5
  }
  return common / most
}

function weightOf(name: string): number {
  return name === 'id' ? 0.5 : 1
}
