// Dependencies that say nothing new, because a revision further down the same line declares them already.

interface Declarer<N> {
  readonly position: number
  readonly parents: readonly N[]
  readonly dependencies: readonly N[]
}

/** A dependency, and the places of those that declare it, counted from the oldest revision. */
interface Shared<N> {
  readonly dependency: N
  readonly declarers: number[]
}

/** The parents of each place, one list after the other: those of place `n` are from `starts[n]` up to `starts[n + 1]`. */
interface Lines {
  readonly starts: Int32Array
  readonly parents: Int32Array
}

// As many dependencies are looked at together as a number has bits.
const bits = 32

/**
 * For each revision with such dependencies, which ones they are. Alembic orders a plan without them
 * (`_normalize_depends_on`); a dependency that is merely an ancestor stays.
 *
 * Each walk goes up from the first to the last that declare any of some dependencies, with a bit for each. Those are
 * taken in the order of their first declarers, so that where revisions depend on what is near, the walks are short.
 */
export function repeatedDependencies<N extends Declarer<N>>(oldestFirst: readonly N[]): ReadonlyMap<N, ReadonlySet<N>> {
  const repeated = new Map<N, Set<N>>()
  const shared = sharedDependencies(oldestFirst)
  if (shared.length === 0) return repeated
  const lines = linesOf(oldestFirst)
  const declared = new Int32Array(oldestFirst.length)
  const under = new Int32Array(oldestFirst.length)
  for (let start = 0; start < shared.length; start += bits) {
    const block = shared.slice(start, start + bits)
    walkUp(lines, block, { declared, under }, (place, found) => {
      const node = oldestFirst[place]
      const known = block.flatMap(({ dependency }, bit) => ((found >> bit) & 1 ? [dependency] : []))
      if (node !== undefined) repeated.set(node, new Set([...(repeated.get(node) ?? []), ...known]))
    })
  }
  return repeated
}

/** What several declare, in the order in which it is first declared. */
function sharedDependencies<N extends Declarer<N>>(oldestFirst: readonly N[]): readonly Shared<N>[] {
  const counts = new Int32Array(sizeOf(oldestFirst))
  for (const { dependencies } of oldestFirst) {
    for (const { position } of dependencies) counts[position] = (counts[position] ?? 0) + 1
  }
  const shared = new Map<N, Shared<N>>()
  for (const [place, { dependencies }] of oldestFirst.entries()) {
    for (const dependency of dependencies) {
      if ((counts[dependency.position] ?? 0) < 2) continue
      const known = shared.get(dependency)
      if (known === undefined) shared.set(dependency, { dependency, declarers: [place] })
      else known.declarers.push(place)
    }
  }
  return [...shared.values()]
}

/** One more than the last position. */
function sizeOf<N extends Declarer<N>>(nodes: readonly N[]): number {
  return 1 + nodes.reduce((last, { position }) => Math.max(last, position), 0)
}

function linesOf<N extends Declarer<N>>(oldestFirst: readonly N[]): Lines {
  const places = new Int32Array(sizeOf(oldestFirst))
  const starts = new Int32Array(oldestFirst.length + 1)
  for (const [place, { position, parents }] of oldestFirst.entries()) {
    places[position] = place
    starts[place + 1] = (starts[place] ?? 0) + parents.length
  }
  const parents = new Int32Array(starts.at(-1) ?? 0)
  let next = 0
  for (const node of oldestFirst) for (const { position } of node.parents) parents[next++] = places[position] ?? 0
  return { starts, parents }
}

/** Tells where something is declared that is declared below already. The lists are for work, and left at 0 and anyhow. */
function walkUp<N>(
  { starts, parents }: Lines,
  block: readonly Shared<N>[],
  { declared, under }: { readonly declared: Int32Array; readonly under: Int32Array },
  found: (place: number, bits: number) => void,
): void {
  let first = declared.length
  let last = 0
  for (const [bit, { declarers }] of block.entries()) {
    for (const place of declarers) declared[place] = (declared[place] ?? 0) | (1 << bit)
    first = Math.min(first, declarers[0] ?? first)
    last = Math.max(last, declarers.at(-1) ?? last)
  }
  for (let place = first; place <= last; place++) {
    let below = 0
    for (let edge = starts[place] as number; edge < (starts[place + 1] as number); edge++) {
      const parent = parents[edge] as number
      if (parent >= first) below |= under[parent] as number
    }
    const own = declared[place] as number
    if ((below & own) !== 0) found(place, below & own)
    under[place] = below | own
    declared[place] = 0
  }
}
