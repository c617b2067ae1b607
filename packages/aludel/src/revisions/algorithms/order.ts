// The one order in which a set of revisions is undone, and backwards applied: Alembic's, to the step.

import type { GraphNode } from '../node.ts'
import { none } from './forest.ts'
import type { Places, Searches } from './lanes.ts'
import { createSearches, earliestLaneAbove, release } from './lanes.ts'

/** The lanes are a list whose members take no part any more once they have ended. */
interface Walk<N extends GraphNode> {
  readonly places: Places<N>
  /** Where each lane stands: its number is its index, and is never used twice. */
  readonly standing: number[]
  readonly previous: number[]
  readonly next: number[]
  first: number
  last: number
  /** Made when the walk changes lanes for the first time. */
  searches: Searches<N> | null
}

/**
 * Orders `nodes`, each of them once, so that each comes after everything among them that requires it.
 *
 * The walk starts at `starts` in load order and goes down one line until something above the next revision is still
 * to come; then it changes to the earliest line that leads there. At a merge the line goes on with the first parent,
 * the others begin lines of their own; a line that ends hands over to the one before it.
 */
export function newestFirst<N extends GraphNode>(
  nodes: readonly N[] | ReadonlySet<N>,
  starts: Iterable<N>,
): readonly N[] {
  const walk = begin(nodes, starts)
  const { places, standing } = walk
  const order: N[] = []
  let lane = walk.first
  while (lane !== none) {
    const place = standing[lane] as number
    if ((places.waiting[place] as number) > 0) {
      walk.searches ??= createSearches(places)
      walk.searches.first = walk.first
      lane = earliestLaneAbove(walk.searches, place)
    } else {
      const node = places.nodes[place] as N
      order.push(node)
      lane = advance(walk, lane, node)
    }
  }
  return order
}

function begin<N extends GraphNode>(nodes: readonly N[] | ReadonlySet<N>, starts: Iterable<N>): Walk<N> {
  const places = placesOf(nodes)
  const { pending, waiting } = places
  const walk: Walk<N> = { places, standing: [], previous: [], next: [], first: none, last: none, searches: null }
  const isStart = new Uint8Array(pending.length)
  for (const { position } of starts) isStart[position] = 1
  for (let place = 0; place < pending.length; place++) {
    if (pending[place] === 1 && (waiting[place] === 0 || isStart[place] === 1)) addLane(walk, place)
  }
  return walk
}

function placesOf<N extends GraphNode>(nodes: readonly N[] | ReadonlySet<N>): Places<N> {
  let size = 0
  for (const { position } of nodes) if (position >= size) size = position + 1
  const byPlace = new Array<N | undefined>(size)
  const pending = new Uint8Array(size)
  const waiting = new Int32Array(size)
  for (const node of nodes) {
    byPlace[node.position] = node
    pending[node.position] = 1
    for (const { position } of node.requires) if (position < size) waiting[position] = (waiting[position] as number) + 1
  }
  return { nodes: byPlace, pending, waiting, lane: new Int32Array(size).fill(none) }
}

function addLane<N extends GraphNode>(walk: Walk<N>, place: number): void {
  const lane = walk.standing.length
  walk.standing.push(place)
  walk.previous.push(walk.last)
  walk.next.push(none)
  if (walk.last === none) walk.first = lane
  else walk.next[walk.last] = lane
  walk.last = lane
  enter(walk, lane, place)
}

function enter<N extends GraphNode>({ places, standing, searches }: Walk<N>, lane: number, place: number): void {
  places.lane[place] = lane
  standing[lane] = place
  if (searches !== null) release(searches, place)
}

/** Leaves the lane's revision behind and says which lane goes on. */
function advance<N extends GraphNode>(
  walk: Walk<N>,
  lane: number,
  { position, requires, below }: N & GraphNode,
): number {
  const { places, searches } = walk
  const { pending, waiting } = places
  pending[position] = 0
  for (const { position: under } of requires) {
    waiting[under] = (waiting[under] as number) - 1
    if (searches !== null && searches.chosen[under] === position) release(searches, under)
  }
  let moved = false
  for (const { position: under } of below) {
    if (pending[under] !== 1 || places.lane[under] !== none) continue
    if (moved) addLane(walk, under)
    else enter(walk, lane, under)
    moved = true
  }
  return moved ? lane : removeLane(walk, lane)
}

function removeLane<N extends GraphNode>(walk: Walk<N>, lane: number): number {
  const previous = walk.previous[lane] ?? none
  const next = walk.next[lane] ?? none
  if (previous === none) walk.first = next
  else walk.next[previous] = next
  if (next === none) walk.last = previous
  else walk.previous[next] = previous
  return previous === none ? next : previous
}
