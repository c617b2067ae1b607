// The keys and checks that go, come and change between two states of a table.

import type { ConstraintChange, Op } from '../ops/operations.ts'
import { constraintsOf, type FoundConstraint } from '../ops/parts.ts'
import { isNotValid } from '../ops/validity.ts'
import { canonicalJson, sameData } from '../schema/canonical.ts'
import type { Table } from '../schema/model.ts'

export interface ConstraintChanges {
  readonly gone: readonly FoundConstraint[]
  readonly come: readonly FoundConstraint[]
  /** What changes those that stay where they are. */
  readonly altered: readonly Op<'alterConstraint' | 'validateConstraint'>[]
}

/** What stays as it is is nowhere in it. */
export function constraintChanges(before: Table, after: Table): ConstraintChanges {
  const [was, is] = [constraintsOf(before), constraintsOf(after)]
  if (sameData(was, is)) return { gone: [], come: [], altered: [] }
  const counts = new Map<string, number>()
  for (const found of is) counts.set(canonicalJson(found), (counts.get(canonicalJson(found)) ?? 0) + 1)
  const gone = was.filter((found) => !takeOne(counts, canonicalJson(found)))
  // What is left in the counts has no equal before: the last of equals is the one that comes.
  const come = is.filter((found) => takeOne(counts, canonicalJson(found)))
  const pairs = gone.flatMap((old) => {
    const wanted = come.find((one) => isAlterable(old, one))
    return wanted === undefined ? [] : [{ old, wanted }]
  })
  return {
    gone: gone.filter((found) => !pairs.some(({ old }) => old === found)),
    come: come.filter((found) => !pairs.some(({ wanted }) => wanted === found)),
    altered: pairs.flatMap(({ old, wanted }) => alterations(old, wanted, after)),
  }
}

function takeOne(counts: Map<string, number>, key: string): boolean {
  const left = counts.get(key) ?? 0
  if (left === 0) return false
  counts.set(key, left - 1)
  return true
}

/** True where the two differ in nothing but when they are checked, and whether old rows are. */
function isAlterable(old: FoundConstraint, wanted: FoundConstraint): boolean {
  if (old.value.name === null || old.value.name !== wanted.value.name) return false
  if (isNotValid(wanted) && !isNotValid(old)) return false
  return sameData(essence(old), essence(wanted))
}

function essence(found: FoundConstraint): unknown {
  if (found.type === 'check') {
    const { noInherit = false } = found.value.postgres ?? {}
    return { ...found.value, postgres: { noInherit } }
  }
  if (found.type !== 'foreignKey') return found
  const { setColumns = [] } = found.value.postgres ?? {}
  return { ...found.value, deferrable: null, postgres: { setColumns } }
}

function alterations(
  old: FoundConstraint,
  wanted: FoundConstraint,
  { namespace, name }: Table,
): readonly Op<'alterConstraint' | 'validateConstraint'>[] {
  const table = { namespace, name }
  const constraint = wanted.value.name ?? ''
  const set: ConstraintChange =
    old.type === 'foreignKey' &&
    wanted.type === 'foreignKey' &&
    !sameData(old.value.deferrable, wanted.value.deferrable)
      ? { deferrable: wanted.value.deferrable }
      : {}
  return [
    ...(Object.keys(set).length === 0 ? [] : [{ kind: 'alterConstraint' as const, table, constraint, set }]),
    ...(isNotValid(old) && !isNotValid(wanted) ? [{ kind: 'validateConstraint' as const, table, constraint }] : []),
  ]
}
