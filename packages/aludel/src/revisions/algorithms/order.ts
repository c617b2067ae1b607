// The one order in which a set of revisions is undone, and backwards applied: Alembic's, to the step.

import { none } from './forest.ts'
import type { Places, Searches } from './lanes.ts'
import { createSearches, earliestLaneAbove, release } from './lanes.ts'
import type { Links, PlaceSet } from './links.ts'
import { countOf, placesIn, startOf, stopOf } from './links.ts'

/** The ways that an ordering goes. */
export interface Ways {
  readonly requires: Links
  readonly below: Links
  readonly above: Links
}

/** The lanes are a list whose members take no part any more once they have ended. */
interface Walk {
  readonly ways: Ways
  readonly places: Places
  /** Where each lane stands: its number is its index, and is never used twice. */
  readonly standing: Int32Array
  readonly previous: Int32Array
  readonly next: Int32Array
  /** How many lanes there have been. */
  count: number
  first: number
  last: number
  /** Made when the walk changes lanes for the first time. */
  searches: Searches | null
}

/**
 * Orders some places, or all of them, so that each comes after everything among them that requires it.
 *
 * The walk starts at `starts` in load order and goes down one line until something above the next revision is still
 * to come; then it changes to the earliest line that leads there. At a merge the line goes on with the first parent,
 * the others begin lines of their own; a line that ends hands over to the one before it.
 */
export function newestFirst(ways: Ways, members: PlaceSet | null, starts: ArrayLike<number>): Int32Array {
  const size = members === null ? placesIn(ways.requires) : members.places.length
  const walk = begin(ways, members, starts)
  const { places, standing } = walk
  const order = new Int32Array(size)
  let done = 0
  let lane = walk.first
  while (lane !== none) {
    const place = standing[lane] as number
    if ((places.waiting[place] as number) > 0) {
      walk.searches ??= createSearches(places)
      walk.searches.first = walk.first
      lane = earliestLaneAbove(walk.searches, place)
    } else {
      order[done++] = place
      lane = advance(walk, lane, place)
    }
  }
  return order.subarray(0, done)
}

function begin(ways: Ways, members: PlaceSet | null, starts: ArrayLike<number>): Walk {
  const size = placesIn(ways.requires)
  const most = members === null ? size : members.places.length
  const places = members === null ? allPlaces(ways) : somePlaces(ways, members)
  const { pending, waiting } = places
  const walk: Walk = {
    ways,
    places,
    standing: new Int32Array(most),
    previous: new Int32Array(most),
    next: new Int32Array(most),
    count: 0,
    first: none,
    last: none,
    searches: null,
  }
  const isStart = new Uint8Array(size)
  for (let index = 0; index < starts.length; index++) isStart[starts[index] as number] = 1
  for (let place = 0; place < size; place++) {
    if (pending[place] === 1 && (waiting[place] === 0 || isStart[place] === 1)) addLane(walk, place)
  }
  return walk
}

function allPlaces({ above }: Ways): Places {
  const size = placesIn(above)
  const waiting = new Int32Array(size)
  for (let place = 0; place < size; place++) waiting[place] = countOf(above, place)
  return { above, pending: new Uint8Array(size).fill(1), waiting, lane: new Int32Array(size).fill(none) }
}

function somePlaces({ requires, above }: Ways, { places, marks }: PlaceSet): Places {
  if (places.length === placesIn(above)) return allPlaces({ requires, above, below: requires })
  const size = marks.length
  const waiting = new Int32Array(size)
  for (const place of places) {
    const stop = stopOf(requires, place)
    for (let link = startOf(requires, place); link < stop; link++) {
      const under = requires.ends[link] as number
      waiting[under] = (waiting[under] as number) + 1
    }
  }
  return { above, pending: marks.slice(), waiting, lane: new Int32Array(size).fill(none) }
}

function addLane(walk: Walk, place: number): void {
  const lane = walk.count
  walk.count += 1
  walk.previous[lane] = walk.last
  walk.next[lane] = none
  if (walk.last === none) walk.first = lane
  else walk.next[walk.last] = lane
  walk.last = lane
  enter(walk, lane, place)
}

function enter({ places, standing, searches }: Walk, lane: number, place: number): void {
  places.lane[place] = lane
  standing[lane] = place
  if (searches !== null) release(searches, place)
}

/** Leaves the lane's revision behind and says which lane goes on. */
function advance(walk: Walk, lane: number, place: number): number {
  const { places, searches } = walk
  const { requires, below } = walk.ways
  const { pending, waiting } = places
  pending[place] = 0
  const lastRequired = stopOf(requires, place)
  for (let link = startOf(requires, place); link < lastRequired; link++) {
    const under = requires.ends[link] as number
    waiting[under] = (waiting[under] as number) - 1
    if (searches !== null && searches.chosen[under] === place) release(searches, under)
  }
  let moved = false
  const lastBelow = stopOf(below, place)
  for (let link = startOf(below, place); link < lastBelow; link++) {
    const under = below.ends[link] as number
    if (pending[under] !== 1 || places.lane[under] !== none) continue
    if (moved) addLane(walk, under)
    else enter(walk, lane, under)
    moved = true
  }
  return moved ? lane : removeLane(walk, lane)
}

function removeLane(walk: Walk, lane: number): number {
  const previous = walk.previous[lane] as number
  const next = walk.next[lane] as number
  if (previous === none) walk.first = next
  else walk.next[previous] = next
  if (next === none) walk.last = previous
  else walk.previous[next] = previous
  return previous === none ? next : previous
}
