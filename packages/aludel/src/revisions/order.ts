// The one order in which a set of revisions is undone, and backwards applied: Alembic's, to the step.

import type { Heap } from './heap.ts'
import { createHeap } from './heap.ts'
import type { GraphNode } from './node.ts'
import { byPosition } from './node.ts'

/** A line that the walk is going down: it stands at one revision, and lines are tried in the order they began. */
interface Lane<N> {
  readonly number: number
  place: Place<N>
  previous: Lane<N> | null
  next: Lane<N> | null
}

interface Place<N> {
  readonly node: N
  pending: boolean
  /** How many pending revisions stand directly above. */
  waiting: number
  lane: Lane<N> | null
  /** The earliest lane at or above this place, true while the place where that lane stood is pending. */
  earliest: { readonly lane: Lane<N>; readonly at: Place<N> } | null
  /** What stands directly above, by the earliest lane last seen there. That only grows, since new lanes come last. */
  above: Heap<Place<N>> | null
}

interface Walk<N> {
  readonly places: ReadonlyMap<GraphNode, Place<N>>
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
      lane = earliestLaneAbove(lane.place, walk)
    } else {
      order.push(lane.place.node)
      lane = advance(lane, walk)
    }
  }
  return order
}

function begin<N extends GraphNode>(nodes: ReadonlySet<N>, starts: Iterable<N>): Walk<N> {
  const places = new Map<GraphNode, Place<N>>()
  for (const node of nodes) {
    places.set(node, { node, pending: true, waiting: 0, lane: null, earliest: null, above: null })
  }
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

function addLane<N>(place: Place<N>, walk: Walk<N>): void {
  const lane: Lane<N> = { number: walk.lanes, place, previous: walk.last, next: null }
  walk.lanes++
  place.lane = lane
  if (walk.last === null) walk.first = lane
  else walk.last.next = lane
  walk.last = lane
}

/** Leaves the lane's revision behind and says which lane goes on. */
function advance<N extends GraphNode>(lane: Lane<N>, walk: Walk<N>): Lane<N> | null {
  const { place } = lane
  place.pending = false
  for (const required of place.node.requires) {
    const under = walk.places.get(required)
    if (under !== undefined) under.waiting--
  }
  const below = place.node.below.flatMap((node) => walk.places.get(node) ?? []).filter((under) => under.lane === null)
  const [first, ...others] = below
  if (first === undefined) return removeLane(lane, walk)
  lane.place = first
  first.lane = lane
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

/**
 * The earliest lane that stands above a place. Asked naively this is a search through everything above at every
 * change of lanes; here each place remembers its answer and looks again only when the lane it named has moved.
 */
function earliestLaneAbove<N extends GraphNode>(origin: Place<N>, walk: Walk<N>): Lane<N> {
  const open = [origin]
  for (;;) {
    const place = open.at(-1) ?? origin
    place.above ??= queueAbove(place, walk)
    const entry = place.above.smallest()
    const own = place === origin ? null : place.lane
    if (own !== null && (entry === undefined || entry.key >= own.number)) {
      place.earliest = { lane: own, at: place }
      open.pop()
    } else if (entry === undefined) {
      throw new Error(`No line leads to the revisions above ${place.node.revision.id}.`)
    } else if (!entry.value.pending) {
      place.above.removeSmallest()
    } else if (entry.value.earliest === null || !entry.value.earliest.at.pending) {
      open.push(entry.value)
    } else if (entry.value.earliest.lane.number > entry.key) {
      place.above.removeSmallest()
      place.above.add(entry.value.earliest.lane.number, entry.value)
    } else if (place === origin) {
      return entry.value.earliest.lane
    } else {
      place.earliest = entry.value.earliest
      open.pop()
    }
  }
}

function queueAbove<N extends GraphNode>(place: Place<N>, walk: Walk<N>): Heap<Place<N>> {
  const queue = createHeap<Place<N>>()
  for (const node of place.node.above) {
    const above = walk.places.get(node)
    if (above?.pending) queue.add(0, above)
  }
  return queue
}
