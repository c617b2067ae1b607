// Dependencies that say nothing new, because a revision further down the same line declares them already.

import { contains, createSharedSets, emptySet, union, withNumber } from './sets.ts'

interface Declarer<N> {
  readonly position: number
  readonly parents: readonly N[]
  readonly dependencies: readonly N[]
}

/**
 * For each revision with such dependencies, which ones they are. Alembic orders a plan without them
 * (`_normalize_depends_on`); a dependency that is merely an ancestor stays.
 *
 * Each revision is given the set of what is declared under it. Only what several declare can be declared twice, so
 * mostly there is nothing in these sets.
 */
export function repeatedDependencies<N extends Declarer<N>>(oldestFirst: readonly N[]): ReadonlyMap<N, ReadonlySet<N>> {
  const repeated = new Map<N, Set<N>>()
  const keys = numbersOfShared(oldestFirst)
  if (keys.size === 0) return repeated
  const sets = createSharedSets(keys.size)
  const declared = new Int32Array(1 + oldestFirst.reduce((last, { position }) => Math.max(last, position), 0))
  for (const node of oldestFirst) {
    let below = emptySet
    for (const parent of node.parents) below = union(sets, below, declared[parent.position] ?? emptySet)
    let withOwn = below
    for (const dependency of node.dependencies) {
      const key = keys.get(dependency)
      if (key === undefined) continue
      if (!contains(sets, below, key)) withOwn = withNumber(sets, withOwn, key)
      else repeated.set(node, (repeated.get(node) ?? new Set()).add(dependency))
    }
    declared[node.position] = withOwn
  }
  return repeated
}

/** A number for each dependency that several revisions declare. */
function numbersOfShared<N extends Declarer<N>>(nodes: readonly N[]): ReadonlyMap<N, number> {
  const seen = new Set<N>()
  const keys = new Map<N, number>()
  for (const { dependencies } of nodes) {
    for (const dependency of dependencies) {
      if (!seen.has(dependency)) seen.add(dependency)
      else if (!keys.has(dependency)) keys.set(dependency, keys.size)
    }
  }
  return keys
}
