// Who stands where in a graph: heads, bases, branch and merge points, lines of descent, labels.

import { reachedPlaces, valuesAt } from './algorithms/links.ts'
import type { RevisionGraph } from './graph.ts'
import { traits } from './network.ts'
import type { GraphNode } from './node.ts'
import { aboveOf, belowOf, byPosition, childrenOf, gather, idOf, parentsOf, placeOf, reach } from './node.ts'
import type { Revision } from './revision.ts'

export type Mark = 'head' | 'effective-head' | 'base' | 'branchpoint' | 'mergepoint'

interface Reach {
  /** Whether `dependsOn` counts as a way. It does unless this says no. */
  readonly dependencies?: boolean
}

/** The revisions that nobody follows, in load order. */
export function heads(graph: RevisionGraph): readonly string[] {
  return nodesWithout(graph, traits.followed).map(idOf)
}

/** The heads that nobody depends on either: what `heads` means as a target. */
export function realHeads(graph: RevisionGraph): readonly string[] {
  return nodesWithout(graph, traits.needed).map(idOf)
}

/** The heads that exist in a version table only through a revision that depends on them. */
export function effectiveHeads(graph: RevisionGraph): readonly string[] {
  return nodesWithout(graph, traits.followed)
    .filter((node) => !isRealHead(node))
    .map(idOf)
}

/** The revisions that follow nothing, in load order. */
export function bases(graph: RevisionGraph): readonly string[] {
  return nodesWith(graph, traits.base).map(idOf)
}

/** The bases that depend on nothing either. */
export function realBases(graph: RevisionGraph): readonly string[] {
  return nodesWith(graph, traits.base)
    .filter((node) => node.revision.dependsOn.length === 0)
    .map(idOf)
}

/** The revisions that several others follow. */
export function branchPoints(graph: RevisionGraph): readonly string[] {
  return graph.nodes.filter(isBranchPoint).map(idOf)
}

/** The revisions that follow several others. */
export function mergePoints(graph: RevisionGraph): readonly string[] {
  return graph.nodes.filter(isMergePoint).map(idOf)
}

/** What a listing says about a revision's place; an unknown identifier has none. */
export function marksOf(graph: RevisionGraph, id: string): readonly Mark[] {
  const node = nodeOf(graph, id)
  if (node === null) return []
  const marks: Mark[] = []
  if (isHead(node)) marks.push(isRealHead(node) ? 'head' : 'effective-head')
  if (isBase(node)) marks.push('base')
  if (isBranchPoint(node)) marks.push('branchpoint')
  if (isMergePoint(node)) marks.push('mergepoint')
  return marks
}

/** The revisions that follow this one, in load order. */
export function followers(graph: RevisionGraph, id: string): readonly string[] {
  return (nodeOf(graph, id)?.children ?? []).map(idOf)
}

/** The revisions named and all that they follow or depend on, in load order. */
export function ancestors(graph: RevisionGraph, ids: Iterable<string>, options: Reach = {}): readonly string[] {
  return inLoadOrder(gather(nodesOf(graph, ids), options.dependencies === false ? parentsOf : belowOf).nodes)
}

/** The revisions named and all that they follow or depend on, themselves and in no particular order. */
export function revisionsBelow<R extends Revision>(graph: RevisionGraph<R>, ids: Iterable<string>): readonly R[] {
  const { requires, revisions } = graph.network
  return valuesAt(reachedPlaces(requires, nodesOf(graph, ids).map(placeOf)).places, (place) => revisions[place] as R)
}

/** The revisions named and all that follow or depend on them, in load order. */
export function descendants(graph: RevisionGraph, ids: Iterable<string>, options: Reach = {}): readonly string[] {
  return inLoadOrder(gather(nodesOf(graph, ids), options.dependencies === false ? childrenOf : aboveOf).nodes)
}

/** The revisions on one line with those named: their ancestors, themselves, their descendants; in load order. */
export function lineage(graph: RevisionGraph, ids: Iterable<string>, options: Reach = {}): readonly string[] {
  return inLoadOrder([...lineageOf(nodesOf(graph, ids), options)])
}

/**
 * Where a database stands, branch by branch: its rows, and the last applied revision of each branch that is there only
 * because another depends on it. In load order; rows unknown to the graph are left out.
 */
export function currentHeads(graph: RevisionGraph, rows: Iterable<string>): readonly string[] {
  return tipsBelow(nodesOf(graph, rows)).map(idOf)
}

/**
 * The branch labels of every revision that has some: a label reaches from the revision that bears it to everything that
 * follows, and down to the nearest branch or merge point, which it leaves out.
 */
export function branchLabels(graph: RevisionGraph): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const [label, bearer] of graph.names) {
    if (bearer.revision.id === label) continue
    const members = reach([bearer], childrenOf)
    for (let node: GraphNode | undefined = bearer; node && node.above.length < 2 && node.parents.length < 2; ) {
      members.add(node)
      node = node.parents[0]
    }
    for (const { revision } of members) found.set(revision.id, [...(found.get(revision.id) ?? []), label])
  }
  return found
}

export const isHead = (node: GraphNode): boolean => !node.followed
export const isRealHead = (node: GraphNode): boolean => !node.needed
export const isBase = (node: GraphNode): boolean => node.revision.downRevisions.length === 0
const isBranchPoint = (node: GraphNode): boolean => node.children.length > 1
const isMergePoint = (node: GraphNode): boolean => node.parents.length > 1

/** In load order. */
export function nodesWith<R extends Revision>(graph: RevisionGraph<R>, trait: number): readonly GraphNode<R>[] {
  return nodesWhere(graph, (own) => (own & trait) !== 0)
}

/** In load order. */
export function nodesWithout<R extends Revision>(graph: RevisionGraph<R>, trait: number): readonly GraphNode<R>[] {
  return nodesWhere(graph, (own) => (own & trait) === 0)
}

function nodesWhere<R extends Revision>(
  { network, nodeAt }: RevisionGraph<R>,
  isWanted: (traits: number) => boolean,
): readonly GraphNode<R>[] {
  const found: GraphNode<R>[] = []
  for (let place = 0; place < network.revisions.length; place++) {
    if (isWanted(network.traits[place] as number)) found.push(nodeAt(place))
  }
  return found
}

/** The node of a full identifier. Labels and abbreviations are `resolve`'s work. */
export function nodeOf<R extends Revision>(graph: RevisionGraph<R>, id: string): GraphNode<R> | null {
  const node = graph.names.get(id)
  return node?.revision.id === id ? node : null
}

export function nodesOf<R extends Revision>(graph: RevisionGraph<R>, ids: Iterable<string>): readonly GraphNode<R>[] {
  return [...ids].flatMap((id) => nodeOf(graph, id) ?? [])
}

export function lineageOf<N extends GraphNode>(nodes: readonly N[], options: Reach = {}): Set<GraphNode> {
  const alone = options.dependencies === false
  const members = reach<GraphNode>(nodes, alone ? parentsOf : belowOf)
  for (const node of reach<GraphNode>(nodes, alone ? childrenOf : aboveOf)) members.add(node)
  return members
}

/** Of everything applied at these revisions, what nothing applied follows. */
export function tipsBelow<R extends Revision>(nodes: Iterable<GraphNode<R>>): readonly GraphNode<R>[] {
  const applied = gather(nodes, belowOf<R>)
  return applied.nodes.filter((node) => !node.children.some((child) => applied.has(child))).sort(byPosition)
}

function inLoadOrder(nodes: readonly GraphNode[]): readonly string[] {
  return nodes.toSorted(byPosition).map(idOf)
}
