// A revision with its neighbours at hand: what the graph's algorithms walk on.

import { createMarks } from './algorithms/marks.ts'
import type { Revision } from './revision.ts'

export interface GraphNode<R extends Revision = Revision> {
  readonly revision: R
  /** Load order, which breaks every tie. */
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

/** Some revisions of a graph, in the order in which they were found. */
export interface NodeSet<N extends GraphNode = GraphNode> {
  readonly nodes: readonly N[]
  has(node: GraphNode): boolean
}

/** Everything that `next` leads to from `starts`, the starts included. */
export function gather<N extends GraphNode>(starts: Iterable<N>, next: (node: N) => readonly N[]): NodeSet<N> {
  const marks = createMarks()
  const nodes: N[] = []
  for (const node of starts) if (marks.add(node.position)) nodes.push(node)
  // The list grows while it is walked, so it is its own queue.
  for (const node of nodes) for (const neighbour of next(node)) if (marks.add(neighbour.position)) nodes.push(neighbour)
  return { nodes, has: (node) => marks.has(node.position) }
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

export function byPosition(one: GraphNode, other: GraphNode): number {
  return one.position - other.position
}
