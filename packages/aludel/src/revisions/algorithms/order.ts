// The one order in which a set of revisions is undone, and backwards applied: Alembic's, to the step.

import type { GraphNode } from '../node.ts'
import { byPosition } from '../node.ts'
import type { Lane, Place, Places } from './lanes.ts'
import { earliestLaneAbove, release } from './lanes.ts'

interface Walk<N> {
  readonly places: Places<N>
  first: Lane<N> | null
  last: Lane<N> | null
  /** How many lanes there have been: a number is never used twice. */
  lanes: number
}

/**
 * Orders `nodes` so that each comes after everything in the set that requires it.
 *
 * The walk starts at `starts` in load order and goes down one line until something above the next revision is still
 * to come; then it changes to the earliest line that leads there. At a merge the line goes on with the first parent,
 * the others begin lines of their own; a line that ends hands over to the one before it.
 */
export function newestFirst<N extends GraphNode>(nodes: ReadonlySet<N>, starts: Iterable<N>): readonly N[] {
  const walk = begin(nodes, starts)
  const order: N[] = []
  let lane = walk.first
  while (lane !== null) {
    if (lane.place.waiting > 0) {
      lane = earliestLaneAbove(lane.place, walk.places)
    } else {
      order.push(lane.place.node)
      lane = advance(lane, walk)
    }
  }
  return order
}

function begin<N extends GraphNode>(nodes: ReadonlySet<N>, starts: Iterable<N>): Walk<N> {
  const places = new Map<GraphNode, Place<N>>()
  for (const node of nodes) places.set(node, { node, pending: true, waiting: 0, lane: null, search: null })
  for (const node of nodes) {
    for (const required of node.requires) {
      const place = places.get(required)
      if (place !== undefined) place.waiting++
    }
  }
  const walk: Walk<N> = { places, first: null, last: null, lanes: 0 }
  const tops = [...places.values()].filter((place) => place.waiting === 0).map((place) => place.node)
  for (const node of [...new Set([...starts, ...tops])].sort(byPosition)) {
    const place = places.get(node)
    if (place !== undefined) addLane(place, walk)
  }
  return walk
}

function addLane<N extends GraphNode>(place: Place<N>, walk: Walk<N>): void {
  const lane: Lane<N> = { number: walk.lanes, place, previous: walk.last, next: null }
  walk.lanes++
  if (walk.last === null) walk.first = lane
  else walk.last.next = lane
  walk.last = lane
  enter(place, lane, walk)
}

function enter<N extends GraphNode>(place: Place<N>, lane: Lane<N>, walk: Walk<N>): void {
  place.lane = lane
  lane.place = place
  if (place.search !== null) release(place, walk.places)
}

/** Leaves the lane's revision behind and says which lane goes on. */
function advance<N extends GraphNode>(lane: Lane<N>, walk: Walk<N>): Lane<N> | null {
  const { place } = lane
  place.pending = false
  for (const required of place.node.requires) {
    const under = walk.places.get(required)
    if (under === undefined) continue
    under.waiting--
    if (under.search?.chosen === place) release(under, walk.places)
  }
  const below = place.node.below.flatMap((node) => walk.places.get(node) ?? []).filter((under) => under.lane === null)
  const [first, ...others] = below
  if (first === undefined) return removeLane(lane, walk)
  enter(first, lane, walk)
  for (const other of others) addLane(other, walk)
  return lane
}

function removeLane<N>(lane: Lane<N>, walk: Walk<N>): Lane<N> | null {
  if (lane.previous === null) walk.first = lane.next
  else lane.previous.next = lane.next
  if (lane.next === null) walk.last = lane.previous
  else lane.next.previous = lane.previous
  return lane.previous ?? lane.next
}
