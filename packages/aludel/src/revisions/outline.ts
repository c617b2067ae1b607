// How heads came apart: the few revisions that show it, as `git log --graph --simplify-by-decoration` does.

import { valuesAt } from './algorithms/links.ts'
import { newestFirst } from './algorithms/order.ts'
import type { RevisionGraph } from './graph.ts'
import type { GraphNode } from './node.ts'
import { idOf, parentsOf, reach } from './node.ts'
import { nodesOf } from './relations.ts'

/**
 * The heads named, the revisions where the ways to them part, and those where these ways begin; newest first. A branch
 * that was merged again before any of them is no parting.
 */
export function outline(graph: RevisionGraph, heads: readonly string[]): readonly string[] {
  const ends = new Set(nodesOf(graph, heads))
  const members = reach(ends, parentsOf)
  const order = valuesAt(newestFirst(graph.network, null, []), graph.nodeAt).filter((node) => members.has(node))
  const gates = gatesOf(order, ends)
  return order.filter((node) => ends.has(node) || gates.get(node) === null || node.parents.length === 0).map(idOf)
}

interface Gate {
  readonly node: GraphNode
  readonly next: Gate | null
  readonly depth: number
}

/**
 * The nearest revision above each that every way from it to a head goes through; null where there is none, and so for the
 * heads themselves. These are the dominators of the graph read from its heads down, found in one pass.
 */
function gatesOf(
  newestFirst: readonly GraphNode[],
  heads: ReadonlySet<GraphNode>,
): ReadonlyMap<GraphNode, Gate | null> {
  const own = new Map<GraphNode, Gate>()
  const gates = new Map<GraphNode, Gate | null>()
  for (const node of newestFirst) {
    const ways = node.children.flatMap((child) => own.get(child) ?? [])
    const [first = null, ...others] = heads.has(node) ? [] : ways
    const next = others.reduce<Gate | null>(commonGate, first)
    gates.set(node, next)
    own.set(node, { node, next, depth: (next?.depth ?? 0) + 1 })
  }
  return gates
}

function commonGate(one: Gate | null, other: Gate | null): Gate | null {
  let [left, right] = [one, other]
  while (left !== right) {
    if ((left?.depth ?? 0) >= (right?.depth ?? 0)) left = left?.next ?? null
    else right = right?.next ?? null
  }
  return left
}
