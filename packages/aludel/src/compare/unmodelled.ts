// What a database holds that no operation speaks of: where it matters, nothing is guessed about it.

import type { Op } from '../ops/operations.ts'
import { definitionOf } from '../ops/registry.ts'
import { canonicalJson, compareText, sameData } from '../schema/canonical.ts'
import { findTable, tableTitle } from '../schema/lookup.ts'
import type { Schema } from '../schema/model.ts'
import type { ObjectRef } from '../schema/object-ref.ts'
import type { UnmodelledObject } from '../schema/unmodelled.ts'

/** What one of two schemas holds besides, and the other does not hold just so. */
export function unmodelledBetween(before: Schema, after: Schema): readonly UnmodelledObject[] {
  const [was, is] = [unmodelledIn(before), unmodelledIn(after)]
  return [...missing(was, is), ...missing(is, was)]
}

/** What the engine's catalogue was seen to hold besides the schema; of a schema that no engine was asked for, nothing. */
export function unmodelledIn({ catalogue }: Schema): readonly UnmodelledObject[] {
  return catalogue?.unmodelled ?? []
}

function missing(list: readonly UnmodelledObject[], others: readonly UnmodelledObject[]): readonly UnmodelledObject[] {
  const known = new Set(others.filter(({ says }) => says !== null).map((one) => canonicalJson(one)))
  return list.filter((one) => one.says === null || !known.has(canonicalJson(one)))
}

/** What both schemas hold just so, and the operations would lose: by making its object anew, or because it acts on what is made. */
export function unmodelledInTheWay(before: Schema, ops: readonly Op[]): readonly UnmodelledObject[] {
  const made = ops.flatMap((op) => {
    const touched = definitionOf(op).touches(op)
    return touched === 'unknown' ? [] : touched.provides
  })
  const objects = made.filter(({ kind }) => kind !== 'column')
  const names = new Set(objects.filter(({ kind }) => kind !== 'table').map(ownName))
  const isMadeAnew = (name: string) =>
    name
      .split('.')
      .slice(-2)
      .some((part) => names.has(part))
  return unmodelledIn(before).filter(({ kind, name }) =>
    kind === 'default privileges'
      ? objects.some(({ kind, part }) => part === null || kind === 'function')
      : isMadeAnew(name),
  )
}

/** The last of its names: that of a trigger, and not of the table that it is on. */
function ownName({ kind, name, part }: ObjectRef): string {
  if (kind === 'function') return name
  return (kind === 'object' ? part?.split(' ON ')[1] : part) ?? name
}

/** What no operation makes of one schema the other: a table that is there is not partitioned, or otherwise. */
export function unalterableBetween(before: Schema, after: Schema): readonly UnmodelledObject[] {
  return after.tables.flatMap((table) => {
    const old = findTable(before, table)
    const isSame = old === null || sameData(keyOf(old), keyOf(table))
    return isSame ? [] : [{ kind: 'partitioning of a table that is there', name: tableTitle(table), says: null }]
  })
}

/** The same where the second schema says how it is partitioned; models that say nothing leave it open. */
export function unpartitionable(actual: Schema, model: Schema): readonly UnmodelledObject[] {
  return unalterableBetween(actual, { ...model, tables: model.tables.filter((table) => keyOf(table) !== null) })
}

function keyOf({ postgres }: Schema['tables'][number]): unknown {
  return postgres?.partitionBy ?? null
}

/** What has another owner in two schemas that one role has read; who owns a database in use is nobody else's matter. */
export function ownedOtherwise(before: Schema, after: Schema): readonly UnmodelledObject[] {
  const [was, is] = [before.catalogue?.owners ?? {}, after.catalogue?.owners ?? {}]
  const stays = new Set([...after.tables, ...after.enums, ...after.objects].map(tableTitle))
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((title) => was[title] !== is[title] && stays.has(title))
    .sort(compareText)
    .map((name) => ({ kind: 'owner', name, says: null }))
}
