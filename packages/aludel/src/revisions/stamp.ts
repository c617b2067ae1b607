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
 * The moves that bring the rows of the version table to the targets. Rows on other lines stay: `label@base` takes away
 * one branch, `base` everything.
 *
 * As in Alembic each move takes along every row that has to do with any of the targets. Where that would lose one that
 * is meant to stay, a list of targets is stamped one by one; the bare string `heads` is answered as there.
 *
 * @throws AludelError what `planUpgrade` throws for a target or a row, and `overlapping-revisions` when a target contains
 * another.
 */
export function planStamp(graph: RevisionGraph, request: PlanRequest): Plan<StampStep> {
  const { current, target } = request
  const rows = currentNodes(graph, current)
  const texts = target === null ? ['base'] : typeof target === 'string' ? [target] : target
  const targets = texts.map((text) => findTarget(graph, spellTarget(graph, text), { rows, clamped: false }))
  refuseOverlap(graph, [...new Set(targets.flatMap(({ nodes }) => nodes))], 'targets')
  const together = planOf(graph, current, movesTo(targets, rows))
  const single = targets.flatMap(oneByOne)
  if (typeof target === 'string' || single.length < 2) return together
  const apart: StampStep[] = []
  for (const one of single) {
    apart.push(...movesTo([one], nodesOf(graph, rowsFollowing(graph, current, apart))))
  }
  const safe = planOf(graph, current, apart)
  return safe.heads.join() === together.heads.join() ? together : safe
}

function planOf(graph: RevisionGraph, current: readonly string[], steps: readonly StampStep[]): Plan<StampStep> {
  return { steps, heads: rowsFollowing(graph, current, steps).toSorted() }
}

function oneByOne<R extends Revision>(target: Target<R>): readonly Target<R>[] {
  return target.nodes.length < 2 ? [target] : target.nodes.map((node) => ({ nodes: [node], branch: null }))
}

function movesTo<R extends Revision>(
  targets: readonly Target<R>[],
  rows: readonly GraphNode<R>[],
): readonly StampStep[] {
  const concerned = [...new Set(targets.flatMap((target) => rowsConcerned(target, rows)))]
  const from = concerned.map(idOf)
  const wanted = new Set(targets.flatMap(({ nodes }) => nodes))
  if (wanted.size === 0) return from.map((row) => ({ direction: 'stamp', from: [row], to: [] }))
  const line = lineageOf(concerned)
  const there = new Set(concerned)
  return [...wanted]
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
