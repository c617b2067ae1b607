// Which of the lines that an ordering goes down side by side leads to something above a given place.

import type { GraphNode } from '../node.ts'
import type { Forest } from './forest.ts'
import { createForest, cut, firstBoundUnder, hang, none, rootOf, unbound } from './forest.ts'
import { addToHeap, removeSmallest } from './heap.ts'

/** Revisions while they are ordered, by their positions. A line is a number; lines are tried in that order. */
export interface Places<N extends GraphNode> {
  readonly nodes: readonly (N | undefined)[]
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
export interface Searches<N extends GraphNode> {
  readonly places: Places<N>
  /** What stands directly above a place, each with the lowest lane number that it may lead to: a heap of options. */
  readonly options: (number[] | undefined)[]
  /** The option taken: the place itself when its own lane is the earliest, `none` when none is. */
  readonly chosen: Int32Array
  /** Each place hangs below the chosen one, bound by the next best option. */
  readonly ways: Forest
  /** The earliest lane that goes on: what leads anywhere leads to none before it. */
  first: number
}

export function createSearches<N extends GraphNode>(places: Places<N>): Searches<N> {
  const size = places.pending.length
  return { places, options: [], chosen: new Int32Array(size).fill(none), ways: createForest(size), first: 0 }
}

// An option is one number: the lane's number first, so that the smallest option has the earliest lane, then the place.
const lanesUnit = 2 ** 26
const optionOf = (lane: number, place: number): number => lane * lanesUnit + place
const laneOf = (option: number): number => Math.floor(option / lanesUnit)
const placeOf = (option: number): number => option % lanesUnit

/**
 * The earliest lane that stands above a place. Asked naively this is a search through all that is pending there, at
 * every change of lanes. So each place remembers the way it would take, the ways form a forest, and only a place whose
 * way ends, or has become worse than its next best, chooses again.
 */
export function earliestLaneAbove<N extends GraphNode>(searches: Searches<N>, place: number): number {
  release(searches, place)
  const options = optionsAt(searches, place)
  for (;;) {
    const option = smallestPending(searches, options)
    if (option === undefined) throw new Error(`No lane leads to what stands above place ${place}.`)
    const lane = earliestLaneFrom(searches, placeOf(option))
    if (lane <= laneOf(option)) return lane
    removeSmallest(options)
    addToHeap(options, optionOf(lane, placeOf(option)))
  }
}

/** Forgets the choice of a place because its options have changed: it has got a lane, or is asked without its own. */
export function release<N extends GraphNode>(searches: Searches<N>, place: number): void {
  const { places, options, chosen, ways, first } = searches
  const taken = chosen[place] ?? none
  if (taken === none) return
  chosen[place] = none
  if (taken === place) return
  cut(ways, place)
  if (places.pending[taken] === 1) addToHeap(options[place] ?? [], optionOf(first, taken))
}

/** The earliest lane at or above a place. */
function earliestLaneFrom<N extends GraphNode>(searches: Searches<N>, place: number): number {
  const { places, chosen, ways } = searches
  for (;;) {
    const end = rootOf(ways, place)
    if (chosen[end] === none) {
      choose(searches, end)
      continue
    }
    const lane = places.lane[end] ?? none
    if (lane === searches.first) return lane
    const better = firstBoundUnder(ways, place, lane)
    if (better === none) return lane
    reconsider(searches, better, lane)
  }
}

function choose<N extends GraphNode>(searches: Searches<N>, place: number): void {
  const { places, chosen, ways } = searches
  const options = optionsAt(searches, place)
  const own = places.lane[place] ?? none
  const limit = own === none ? unbound : own
  const best = smallestPending(searches, options)
  if (best === undefined || limit <= laneOf(best)) {
    if (own === none) throw new Error(`No lane stands at place ${place}, and none above.`)
    chosen[place] = place
    return
  }
  removeSmallest(options)
  chosen[place] = placeOf(best)
  const next = smallestPending(searches, options)
  const bound = Math.min(limit, next === undefined ? unbound : laneOf(next))
  hang(ways, place, placeOf(best), bound)
}

/** Takes back a choice that leads to a lane with this number, when another option may lead to an earlier one. */
function reconsider<N extends GraphNode>(searches: Searches<N>, place: number, lane: number): void {
  const { chosen, ways } = searches
  const taken = chosen[place] ?? none
  if (taken === none || taken === place) return
  cut(ways, place)
  chosen[place] = none
  addToHeap(optionsAt(searches, place), optionOf(lane, taken))
}

function optionsAt<N extends GraphNode>({ places, options, first }: Searches<N>, place: number): number[] {
  const known = options[place]
  if (known !== undefined) return known
  // What stands above is in load order, and so a heap as it is.
  const above = (places.nodes[place]?.above ?? []).map(({ position }) => optionOf(first, position))
  options[place] = above
  return above
}

function smallestPending<N extends GraphNode>({ places }: Searches<N>, options: number[]): number | undefined {
  for (;;) {
    const option = options[0]
    if (option === undefined || places.pending[placeOf(option)] === 1) return option
    removeSmallest(options)
  }
}
