// How to say that a database is somewhere, without running anything.

import type { RevisionGraph } from './graph.ts'
import type { GraphNode } from './node.ts'
import { idOf } from './node.ts'
import type { Plan, PlanRequest } from './plan.ts'
import { lineageOf, nodesOf } from './relations.ts'
import type { Revision } from './revision.ts'
import type { StampStep } from './rows.ts'
import { rowsFollowing } from './rows.ts'
import type { Target } from './target.ts'
import { currentNodes, findTarget, refuseOverlap, spellTarget } from './target.ts'

/**
 * The moves that bring the rows of the version table to the targets, one target after the other. Rows on other lines
 * stay: `label@base` takes away one branch, `base` everything.
 *
 * The bare string `heads` is answered as Alembic answers it: each move takes along every row that has to do with any
 * of the heads, even one that is a head already and is then missing. In a list, `['heads']`, each revision that a
 * target means is stamped by itself, and nothing is lost.
 *
 * @throws AludelError what `resolve` throws, and `overlapping-revisions` when a target contains another.
 */
export function planStamp(graph: RevisionGraph, request: PlanRequest): Plan<StampStep> {
  const { current, target } = request
  const rows = currentNodes(graph, current)
  const texts = target === null ? ['base'] : typeof target === 'string' ? [target] : target
  const targets = texts.map((text) => findTarget(graph, spellTarget(graph, text), { rows, clamped: false }))
  refuseOverlap([...new Set(targets.flatMap(({ nodes }) => nodes))], 'targets')
  const steps: StampStep[] = []
  const each = typeof target === 'string' ? targets : targets.flatMap(oneByOne)
  for (const one of each) steps.push(...movesTo(one, nodesOf(graph, rowsFollowing(graph, current, steps))))
  return { steps, heads: rowsFollowing(graph, current, steps).toSorted() }
}

function oneByOne<R extends Revision>(target: Target<R>): readonly Target<R>[] {
  return target.nodes.length < 2 ? [target] : target.nodes.map((node) => ({ nodes: [node], branch: null }))
}

function movesTo<R extends Revision>(target: Target<R>, rows: readonly GraphNode<R>[]): readonly StampStep[] {
  const concerned = rowsConcerned(target, rows)
  const from = concerned.map(idOf)
  if (target.nodes.length === 0) return from.map((row) => ({ direction: 'stamp', from: [row], to: [] }))
  const line = lineageOf(concerned)
  const there = new Set(concerned)
  return target.nodes
    .filter((node) => !there.has(node))
    .map((node) => ({ direction: 'stamp', from: line.has(node) ? from : [], to: [idOf(node)] }))
}

/** The rows on one line with a target; all of them with the plain base. */
function rowsConcerned<R extends Revision>(
  { nodes, branch }: Target<R>,
  rows: readonly GraphNode<R>[],
): readonly GraphNode<R>[] {
  const named = branch === null ? nodes : [...nodes, branch]
  if (named.length === 0) return rows
  const line = lineageOf(named)
  return rows.filter((row) => line.has(row))
}
