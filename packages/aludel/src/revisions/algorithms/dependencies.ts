// Dependencies that say nothing new, because a revision further down the same line declares them already.

import type { Links } from './links.ts'
import { addLink, closePlace, draftLinks, finishLinks, placesIn, startOf, stopOf } from './links.ts'

interface Declared {
  readonly parents: Links
  readonly dependencies: Links
}

/** A dependency, and who declares it, the oldest first. */
interface Shared {
  readonly dependency: number
  readonly declarers: number[]
}

/**
 * The revisions by which one can tell: those that declare something shared, and those that follow several or none. All
 * others have below them what the nearest of these has. They are numbered from the oldest, so that they are walked as
 * they lie in memory.
 */
interface Knots {
  readonly parents: Links
  /** By knot. */
  readonly places: Int32Array
  /** By place, the knot itself or the nearest below. */
  readonly knotOf: Int32Array
}

// As many dependencies are looked at together as a number has bits.
const bits = 32

/**
 * 1 for each such link from a place to a dependency; null when there is none. Alembic orders a plan without them
 * (`_normalize_depends_on`); a dependency that is merely an ancestor stays.
 *
 * Each walk goes up from the first to the last that declare any of some dependencies, with a bit for each. Those are
 * taken in the order of their first declarers, so that where revisions depend on what is near, the walks are short.
 */
export function repeatedLinks(oldestFirst: Int32Array, { parents, dependencies }: Declared): Uint8Array | null {
  const shared = sharedDependencies(oldestFirst, dependencies)
  if (shared.length === 0) return null
  const knots = knotsOf(oldestFirst, parents, shared)
  const declared = new Int32Array(knots.places.length)
  const under = new Int32Array(knots.places.length)
  const repeated = new Uint8Array(dependencies.ends.length)
  let any = false
  for (let start = 0; start < shared.length; start += bits) {
    const block = shared.slice(start, start + bits)
    walkUp(knots, block, { declared, under }, (place, found) => {
      any = true
      for (let link = startOf(dependencies, place); link < stopOf(dependencies, place); link++) {
        const bit = block.findIndex(({ dependency }) => dependency === dependencies.ends[link])
        if (bit !== -1 && (found >> bit) & 1) repeated[link] = 1
      }
    })
  }
  return any ? repeated : null
}

/** What several declare, in the order in which it is first declared. */
function sharedDependencies(oldestFirst: Int32Array, dependencies: Links): readonly Shared[] {
  if (dependencies.ends.length === 0) return []
  const counts = new Int32Array(placesIn(dependencies))
  for (const dependency of dependencies.ends) counts[dependency] = (counts[dependency] as number) + 1
  const shared = new Map<number, Shared>()
  for (const place of oldestFirst) {
    const stop = stopOf(dependencies, place)
    for (let link = startOf(dependencies, place); link < stop; link++) {
      const dependency = dependencies.ends[link] as number
      if ((counts[dependency] as number) < 2) continue
      const known = shared.get(dependency)
      if (known === undefined) shared.set(dependency, { dependency, declarers: [place] })
      else known.declarers.push(place)
    }
  }
  return [...shared.values()]
}

function knotsOf(oldestFirst: Int32Array, parents: Links, shared: readonly Shared[]): Knots {
  const size = oldestFirst.length
  const declares = new Uint8Array(size)
  for (const { declarers } of shared) for (const place of declarers) declares[place] = 1
  const knotOf = new Int32Array(size)
  const draft = draftLinks(size, parents.ends.length)
  const places = new Int32Array(size)
  let count = 0
  for (const place of oldestFirst) {
    const start = startOf(parents, place)
    const stop = stopOf(parents, place)
    if (declares[place] === 0 && stop - start === 1) {
      knotOf[place] = knotOf[parents.ends[start] as number] as number
      continue
    }
    for (let link = start; link < stop; link++) addLink(draft, knotOf[parents.ends[link] as number] as number)
    closePlace(draft, count)
    places[count] = place
    knotOf[place] = count++
  }
  return { parents: finishLinks(draft), places: places.subarray(0, count), knotOf }
}

/** Tells where something is declared that is declared below already. The lists are for work, and left at 0 and anyhow. */
function walkUp(
  { parents, places, knotOf }: Knots,
  block: readonly Shared[],
  { declared, under }: { readonly declared: Int32Array; readonly under: Int32Array },
  found: (place: number, bits: number) => void,
): void {
  let first = declared.length
  let last = 0
  for (const [bit, { declarers }] of block.entries()) {
    for (const place of declarers) {
      const knot = knotOf[place] as number
      declared[knot] = (declared[knot] as number) | (1 << bit)
      first = Math.min(first, knot)
      last = Math.max(last, knot)
    }
  }
  for (let knot = first; knot <= last; knot++) {
    const stop = stopOf(parents, knot)
    let below = 0
    for (let link = startOf(parents, knot); link < stop; link++) {
      const parent = parents.ends[link] as number
      if (parent >= first) below |= under[parent] as number
    }
    const own = declared[knot] as number
    if ((below & own) !== 0) found(places[knot] as number, below & own)
    under[knot] = below | own
    declared[knot] = 0
  }
}
