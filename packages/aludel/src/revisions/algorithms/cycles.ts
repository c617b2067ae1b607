// Strongly connected components: which nodes of a directed graph lie on a common cycle.

interface Visit<T> {
  readonly node: T
  readonly number: number
  lowest: number
  open: boolean
  readonly remaining: Iterator<T>
}

/**
 * Tarjan's algorithm with a stack of its own, so that a chain of any length fits. Components come out with everything
 * they point to before them: of an acyclic graph this is an order in which each node follows its targets.
 */
export function components<T>(nodes: Iterable<T>, next: (node: T) => Iterable<T>): readonly (readonly T[])[] {
  const visits = new Map<T, Visit<T>>()
  const open: Visit<T>[] = []
  const found: T[][] = []

  const begin = (node: T): Visit<T> => {
    const number = visits.size
    const visit = { node, number, lowest: number, open: true, remaining: next(node)[Symbol.iterator]() }
    visits.set(node, visit)
    open.push(visit)
    return visit
  }
  const finish = (visit: Visit<T>): void => {
    if (visit.lowest !== visit.number) return
    const members: T[] = []
    for (let member = open.pop(); member !== undefined; member = member === visit ? undefined : open.pop()) {
      member.open = false
      members.push(member.node)
    }
    found.push(members)
  }

  for (const node of nodes) {
    if (visits.has(node)) continue
    const path = [begin(node)]
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const step = visit.remaining.next()
      if (step.done) {
        path.pop()
        finish(visit)
        const parent = path.at(-1)
        if (parent !== undefined) parent.lowest = Math.min(parent.lowest, visit.lowest)
        continue
      }
      const seen = visits.get(step.value)
      if (seen === undefined) path.push(begin(step.value))
      else if (seen.open) visit.lowest = Math.min(visit.lowest, seen.number)
    }
  }
  return found
}
