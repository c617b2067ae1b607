// Groups that steps are joined to, and what they need of each other.

export interface Groups {
  of(step: number): number
  join(one: number, other: number): void
}

/** Groups are called by their first step. */
export function createGroups(count: number): Groups {
  const parents = Array.from({ length: count }, (_, at) => at)
  const of = (step: number): number => {
    let at = step
    while (parents[at] !== at) at = parents[at] as number
    return at
  }
  return {
    of,
    join: (one, other) => {
      const [a, b] = [of(one), of(other)]
      parents[Math.max(a, b)] = Math.min(a, b)
    },
  }
}

export function edgesOf(
  needs: readonly (readonly number[])[],
  groups: Groups,
): ReadonlyMap<number, ReadonlySet<number>> {
  const edges = new Map<number, Set<number>>()
  for (const [at, list] of needs.entries()) {
    const own = groups.of(at)
    const set = edges.get(own) ?? new Set<number>()
    edges.set(own, set)
    for (const earlier of list) if (groups.of(earlier) !== own) set.add(groups.of(earlier))
  }
  return edges
}

/** Some circle, or null; without recursion, because chains of tables are long. */
export function circleIn(edges: ReadonlyMap<number, ReadonlySet<number>>): readonly number[] | null {
  const done = new Set<number>()
  for (const root of edges.keys()) {
    const path = [{ group: root, left: [...(edges.get(root) ?? [])] }]
    while (path.length > 0) {
      const top = path.at(-1) as (typeof path)[number]
      const next = done.has(top.group) ? undefined : top.left.pop()
      if (next === undefined) {
        done.add(top.group)
        path.pop()
        continue
      }
      const at = path.findIndex(({ group }) => group === next)
      if (at !== -1) return path.slice(at).map(({ group }) => group)
      if (!done.has(next)) path.push({ group: next, left: [...(edges.get(next) ?? [])] })
    }
  }
  return null
}
