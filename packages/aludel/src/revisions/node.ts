// A revision with its neighbours at hand: made when somebody asks for it, as planning itself walks on numbers.

import type { Links } from './algorithms/links.ts'
import { endsOf, valuesAt } from './algorithms/links.ts'
import { createMarks } from './algorithms/marks.ts'
import type { Edges, Network } from './network.ts'
import { traits } from './network.ts'
import type { Revision } from './revision.ts'

export interface GraphNode<R extends Revision = Revision> {
  readonly revision: R
  /** Its index among the nodes of the graph: load order, which breaks every tie. */
  readonly place: number
  /** Its index in the list the graph was built from. */
  readonly position: number
  /** The revisions of `downRevisions` that exist. */
  readonly parents: readonly GraphNode<R>[]
  /** Those that `dependsOn` names, labels resolved. */
  readonly dependencies: readonly GraphNode<R>[]
  /** Parents and dependencies: everything that must be applied first. */
  readonly requires: readonly GraphNode<R>[]
  /** `requires` without the dependencies that an ancestor declares already: what an ordering walks down. */
  readonly below: readonly GraphNode<R>[]
  /** Who follows this revision. */
  readonly children: readonly GraphNode<R>[]
  /** Who follows it or depends on it. */
  readonly above: readonly GraphNode<R>[]
  /** Longer than the longest way down to anything it requires. */
  readonly level: number
  /** Some revision declares it as a parent, were it in a cycle or not. */
  readonly followed: boolean
  /** Some revision declares it as a parent or a dependency. */
  readonly needed: boolean
}

/** The nodes of a graph by place, each made once. */
export type NodeAt<R extends Revision> = (place: number) => GraphNode<R>

interface Origin {
  readonly network: Network
  readonly nodeAt: NodeAt<Revision>
}

type Side = 'parents' | 'dependencies' | 'requires' | 'below' | 'children' | 'above'
type Lists = { [side in Side]: readonly GraphNode[] | null }

interface Made {
  readonly place: number
  readonly origin: Origin
  lists: Lists | null
}

// What all nodes share, so that one that was made is three fields.
const sharedByAll: Omit<GraphNode, 'place'> & ThisType<Made> = {
  get revision() {
    return this.origin.network.revisions[this.place] as Revision
  },
  get position() {
    return this.origin.network.positions[this.place] as number
  },
  get parents() {
    return neighbours(this, 'parents')
  },
  get dependencies() {
    return neighbours(this, 'dependencies')
  },
  get requires() {
    return neighbours(this, 'requires')
  },
  get below() {
    return neighbours(this, 'below')
  },
  get children() {
    return neighbours(this, 'children')
  },
  get above() {
    return neighbours(this, 'above')
  },
  get level() {
    return this.origin.network.levels[this.place] as number
  },
  get followed() {
    return has(this, traits.followed)
  },
  get needed() {
    return has(this, traits.needed)
  },
}

function neighbours(node: Made, side: Side): readonly GraphNode[] {
  node.lists ??= { parents: null, dependencies: null, requires: null, below: null, children: null, above: null }
  const known = node.lists[side]
  if (known !== null) return known
  const { network, nodeAt } = node.origin
  const links: Links = (network as Edges)[side]
  const made = valuesAt(endsOf(links, node.place), nodeAt)
  node.lists[side] = made
  return made
}

function has({ origin, place }: Made, trait: number): boolean {
  return ((origin.network.traits[place] as number) & trait) !== 0
}

export function nodesOn<R extends Revision>(network: Network<R>): NodeAt<R> {
  const nodes = new Array<GraphNode<R> | undefined>(network.revisions.length)
  const nodeAt = (place: number): GraphNode<R> => {
    const known = nodes[place]
    if (known !== undefined) return known
    const made = Object.create(sharedByAll)
    made.place = place
    made.origin = origin
    made.lists = null
    nodes[place] = made
    return made
  }
  const origin: Origin = { network, nodeAt }
  return nodeAt
}

/** Some revisions of a graph, in the order in which they were found. */
export interface NodeSet<N extends GraphNode = GraphNode> {
  readonly nodes: readonly N[]
  has(node: GraphNode): boolean
}

/** Everything that `next` leads to from `starts`, the starts included. */
export function gather<N extends GraphNode>(starts: Iterable<N>, next: (node: N) => readonly N[]): NodeSet<N> {
  const marks = createMarks()
  const nodes: N[] = []
  for (const node of starts) if (marks.add(node.place)) nodes.push(node)
  // The list grows while it is walked, so it is its own queue.
  for (const node of nodes) for (const neighbour of next(node)) if (marks.add(neighbour.place)) nodes.push(neighbour)
  return { nodes, has: (node) => marks.has(node.place) }
}

/** The same as a set of its own. */
export function reach<N extends GraphNode>(starts: Iterable<N>, next: (node: N) => readonly N[]): Set<N> {
  return new Set(gather(starts, next).nodes)
}

export const parentsOf = <R extends Revision>(node: GraphNode<R>): readonly GraphNode<R>[] => node.parents
export const childrenOf = <R extends Revision>(node: GraphNode<R>): readonly GraphNode<R>[] => node.children
export const belowOf = <R extends Revision>(node: GraphNode<R>): readonly GraphNode<R>[] => node.requires
export const aboveOf = <R extends Revision>(node: GraphNode<R>): readonly GraphNode<R>[] => node.above

export const idOf = (node: GraphNode): string => node.revision.id
export const placeOf = (node: GraphNode): number => node.place

export function byPosition(one: GraphNode, other: GraphNode): number {
  return one.place - other.place
}

/** Each after what it requires, and then in load order. */
export function oldestFirst<N extends GraphNode>(nodes: Iterable<N>): readonly N[] {
  return [...nodes].sort((one, other) => one.level - other.level || byPosition(one, other))
}
