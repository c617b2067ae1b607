// A revision with its neighbours at hand: what the graph's algorithms walk on.

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

/** Everything that `next` leads to from `starts`, the starts included. */
export function reach<N extends GraphNode>(starts: Iterable<N>, next: (node: N) => readonly N[]): Set<N> {
  const found = new Set(starts)
  // A set visits what is added while it is walked, so it is its own queue.
  for (const node of found) for (const neighbour of next(node)) found.add(neighbour)
  return found
}

export const parentsOf = <R extends Revision>(node: GraphNode<R>): readonly GraphNode<R>[] => node.parents
export const childrenOf = <R extends Revision>(node: GraphNode<R>): readonly GraphNode<R>[] => node.children
export const belowOf = <R extends Revision>(node: GraphNode<R>): readonly GraphNode<R>[] => node.requires
export const aboveOf = <R extends Revision>(node: GraphNode<R>): readonly GraphNode<R>[] => node.above

export const idOf = (node: GraphNode): string => node.revision.id

export function byPosition(one: GraphNode, other: GraphNode): number {
  return one.position - other.position
}
