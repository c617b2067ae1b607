// Dependencies that say nothing new, because a revision further down the same line declares them already.

interface Declarer<N> {
  readonly parents: readonly N[]
  readonly dependencies: readonly N[]
  readonly level: number
}

/**
 * For each revision with such dependencies, which ones they are. Alembic orders a plan without them
 * (`_normalize_depends_on`); a dependency that is merely an ancestor stays.
 */
export function repeatedDependencies<N extends Declarer<N>>(nodes: Iterable<N>): ReadonlyMap<N, ReadonlySet<N>> {
  const declarers = new Map<N, N[]>()
  for (const node of nodes) {
    for (const dependency of node.dependencies) {
      const known = declarers.get(dependency)
      if (known === undefined) declarers.set(dependency, [node])
      else known.push(node)
    }
  }
  const repeated = new Map<N, Set<N>>()
  for (const [dependency, group] of declarers) {
    if (group.length === 1) continue
    for (const node of aboveAnother(group)) {
      const known = repeated.get(node)
      if (known === undefined) repeated.set(node, new Set([dependency]))
      else known.add(dependency)
    }
  }
  return repeated
}

/** The members of a group that descend from another member. */
function aboveAnother<N extends Declarer<N>>(group: readonly N[]): readonly N[] {
  const members = new Set(group)
  // Nothing at or under the lowest member's level can be one of them, so each search ends there.
  const floor = group.reduce((lowest, member) => Math.min(lowest, member.level), Number.POSITIVE_INFINITY)
  const barren = new Set<N>()
  const inOrder = group.toSorted((one, other) => one.level - other.level)
  return inOrder.filter((member) => {
    const seen = new Set(member.parents)
    for (const node of seen) {
      if (members.has(node)) return true
      if (node.level <= floor || barren.has(node)) continue
      for (const parent of node.parents) seen.add(parent)
    }
    for (const node of seen) barren.add(node)
    return false
  })
}
