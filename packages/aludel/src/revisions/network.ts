// The edges of a graph as numbers: what planning walks on.

import { components } from './algorithms/cycles.ts'
import { repeatedLinks } from './algorithms/dependencies.ts'
import type { Links } from './algorithms/links.ts'
import {
  addLink,
  closePlace,
  countOf,
  draftLinks,
  endsOf,
  filteredLinks,
  finishLinks,
  isLinked,
  placesIn,
  reversedLinks,
  startOf,
  stopOf,
} from './algorithms/links.ts'
import type { Revision } from './revision.ts'

/** What each revision declares, by place: its index among the revisions in load order. */
export interface Declared {
  /** The revisions of `downRevisions` that exist. */
  readonly parents: Links
  /** Those that `dependsOn` names, labels resolved. */
  readonly dependencies: Links
}

export interface Edges extends Declared {
  /** Parents and dependencies: everything that must be applied first. */
  readonly requires: Links
  /** `requires` without the dependencies that an ancestor declares already: what an ordering walks down. */
  readonly below: Links
  /** Who follows this revision. */
  readonly children: Links
  /** Who follows it or depends on it. */
  readonly above: Links
  /** Longer than the longest way down to anything it requires. */
  readonly levels: Int32Array
}

export interface Network<R extends Revision = Revision> extends Edges {
  /** In load order. */
  readonly revisions: readonly R[]
  /** Where each stands in the list the graph was built from, where some may have been repeated. */
  readonly positions: Int32Array
  /** By place, one of `traits` or several. */
  readonly traits: Uint8Array
}

/** What is known of a revision before any edge is, were it in a cycle or not; each a bit. */
export const traits = {
  /** Some revision declares it as a parent. */
  followed: 1,
  /** Some revision declares it as a parent or a dependency. */
  needed: 2,
  /** It declares no parent. */
  base: 4,
} as const

/** Revisions that follow each other, or need each other, in a circle. */
export interface Cycles {
  readonly kind: 'cycle' | 'dependency-cycle'
  readonly members: readonly (readonly number[])[]
}

/** Fills in what follows from parents and dependencies. Tells of cycles, whose edges it leaves out. */
export function connect(declared: Declared, found: (cycles: Cycles) => void): Edges {
  const straight = withUpwards(declared)
  const oldestFirst = placesInOrder(straight)
  if (oldestFirst.length === placesIn(declared.parents)) return withLevels(straight, oldestFirst)
  const cut = withUpwards(withoutCycles(declared, found))
  return withLevels(cut, placesInOrder(cut))
}

type Upwards = Omit<Edges, 'below' | 'levels'>

/** Who requires whom, and who is required by whom; in load order, because the places are. */
function withUpwards({ parents, dependencies }: Declared): Upwards {
  const children = reversedLinks(parents)
  if (dependencies.ends.length === 0) return { parents, dependencies, requires: parents, children, above: children }
  const requires = joined(parents, dependencies, () => true)
  return { parents, dependencies, requires, children, above: reversedLinks(requires) }
}

/** Parents, then the dependencies that are not among them. */
function joined(parents: Links, dependencies: Links, isWanted: (link: number) => boolean): Links {
  const places = placesIn(parents)
  const draft = draftLinks(places, parents.ends.length + dependencies.ends.length)
  for (let place = 0; place < places; place++) {
    const lastParent = stopOf(parents, place)
    for (let link = startOf(parents, place); link < lastParent; link++) addLink(draft, parents.ends[link] as number)
    const lastDependency = stopOf(dependencies, place)
    for (let link = startOf(dependencies, place); link < lastDependency; link++) {
      const dependency = dependencies.ends[link] as number
      if (isWanted(link) && !isLinked(parents, place, dependency)) addLink(draft, dependency)
    }
    closePlace(draft, place)
  }
  return finishLinks(draft)
}

/** The places, each after what it requires; those on a cycle or above one are missing. */
function placesInOrder({ requires, above }: Upwards): Int32Array {
  const places = placesIn(requires)
  const missing = new Int32Array(places)
  const order = new Int32Array(places)
  let count = 0
  for (let place = 0; place < places; place++) {
    const required = countOf(requires, place)
    missing[place] = required
    if (required === 0) order[count++] = place
  }
  for (let next = 0; next < count; next++) {
    const place = order[next] as number
    const stop = stopOf(above, place)
    for (let link = startOf(above, place); link < stop; link++) {
      const upper = above.ends[link] as number
      const left = (missing[upper] as number) - 1
      missing[upper] = left
      if (left === 0) order[count++] = upper
    }
  }
  return order.subarray(0, count)
}

function withLevels(upwards: Upwards, oldestFirst: Int32Array): Edges {
  const { parents, dependencies, requires } = upwards
  const levels = new Int32Array(oldestFirst.length)
  for (const place of oldestFirst) {
    let level = 0
    const stop = stopOf(requires, place)
    for (let link = startOf(requires, place); link < stop; link++) {
      level = Math.max(level, (levels[requires.ends[link] as number] as number) + 1)
    }
    levels[place] = level
  }
  const repeated = repeatedLinks(oldestFirst, { parents, dependencies })
  const below = repeated === null ? requires : joined(parents, dependencies, (link) => repeated[link] !== 1)
  return { ...upwards, levels, below }
}

/** What is declared without the edges of every cycle. */
function withoutCycles({ parents, dependencies }: Declared, found: (cycles: Cycles) => void): Declared {
  const places = Array.from({ length: placesIn(parents) }, (_, place) => place)
  const circles = components(places, (place) => endsOf(parents, place)).filter(({ length }) => length > 1)
  found({ kind: 'cycle', members: circles })
  const straight = withoutEdgesInside(parents, circles)
  const wider = components(places, (place) => [...endsOf(straight, place), ...endsOf(dependencies, place)])
  const wideCircles = wider.filter(({ length }) => length > 1)
  found({ kind: 'dependency-cycle', members: wideCircles })
  return { parents: straight, dependencies: withoutEdgesInside(dependencies, wideCircles) }
}

function withoutEdgesInside(links: Links, circles: readonly (readonly number[])[]): Links {
  if (circles.length === 0) return links
  const circleOf = new Int32Array(placesIn(links))
  for (const [index, circle] of circles.entries()) for (const place of circle) circleOf[place] = index + 1
  return filteredLinks(links, (place, end) => circleOf[place] === 0 || circleOf[place] !== circleOf[end])
}
