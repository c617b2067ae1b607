// Part of a graph, newest first: what `history` shows.

import { AludelError } from '../errors.ts'
import { reachedPlaces, valuesAt, within } from './algorithms/links.ts'
import { newestFirst } from './algorithms/order.ts'
import type { RevisionGraph } from './graph.ts'
import type { GraphNode } from './node.ts'
import { idOf, placeOf } from './node.ts'
import { lineageOf, nodesOf } from './relations.ts'
import type { Revision } from './revision.ts'
import { quotedList } from './sentences.ts'
import type { Spelling } from './spelling.ts'
import { splitRange } from './spelling.ts'
import type { Standpoint, TargetContext } from './target.ts'
import { currentNodes, findTarget, spellTarget } from './target.ts'

/** From where to where, both ends included. An empty `from` is the base. */
export interface HistoryRange {
  readonly from: readonly string[]
  readonly to: readonly string[]
}

/**
 * The revisions of a range, or of the whole graph, newest first: the order in which they would be undone.
 *
 * A range holds what follows its start and is required by its end.
 *
 * @throws AludelError `not-an-ancestor` when the end does not contain the start.
 */
export function history(graph: RevisionGraph, range: HistoryRange | null = null): readonly string[] {
  const { network } = graph
  if (range === null) return idsAt(graph, newestFirst(network, null, []))
  const from = nodesOf(graph, range.from)
  const ends = nodesOf(graph, range.to).map(placeOf)
  const contained = reachedPlaces(network.requires, ends)
  const outside = from.find(({ place }) => contained.marks[place] !== 1)
  if (outside !== undefined) throw notOneLine(outside, range)
  if (from.length === 0) return idsAt(graph, newestFirst(network, contained, ends))

  const starts = new Set(from.map(placeOf))
  const required = from.flatMap((node) => node.requires.map(placeOf))
  const older = reachedPlaces(network.requires, required).marks
  const shown = reachedPlaces(network.children, [...starts]).marks
  // Sorted with what leads there through dependencies, which is then left out, so that the order is that of the whole.
  const between = within(reachedPlaces(network.above, [...starts]), contained)
  const order = newestFirst(network, between, ends)
  return idsAt(
    graph,
    order.filter((place) => shown[place] === 1 && (older[place] !== 1 || starts.has(place))),
  )
}

function idsAt({ network }: RevisionGraph, places: Int32Array): readonly string[] {
  return valuesAt(places, (place) => network.revisions[place]?.id ?? '')
}

/**
 * What `a:b`, `a:` and `:b` mean. Steps count from the other end: `-3:current` is the last three, `ae10:+2` the next
 * two; a start below the base is the base, an end above the heads is a head.
 *
 * @throws AludelError `invalid-range` when there is not exactly one colon, and what `resolve` throws.
 */
export function resolveRange(
  graph: RevisionGraph,
  text: string,
  context: TargetContext = { current: null },
): HistoryRange {
  const range = splitRange(text)
  if (range === null) {
    throw new AludelError('invalid-range', `"${text}" is not a range of revisions.`, {
      hint: 'Write `start:end`, `start:` or `:end`.',
      details: { range: text },
    })
  }
  const rows = context.current === null ? null : currentNodes(graph, context.current)
  const start = spellTarget(graph, range.start ?? 'base')
  const end = spellTarget(graph, range.end ?? 'heads')
  const find = (spelling: Spelling, standpoint: Standpoint<Revision>['rows']): readonly GraphNode[] =>
    findTarget(graph, spelling, { rows: standpoint, clamped: true }).nodes

  if (countsFromElsewhere(start, 'down') && !countsFromElsewhere(end, 'up')) {
    const to = find(end, rows)
    return { from: find(start, to).map(idOf), to: to.map(idOf) }
  }
  const from = find(start, countsFromElsewhere(start, 'up') ? [] : rows)
  const to = find(end, countsFromElsewhere(end, 'up') ? from : rows)
  return { from: from.map(idOf), to: onBranchOf(graph, start, to).map(idOf) }
}

function countsFromElsewhere({ symbol, move }: Spelling, direction: 'up' | 'down'): boolean {
  return symbol === null && move?.direction === direction
}

/** `label@base:` shows one branch, although its start is everybody's. */
function onBranchOf(graph: RevisionGraph, start: Spelling, to: readonly GraphNode[]): readonly GraphNode[] {
  if (start.branch === null || start.symbol !== 'base') return to
  const { branch } = findTarget(graph, start, { rows: null, clamped: true })
  if (branch === null) return to
  const line = lineageOf([branch], { dependencies: false })
  return to.filter((node) => line.has(node))
}

function notOneLine(outside: GraphNode, range: HistoryRange): AludelError {
  const end = range.to.length === 0 ? 'the base' : quotedList(range.to)
  return new AludelError('not-an-ancestor', `"${idOf(outside)}" is not an ancestor of ${end}.`, {
    hint: 'A range goes from an older revision to a newer one on the same line.',
    details: { revision: idOf(outside), ...range },
  })
}
