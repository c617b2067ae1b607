// The lines that an ordering goes down side by side, and which of them leads to something above a given place.

import type { GraphNode } from '../node.ts'
import type { Knot } from './forest.ts'
import { createKnot, cut, firstBoundUnder, hang, rootOf } from './forest.ts'
import type { Heap } from './heap.ts'
import { createHeap } from './heap.ts'

/** It stands at one revision at a time; lanes are tried in the order of their numbers. */
export interface Lane<N> {
  readonly number: number
  place: Place<N>
  previous: Lane<N> | null
  next: Lane<N> | null
}

/** A revision while it is being ordered. */
export interface Place<N> {
  readonly node: N
  pending: boolean
  /** How many pending revisions stand directly above. */
  waiting: number
  lane: Lane<N> | null
  search: Search<N> | null
}

export type Places<N> = ReadonlyMap<GraphNode, Place<N>>

/**
 * What is known of the earliest lane at or above a place. Numbers found once are lower bounds for ever: a lane that
 * stands above a place can only leave it, and new lanes have higher numbers.
 */
interface Search<N> {
  /** What stands directly above, by the lowest lane number that it may lead to. */
  readonly options: Heap<Place<N>>
  /** The option taken: the place itself when its own lane is the earliest, null when none is. */
  chosen: Place<N> | null
  /** Hangs below the chosen place's knot, bound by the next best option. */
  readonly knot: Knot<Place<N>>
}

/**
 * The earliest lane that stands above a place. Asked naively this is a search through all that is pending there, at
 * every change of lanes. So each place remembers the way it would take, the ways form a forest, and only a place whose
 * way ends, or has become worse than its next best, chooses again.
 */
export function earliestLaneAbove<N extends GraphNode>(place: Place<N>, places: Places<N>): Lane<N> {
  const { options } = release(place, places)
  for (;;) {
    const option = smallestPending(options)
    if (option === undefined) throw new Error(`No lane leads to what stands above ${place.node.revision.id}.`)
    const lane = earliestLaneFrom(option.value, places)
    if (lane.number <= option.key) return lane
    options.removeSmallest()
    options.add(lane.number, option.value)
  }
}

/** The earliest lane at or above a place. */
function earliestLaneFrom<N extends GraphNode>(place: Place<N>, places: Places<N>): Lane<N> {
  const { knot } = searchOf(place, places)
  for (;;) {
    const end = rootOf(knot).value
    const search = searchOf(end, places)
    if (search.chosen === null) {
      choose(end, search, places)
      continue
    }
    if (end.lane === null) throw new Error(`No lane stands at ${end.node.revision.id}.`)
    const better = firstBoundUnder(knot, end.lane.number)
    if (better === null) return end.lane
    reconsider(better.value, end.lane.number, places)
  }
}

function choose<N extends GraphNode>(place: Place<N>, search: Search<N>, places: Places<N>): void {
  const { options, knot } = search
  const own = place.lane?.number ?? Number.POSITIVE_INFINITY
  const best = smallestPending(options)
  if (best === undefined || own <= best.key) {
    search.chosen = place
    return
  }
  options.removeSmallest()
  search.chosen = best.value
  const next = smallestPending(options)?.key ?? Number.POSITIVE_INFINITY
  hang(knot, searchOf(best.value, places).knot, Math.min(own, next))
}

/** Takes back a choice that leads to a lane with this number, when another option may lead to an earlier one. */
function reconsider<N extends GraphNode>(place: Place<N>, number: number, places: Places<N>): void {
  const search = searchOf(place, places)
  const { chosen } = search
  if (chosen === null || chosen === place) return
  cut(search.knot)
  search.chosen = null
  search.options.add(number, chosen)
}

/** Forgets the choice of a place because its options have changed: it has got a lane, or is asked without its own. */
export function release<N extends GraphNode>(place: Place<N>, places: Places<N>): Search<N> {
  const search = searchOf(place, places)
  if (search.chosen !== null && search.chosen !== place) {
    cut(search.knot)
    if (search.chosen.pending) search.options.add(0, search.chosen)
  }
  search.chosen = null
  return search
}

function searchOf<N extends GraphNode>(place: Place<N>, places: Places<N>): Search<N> {
  if (place.search !== null) return place.search
  const options = createHeap<Place<N>>()
  for (const node of place.node.above) {
    const above = places.get(node)
    if (above?.pending) options.add(0, above)
  }
  place.search = { options, chosen: null, knot: createKnot(place) }
  return place.search
}

function smallestPending<N>(options: Heap<Place<N>>): ReturnType<Heap<Place<N>>['smallest']> {
  for (;;) {
    const option = options.smallest()
    if (option === undefined || option.value.pending) return option
    options.removeSmallest()
  }
}
