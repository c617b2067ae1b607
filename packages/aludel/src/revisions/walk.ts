// Going a number of steps up or down a graph, one way at a time.

import { AludelError } from '../errors.ts'
import type { RevisionGraph } from './graph.ts'
import { traits } from './network.ts'
import type { GraphNode } from './node.ts'
import { idOf } from './node.ts'
import { nodesWith } from './relations.ts'
import type { Revision } from './revision.ts'
import { counted, quotedList } from './sentences.ts'
import type { Move } from './spelling.ts'

export interface Walk<R extends Revision> {
  /** What was asked for, for the error. */
  readonly text: string
  /** Null is the base: before every revision. */
  readonly start: GraphNode<R> | null
  readonly move: Move
  /** The only revisions that may be stepped on when going up; null when all may. */
  readonly within: ReadonlySet<GraphNode> | null
  /** Whether a walk that is too long ends where the graph does. */
  readonly clamped: boolean
}

/** Where a walk ends; null is the base. */
export function walkFrom<R extends Revision>(graph: RevisionGraph<R>, walk: Walk<R>): GraphNode<R> | null {
  const { move, clamped } = walk
  let place = walk.start
  for (let taken = 0; taken < move.count; taken++) {
    const ways = move.direction === 'up' ? waysUp(graph, walk, place) : waysDown(place)
    const [way, ...others] = ways
    if (others.length > 0) throw ambiguousWalk(walk, place, ways)
    if (way === undefined) {
      if (clamped) return place
      throw tooFar(walk.text, walk.start, move, taken)
    }
    place = way
  }
  return place
}

function waysUp<R extends Revision>(
  graph: RevisionGraph<R>,
  { within }: Walk<R>,
  place: GraphNode<R> | null,
): readonly GraphNode<R>[] {
  const ways = place === null ? nodesWith(graph, traits.base) : place.children
  return within === null ? ways : ways.filter((way) => within.has(way))
}

function waysDown<R extends Revision>(place: GraphNode<R> | null): readonly (GraphNode<R> | null)[] {
  if (place === null) return []
  return place.parents.length === 0 ? [null] : place.parents
}

function ambiguousWalk<R extends Revision>(
  { text, move }: Walk<R>,
  place: GraphNode | null,
  ways: readonly (GraphNode | null)[],
): AludelError {
  const candidates = ways.flatMap((way) => (way === null ? [] : [idOf(way)]))
  const where = place === null ? 'the base' : `"${idOf(place)}"`
  return new AludelError(
    'ambiguous-walk',
    `"${text}" does not say which way to go: ${quotedList(candidates)} are all one step ${move.direction} from ${where}.`,
    {
      hint: move.direction === 'up' ? 'Name the revision, or the branch, as in `label@+1`.' : 'Name the revision.',
      details: { target: text, at: place === null ? null : idOf(place), candidates },
    },
  )
}

export function tooFar(text: string, start: GraphNode | null, move: Move, reachable: number): AludelError {
  const where = start === null ? 'the base' : `"${idOf(start)}"`
  const possible = reachable === 0 ? 'there is no step' : `only ${counted(reachable, 'step')}`
  return new AludelError(
    'relative-too-far',
    `"${text}" goes ${counted(move.count, 'step')} ${move.direction} from ${where}, where ${possible} ${reachable > 0 ? 'can be taken' : 'to take'}.`,
    {
      hint: reachable > 0 ? `${reachable} is as far as it goes.` : null,
      details: { target: text, from: start === null ? null : idOf(start), asked: move.count, reachable },
    },
  )
}
