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

/** A way between two revisions of a list, from the older to the newer. */
export interface GraphEdge {
  readonly kind: 'follows' | 'depends'
  readonly from: string
  readonly to: string
}

/**
 * How many lanes are drawn. What lies to the right of them is a `~`, as with git's `--graph-lane-limit`: a terminal shows
 * no more, and without a limit the text would grow with the square of the number of branches.
 */
const drawnLanes = 50

/**
 * Draws revisions that are given newest first, with the ways between them. Dependencies are not drawn.
 *
 * @example
 * const order = history(graph)
 * for (const row of graphRows(order, graphEdges(graph, order))) print(`${row.node} ${row.id}`, ...row.edges)
 * // *   d
 * // |\
 * // * | b
 * // | * c
 * // |/
 * // * a
 */
export function graphRows(
  order: readonly string[],
  edges: readonly GraphEdge[],
  limit = drawnLanes,
): readonly GraphRow[] {
  const parents = new Map<string, string[]>(order.map((id) => [id, []]))
  for (const { kind, from, to } of edges) if (kind === 'follows') parents.get(to)?.push(from)
  const lanes: string[] = []
  return order.map((id, position) => {
    const below = parents.get(id) ?? []
    const row = drawRow({ lanes, limit }, id, below)
    const next = order[position + 1]
    const mistakable = below.length === 0 && row.edges.length === 0 && next !== undefined && !lanes.includes(next)
    // A line of its own keeps a revision that nothing is below from looking like the child of the one that comes next.
    return mistakable ? { ...row, edges: [draw({ lanes, limit }, lanes.length, [])] } : row
  })
}

/**
 * The ways between the revisions given, in their order: from the nearest ancestors that are given too, what stands
 * between them being passed over, and from what each depends on.
 */
export function graphEdges(graph: RevisionGraph, ids: readonly string[]): readonly GraphEdge[] {
  const nodes = nodesOf(graph, ids)
  const members = new Set(nodes)
  const parents = nearestShown(nodes, members)
  const edges: GraphEdge[] = []
  for (const node of nodes) {
    const to = idOf(node)
    for (const parent of parents(node)) edges.push({ kind: 'follows', from: idOf(parent), to })
    for (const required of node.dependencies) {
      if (members.has(required)) edges.push({ kind: 'depends', from: idOf(required), to })
    }
  }
  return edges
}

/** The nearest ancestors of a revision among those shown. */
function nearestShown(
  shown: readonly GraphNode[],
  members: ReadonlySet<GraphNode>,
): (node: GraphNode) => Iterable<GraphNode> {
  const nearest = new Map<GraphNode, Iterable<GraphNode>>()
  const below = ({ parents }: GraphNode): Iterable<GraphNode> => {
    if (parents.every((parent) => members.has(parent))) return parents
    const [only] = parents
    const passed = only !== undefined && parents.length === 1 ? nearest.get(only) : undefined
    return passed ?? new Set(parents.flatMap((one) => (members.has(one) ? [one] : [...(nearest.get(one) ?? [])])))
  }
  const hidden = [...reach(shown, parentsOf)].filter((node) => !members.has(node))
  for (const node of hidden.sort((one, other) => one.level - other.level)) nearest.set(node, below(node))
  return below
}

interface Canvas {
  /** From left to right: whose turn each lane waits for. */
  readonly lanes: string[]
  readonly limit: number
}

/** Draws one revision and changes the lanes. */
function drawRow(canvas: Canvas, id: string, parents: readonly string[]): GraphRow {
  const { lanes } = canvas
  const waiting = lanes.indexOf(id)
  const column = waiting === -1 ? lanes.length : waiting
  if (waiting === -1) lanes.push(id)
  const [first, ...others] = parents
  const node = draw(canvas, lanes.length, [[column, '*']])
  const below = draw(canvas, lanes.length, parents.length === 0 ? [[column, ' ']] : [])
  const edges = others.toReversed().flatMap((parent) => connect(canvas, column, parent))
  edges.push(...(first === undefined ? end(canvas, column) : goOn(canvas, column, first)))
  return { id, node, below: below.padEnd(node.length), edges: edges.filter((line) => /[\\/_]/.test(line)) }
}

/** A further parent: a line to its lane, or a lane of its own next to this one. */
function connect(canvas: Canvas, column: number, parent: string): readonly string[] {
  const { lanes } = canvas
  const lane = lanes.indexOf(parent)
  if (lane !== -1) return cross(canvas, column, lane)
  const line = draw(canvas, column + 1, shifted(canvas, column, '\\'))
  lanes.splice(column + 1, 0, parent)
  return [line]
}

/** The lane goes on to the first parent, together with the lane that waits for it already, if there is one. */
function goOn(canvas: Canvas, column: number, parent: string): readonly string[] {
  const { lanes } = canvas
  const other = lanes.indexOf(parent)
  lanes[column] = parent
  if (other === -1) return []
  const left = Math.min(column, other)
  const right = Math.max(column, other)
  const first = draw(canvas, right, [...level(left + 1, right - 1), ...shifted(canvas, right, '/')])
  lanes.splice(right, 1)
  return right - left === 1 ? [first] : [first, draw(canvas, lanes.length, [between(left, '/')])]
}

/** Nothing follows in this lane, and those to its right close up. */
function end(canvas: Canvas, column: number): readonly string[] {
  const strokes = shifted(canvas, column + 1, '/')
  const line = draw(canvas, column, strokes)
  canvas.lanes.splice(column, 1)
  return strokes.length === 0 ? [] : [line]
}

/** A line from one lane to another: down by half a lane, level across those between, down by half a lane. */
function cross(canvas: Canvas, from: number, to: number): readonly string[] {
  const { length } = canvas.lanes
  const left = Math.min(from, to)
  const right = Math.max(from, to)
  const [start, finish] =
    from < to ? [between(left, '\\'), between(right - 1, '\\')] : [between(right - 1, '/'), between(left, '/')]
  if (right - left === 1) return [draw(canvas, length, [start])]
  return [draw(canvas, length, [start, ...level(left + 1, right - 1)]), draw(canvas, length, [finish])]
}

/** A character and the half lane where it stands: lanes have whole numbers. */
type Stroke = readonly [place: number, character: string]

const between = (lane: number, character: string): Stroke => [lane + 0.5, character]

function level(from: number, to: number): readonly Stroke[] {
  return Array.from({ length: to - from }, (_, index) => between(from + index, '_'))
}

/** The lanes from this one on, each half a lane further on; those that nobody sees are left out. */
function shifted({ lanes, limit }: Canvas, from: number, character: '/' | '\\'): readonly Stroke[] {
  const start = character === '/' ? from - 1 : from
  const seen = Math.min(lanes.length - from, Math.max(1, limit + 2 - from))
  return Array.from({ length: Math.max(0, seen) }, (_, index) => between(start + index, character))
}

/** A line of text: so many lanes that go on, and strokes. */
function draw({ limit }: Canvas, lanes: number, strokes: readonly Stroke[]): string {
  const bars = Math.min(lanes, limit)
  const line = Array.from({ length: bars * 2 }, (_, column): string => (column % 2 === 0 ? '|' : ' '))
  for (const [place, character] of strokes) {
    if (place >= limit) continue
    while (line.length < place * 2) line.push(' ')
    line[place * 2] = character
  }
  const beyond = lanes > limit || strokes.some(([place]) => place >= limit)
  const star = strokes.some(([place, character]) => place >= limit && character === '*')
  return `${line.join('')}${beyond ? '~' : ''}${star ? '*' : ''}`.trimEnd()
}
