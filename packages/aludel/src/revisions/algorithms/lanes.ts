// Which of the lines that an ordering goes down side by side leads to something above a given place.

import type { Forest } from './forest.ts'
import { createForest, cut, firstBoundUnder, hang, none, rootOf, unbound } from './forest.ts'
import type { Heaps } from './heap.ts'
import { addToHeap, nothing, removeSmallest, smallestKey, smallestPlace } from './heap.ts'
import type { Links } from './links.ts'
import { placesIn, startOf, stopOf } from './links.ts'

/** Revisions while they are ordered. A line is a number; lines are tried in that order. */
export interface Places {
  /** Who stands directly above whom. */
  readonly above: Links
  /** 1 for a revision that is still to come. */
  readonly pending: Uint8Array
  /** How many pending revisions stand directly above. */
  readonly waiting: Int32Array
  /** The lane that stands at a place, or stood there; else `none`. */
  readonly lane: Int32Array
}

/**
 * What is known of the earliest lane at or above each place. Numbers found once are lower bounds for ever: a lane that
 * stands above a place can only leave it, and new lanes have higher numbers.
 */
export interface Searches {
  readonly places: Places
  /** What stands directly above a place, each with the lowest lane number that it may lead to: the place's options. */
  readonly options: Heaps
  /** The option taken: the place itself when its own lane is the earliest, `none` when none is. */
  readonly chosen: Int32Array
  /** Each place hangs below the chosen one, bound by the next best option. */
  readonly ways: Forest
  /** Where the lane stands that was found last for a place: until it has moved on, it is still the earliest. */
  readonly found: Int32Array
  /** The earliest lane that goes on: what leads anywhere leads to none before it. */
  first: number
}

/** The length of a queue of options that nobody has asked for yet. */
const unknown = -1

export function createSearches(places: Places): Searches {
  const { above } = places
  const size = placesIn(above)
  const options = {
    starts: above.starts,
    members: new Int32Array(2 * above.ends.length),
    lengths: new Int32Array(size).fill(unknown),
  }
  const nowhere = () => new Int32Array(size).fill(none)
  return { places, options, chosen: nowhere(), ways: createForest(size), found: nowhere(), first: 0 }
}

/**
 * The earliest lane that stands above a place. Asked naively this is a search through all that is pending there, at
 * every change of lanes. So each place remembers the way it would take, the ways form a forest, and only a place whose
 * way ends, or has become worse than its next best, chooses again.
 */
export function earliestLaneAbove(searches: Searches, place: number): number {
  const { options } = searches
  release(searches, place)
  fillOptions(searches, place)
  for (;;) {
    const option = smallestPending(searches, place)
    if (option === nothing) throw new Error(`No lane leads to what stands above place ${place}.`)
    const lane = earliestLaneFrom(searches, option)
    if (lane <= smallestKey(options, place)) return lane
    removeSmallest(options, place)
    addToHeap(options, place, lane, option)
  }
}

/** Forgets the choice of a place because its options have changed: it has got a lane, or is asked without its own. */
export function release({ places, options, chosen, ways, first }: Searches, place: number): void {
  const taken = chosen[place] as number
  if (taken === none) return
  chosen[place] = none
  if (taken === place) return
  cut(ways, place)
  if (places.pending[taken] === 1) addToHeap(options, place, first, taken)
}

/** The earliest lane at or above a place. */
function earliestLaneFrom(searches: Searches, place: number): number {
  const { places, found } = searches
  const last = found[place] as number
  const end = last !== none && places.pending[last] === 1 ? last : endOfBestWay(searches, place)
  found[place] = end
  return places.lane[end] as number
}

function endOfBestWay(searches: Searches, place: number): number {
  const { places, chosen, ways } = searches
  for (;;) {
    const end = rootOf(ways, place)
    if (chosen[end] === none) {
      choose(searches, end)
      continue
    }
    const lane = places.lane[end] as number
    if (lane === searches.first) return end
    const better = firstBoundUnder(ways, place, lane)
    if (better === none) return end
    reconsider(searches, better, lane)
  }
}

function choose(searches: Searches, place: number): void {
  const { places, options, chosen, ways } = searches
  fillOptions(searches, place)
  const own = places.lane[place] as number
  const limit = own === none ? unbound : own
  const best = smallestPending(searches, place)
  if (best === nothing || limit <= smallestKey(options, place)) {
    if (own === none) throw new Error(`No lane stands at place ${place}, and none above.`)
    chosen[place] = place
    return
  }
  removeSmallest(options, place)
  chosen[place] = best
  const next = smallestPending(searches, place)
  hang(ways, place, best, Math.min(limit, next === nothing ? unbound : smallestKey(options, place)))
}

/** Takes back a choice that leads to a lane with this number, as another option may lead to an earlier one. */
function reconsider(searches: Searches, place: number, lane: number): void {
  const { options, chosen, ways } = searches
  const taken = chosen[place] as number
  cut(ways, place)
  chosen[place] = none
  addToHeap(options, place, lane, taken)
  choose(searches, place)
}

function fillOptions({ places, options, first }: Searches, place: number): void {
  if (options.lengths[place] !== unknown) return
  options.lengths[place] = 0
  // Who no longer stands above will never do again.
  for (let link = startOf(places.above, place); link < stopOf(places.above, place); link++) {
    const upper = places.above.ends[link] as number
    if (places.pending[upper] === 1) addToHeap(options, place, lowestLane(places, upper, first), upper)
  }
}

/** The earliest lane that a place may lead to: its own, when nothing stands above. */
function lowestLane({ waiting, lane }: Places, place: number, first: number): number {
  const own = lane[place] as number
  return waiting[place] === 0 && own !== none ? own : first
}

function smallestPending({ places, options }: Searches, place: number): number {
  for (;;) {
    const option = smallestPlace(options, place)
    if (option === nothing || places.pending[option] === 1) return option
    removeSmallest(options, place)
  }
}
