// Who belongs to whom: the pairs of two lists whose scores have the greatest sum.

export interface Candidate {
  readonly from: number
  readonly to: number
  /** More than 0. */
  readonly score: number
}

/** The best pairs, each place in at most one; of equal sums the one that keeps the order. */
export function bestPairs<T extends Candidate>(candidates: readonly T[]): readonly T[] {
  return groupsOf(candidates)
    .flatMap((group) => (group.length === 1 ? group : bestOf(group)))
    .toSorted((a, b) => a.from - b.from)
}

/** Candidates that share a place, directly or by others, decide together. */
function groupsOf<T extends Candidate>(candidates: readonly T[]): readonly (readonly T[])[] {
  const parents = new Map<string, string>()
  const root = (key: string): string => {
    let at = key
    for (let next = parents.get(at); next !== undefined && next !== at; next = parents.get(at)) at = next
    return at
  }
  for (const { from, to } of candidates) {
    const [one, other] = [root(`from ${from}`), root(`to ${to}`)]
    parents.set(one, one)
    parents.set(other, one)
  }
  const groups = new Map<string, T[]>()
  for (const candidate of candidates) {
    const key = root(`from ${candidate.from}`)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [candidate])
    else group.push(candidate)
  }
  return [...groups.values()]
}

// The Hungarian method takes the third power of the number; where there are very many, the best comes first.
const mostForSure = 200

function bestOf<T extends Candidate>(group: readonly T[]): readonly T[] {
  const froms = [...new Set(group.map(({ from }) => from))].sort((a, b) => a - b)
  const tos = [...new Set(group.map(({ to }) => to))].sort((a, b) => a - b)
  if (Math.max(froms.length, tos.length) > mostForSure) return greedily(group)
  const at = new Map(group.map((candidate) => [`${candidate.from} ${candidate.to}`, candidate]))
  const find = (from: number | undefined, to: number | undefined) => at.get(`${from} ${to}`)
  const turned = froms.length > tos.length
  const [rows, columns] = turned ? [tos, froms] : [froms, tos]
  const costs = rows.map((row) =>
    columns.map((column) => -((turned ? find(column, row) : find(row, column))?.score ?? 0)),
  )
  return cheapest(costs).flatMap((column, row) => {
    const [one, other] = [rows[row], columns[column]]
    return (turned ? find(other, one) : find(one, other)) ?? []
  })
}

function greedily<T extends Candidate>(group: readonly T[]): readonly T[] {
  const [froms, tos] = [new Set<number>(), new Set<number>()]
  return group
    .toSorted((a, b) => b.score - a.score || a.from - b.from || a.to - b.to)
    .filter(({ from, to }) => {
      if (froms.has(from) || tos.has(to)) return false
      froms.add(from)
      tos.add(to)
      return true
    })
}

/** The Hungarian method: for each row its column, so that the sum of the costs is the least. There are no more rows than columns. */
function cheapest(costs: readonly (readonly number[])[]): readonly number[] {
  const width = costs[0]?.length ?? 0
  const rowPrice = new Array<number>(costs.length + 1).fill(0)
  const columnPrice = new Array<number>(width + 1).fill(0)
  // Column 0 is none: what begins there is the row that looks for a place.
  const owner = new Array<number>(width + 1).fill(0)
  for (let row = 1; row <= costs.length; row += 1) {
    const way = new Array<number>(width + 1).fill(0)
    const least = new Array<number>(width + 1).fill(Number.POSITIVE_INFINITY)
    const done = new Array<boolean>(width + 1).fill(false)
    owner[0] = row
    let at = 0
    do {
      done[at] = true
      const current = owner[at] as number
      let step = Number.POSITIVE_INFINITY
      let next = 0
      for (let column = 1; column <= width; column += 1) {
        if (done[column]) continue
        const cost = (costs[current - 1]?.[column - 1] ?? 0) - num(rowPrice, current) - num(columnPrice, column)
        if (cost < num(least, column)) {
          least[column] = cost
          way[column] = at
        }
        if (num(least, column) < step) {
          step = num(least, column)
          next = column
        }
      }
      for (let column = 0; column <= width; column += 1) {
        if (done[column]) {
          rowPrice[owner[column] as number] = num(rowPrice, owner[column] as number) + step
          columnPrice[column] = num(columnPrice, column) - step
        } else least[column] = num(least, column) - step
      }
      at = next
    } while (owner[at] !== 0)
    for (; at !== 0; at = way[at] as number) owner[at] = owner[way[at] as number] as number
  }
  return costs.map((_, row) => owner.indexOf(row + 1, 1) - 1)
}

function num(list: readonly number[], at: number): number {
  return list[at] as number
}
