// How to say that a database is somewhere, without running anything.

import type { RevisionGraph } from './graph.ts'
import type { GraphNode } from './node.ts'
import { aboveOf, belowOf, idOf, reach } from './node.ts'
import type { Plan, PlanRequest } from './plan.ts'
import { lineageOf } from './relations.ts'
import type { Revision } from './revision.ts'
import type { StampStep } from './rows.ts'
import { finalRows } from './rows.ts'
import type { Target } from './target.ts'
import { currentNodes, findTarget, refuseOverlap, spellTarget } from './target.ts'

/**
 * The moves that bring the rows of the version table to the targets. Rows on other lines stay: `label@base` takes
 * away one branch, `base` everything.
 *
 * @throws AludelError what `resolve` throws, and `overlapping-revisions` when a target contains another.
 */
export function planStamp(graph: RevisionGraph, request: PlanRequest): Plan<StampStep> {
  const { current, target } = request
  const rows = currentNodes(graph, current)
  const texts = target === null ? ['base'] : typeof target === 'string' ? [target] : target
  const targets = texts.map((text) => findTarget(graph, spellTarget(graph, text), { rows, clamped: false }))
  const concerned = [...new Set(targets.flatMap((one) => rowsConcerned(rows, one)))]
  const destinations = [...new Set(targets.flatMap(({ nodes }) => nodes))]
  refuseOverlap(destinations, 'targets')
  const steps =
    destinations.length === 0
      ? concerned.map((row): StampStep => ({ direction: 'stamp', from: [idOf(row)], to: [] }))
      : destinations.flatMap((destination) => moveTo(destination, concerned))
  return { steps, heads: finalRows(graph, current, steps) }
}

/** The rows on one line with a target; all of them with the plain base. */
function rowsConcerned<R extends Revision>(
  rows: readonly GraphNode<R>[],
  { nodes, branch }: Target<R>,
): readonly GraphNode<R>[] {
  const named = branch === null ? nodes : [...nodes, branch]
  if (named.length === 0) return rows
  const line = lineageOf(named)
  return rows.filter((row) => line.has(row))
}

function moveTo(destination: GraphNode, rows: readonly GraphNode[]): readonly StampStep[] {
  if (rows.includes(destination)) return []
  const above = reach([destination], aboveOf)
  const below = reach([destination], belowOf)
  const related = rows.some((row) => above.has(row) || below.has(row))
  return [{ direction: 'stamp', from: related ? rows.map(idOf) : [], to: [idOf(destination)] }]
}
