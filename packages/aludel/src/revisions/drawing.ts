// The graph as text: for each revision of a list its line of lanes, as `git log --graph` draws them.

import type { RevisionGraph } from './graph.ts'
import type { GraphNode } from './node.ts'
import { idOf, parentsOf, reach } from './node.ts'
import { nodesOf } from './relations.ts'

export interface GraphRow {
  readonly id: string
  /** The line with the revision's `*`; text goes to its right. */
  readonly node: string
  /** The lanes beside further lines of text about the revision, as wide as `node`. */
  readonly below: string
  /** The lines that lead from here to the next revision, where lanes begin, end or cross. */
  readonly edges: readonly string[]
}

/**
 * Draws revisions that are given newest first. What stands between two of them and is not in the list is passed over:
 * the line goes to the nearest ancestors that are. Dependencies are not drawn.
 *
 * @example
 * for (const row of graphRows(graph, history(graph))) print(`${row.node} ${row.id}`, ...row.edges)
 * // *   d
 * // |\
 * // * | b
 * // | * c
 * // |/
 * // * a
 */
export function graphRows(graph: RevisionGraph, order: readonly string[]): readonly GraphRow[] {
  const parents = shownParents(nodesOf(graph, order))
  const lanes: string[] = []
  return order.map((id) => drawRow(lanes, id, parents.get(id) ?? []))
}

/** Each revision's nearest ancestors among those shown. */
function shownParents(shown: readonly GraphNode[]): ReadonlyMap<string, readonly string[]> {
  const members = new Set(shown)
  const hidden = [...reach(shown, parentsOf)].filter((node) => !members.has(node))
  const nearest = new Map<GraphNode, ReadonlySet<GraphNode>>()
  const below = (node: GraphNode): Set<GraphNode> =>
    new Set(node.parents.flatMap((parent) => (members.has(parent) ? [parent] : [...(nearest.get(parent) ?? [])])))
  for (const node of hidden.sort((one, other) => one.level - other.level)) nearest.set(node, below(node))
  return new Map(shown.map((node) => [idOf(node), [...below(node)].map(idOf)]))
}

/** Draws one revision and changes the lanes, each of which says whose turn it waits for. */
function drawRow(lanes: string[], id: string, parents: readonly string[]): GraphRow {
  if (!lanes.includes(id)) lanes.push(id)
  const column = lanes.indexOf(id)
  const node = lanes.map((_, lane) => (lane === column ? '*' : '|')).join(' ')
  const [first, ...others] = parents
  const below = lanes.map((_, lane) => (lane === column && parents.length === 0 ? ' ' : '|')).join(' ')
  const edges = others.toReversed().flatMap((parent) => connect(lanes, column, parent))
  edges.push(...(first === undefined ? end(lanes, column) : goOn(lanes, column, first)))
  return { id, node, below, edges }
}

/** A further parent: a line to its lane, or a lane of its own next to this one. */
function connect(lanes: string[], column: number, parent: string): readonly string[] {
  const lane = lanes.indexOf(parent)
  if (lane !== -1) return cross(lanes, column, lane)
  const kept = lanes.slice(0, column + 1)
  const moved = lanes.slice(column).map((_, index): Stroke => ['\\', 2 * (column + index) + 1])
  lanes.splice(column + 1, 0, parent)
  return [draw(kept, moved)]
}

/** The lane goes on to the first parent, together with the lane that waits for it already, if there is one. */
function goOn(lanes: string[], column: number, parent: string): readonly string[] {
  const other = lanes.indexOf(parent)
  lanes[column] = parent
  if (other === -1) return []
  const left = Math.min(column, other)
  const right = Math.max(column, other)
  const first = draw(lanes.slice(0, right), shiftedLeft(lanes, right))
  lanes.splice(right, 1)
  return [first, ...cross(lanes, right - 1, left)]
}

/** Nothing follows in this lane, and those to its right close up. */
function end(lanes: string[], column: number): readonly string[] {
  const strokes = shiftedLeft(lanes, column + 1)
  const kept = lanes.slice(0, column)
  lanes.splice(column, 1)
  return strokes.length === 0 ? [] : [draw(kept, strokes)]
}

function shiftedLeft(lanes: readonly string[], from: number): readonly Stroke[] {
  return lanes.slice(from).map((_, index) => ['/', 2 * (from + index) - 1])
}

/** A line from one lane to another, one lane further on each line of text. */
function cross(lanes: readonly string[], from: number, to: number): readonly string[] {
  const lines: string[] = []
  for (let lane = from; lane < to; lane++) lines.push(draw(lanes, [['\\', 2 * lane + 1]]))
  for (let lane = from; lane > to; lane--) lines.push(draw(lanes, [['/', 2 * lane - 1]]))
  return lines
}

type Stroke = readonly [character: string, column: number]

function draw(lanes: readonly string[], strokes: readonly Stroke[]): string {
  const line: string[] = lanes.flatMap(() => ['|', ' '])
  for (const [character, column] of strokes) {
    while (line.length < column) line.push(' ')
    line[column] = character
  }
  return line.join('').trimEnd()
}
