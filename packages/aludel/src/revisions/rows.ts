// The rows of the version table, one for each revision that nothing applied requires, and how each step moves them.

import type { RevisionGraph } from './graph.ts'
import type { GraphNode } from './node.ts'
import { belowOf, gather, idOf } from './node.ts'
import { nodeOf, nodesOf } from './relations.ts'
import type { Revision } from './revision.ts'
import { currentNodes } from './target.ts'

/** A revision and the way through it. */
export interface RevisionStep<R extends Revision = Revision> {
  readonly direction: 'upgrade' | 'downgrade'
  readonly revision: R
}

/** A change of rows that runs nothing. */
export interface StampStep {
  readonly direction: 'stamp'
  readonly from: readonly string[]
  readonly to: readonly string[]
}

export type Step<R extends Revision = Revision> = RevisionStep<R> | StampStep

/** What one step does to the version table. */
export interface RowChange {
  readonly deleted: readonly string[]
  readonly updated: { readonly from: string; readonly to: string } | null
  readonly inserted: readonly string[]
}

/** What a step leads from and to, as a person reads it: parents and revision, dependencies left aside. */
export function stepEnds(step: Step): { readonly from: readonly string[]; readonly to: readonly string[] } {
  if (step.direction === 'stamp') return { from: step.from, to: step.to }
  const { id, downRevisions } = step.revision
  return step.direction === 'upgrade' ? { from: downRevisions, to: [id] } : { from: [id], to: downRevisions }
}

/**
 * What each step does to the version table, from the rows that are there before the first.
 *
 * A row that names no revision (`base`) is left where it is.
 */
export function rowChanges(
  graph: RevisionGraph,
  current: readonly string[],
  steps: readonly Step[],
): readonly RowChange[] {
  const state = begin(graph, current)
  return steps.map((step) => advance(graph, state, step))
}

/** The rows after a change, in the order in which they came. */
export function rowsAfter(rows: readonly string[], change: RowChange): readonly string[] {
  const { deleted, updated, inserted } = change
  const gone = new Set(deleted)
  const kept = rows.filter((row) => !gone.has(row)).map((row) => (row === updated?.from ? updated.to : row))
  return [...kept, ...inserted]
}

/** The rows after all steps, those that were there first. */
export function rowsFollowing(
  graph: RevisionGraph,
  current: readonly string[],
  steps: readonly Step[],
): readonly string[] {
  const state = begin(graph, current)
  for (const step of steps) advance(graph, state, step)
  return [...state.rows]
}

/** The rows after these revisions were applied or undone, one after the other. */
export function rowsBeyond(
  graph: RevisionGraph,
  current: readonly string[],
  direction: RevisionStep['direction'],
  nodes: readonly GraphNode[],
): readonly string[] {
  const state = begin(graph, current)
  // Marks by position: strings in a set cost more than all the rest of a plan.
  const isRow = new Uint8Array(state.applied.length)
  for (const { position } of nodesOf(graph, state.rows)) isRow[position] = 1
  for (const node of nodes) {
    isRow[node.position] = direction === 'upgrade' ? 1 : 0
    if (direction === 'upgrade') {
      apply(state, node)
      for (const under of node.requires) isRow[under.position] = 0
    } else {
      revert(state, node)
      for (const under of node.requires) if (isBare(state, under)) isRow[under.position] = 1
    }
  }
  const strays = [...state.rows].filter((row) => nodeOf(graph, row) === null)
  return [...graph.nodes.filter(({ position }) => isRow[position] === 1).map(idOf), ...strays]
}

interface RowState {
  readonly rows: Set<string>
  /** By position: 1 for a revision that is applied. */
  readonly applied: Uint8Array
  /** By position: how many applied revisions require this one. None: it has a row. */
  readonly required: Int32Array
}

function begin(graph: RevisionGraph, current: readonly string[]): RowState {
  const nodes = currentNodes(graph, current)
  const strays = current.filter((row) => !graph.names.has(row) && currentNodes(graph, [row]).length === 0)
  const size = 1 + (graph.nodes.at(-1)?.position ?? 0)
  const rows = new Set([...nodes.map(idOf), ...strays])
  const state = { rows, applied: new Uint8Array(size), required: new Int32Array(size) }
  for (const node of gather(nodes, belowOf).nodes) apply(state, node)
  return state
}

function apply({ applied, required }: RowState, { position, requires }: GraphNode): void {
  applied[position] = 1
  for (const under of requires) required[under.position] = (required[under.position] as number) + 1
}

function revert({ applied, required }: RowState, { position, requires }: GraphNode): void {
  applied[position] = 0
  for (const under of requires) required[under.position] = (required[under.position] as number) - 1
}

/** Applied, and no longer required by anything that is. */
function isBare({ applied, required }: RowState, { position }: GraphNode): boolean {
  return applied[position] === 1 && required[position] === 0
}

function advance(graph: RevisionGraph, state: RowState, step: Step): RowChange {
  if (step.direction === 'stamp') return move(state, step.from, step.to)
  const { id } = step.revision
  const node = nodeOf(graph, id)
  if (node === null) throw new Error(`Revision ${id} is not in the graph it was planned on.`)
  if (step.direction === 'upgrade') {
    apply(state, node)
    return move(state, node.requires.map(idOf), [id])
  }
  revert(state, node)
  const bared = node.requires.filter((under) => isBare(state, under))
  return move(state, [id], bared.map(idOf))
}

/** Replaces rows by others: the last one that goes becomes the last one that comes, so that a plain step is one UPDATE. */
function move(state: RowState, from: readonly string[], to: readonly string[]): RowChange {
  const deleted = from.filter((row) => state.rows.delete(row))
  const inserted = to.filter((row) => !state.rows.has(row))
  for (const row of inserted) state.rows.add(row)
  if (deleted.length === 0 || inserted.length === 0) return { deleted, updated: null, inserted }
  const updated = { from: deleted.at(-1) ?? '', to: inserted.at(-1) ?? '' }
  return { deleted: deleted.slice(0, -1), updated, inserted: inserted.slice(0, -1) }
}
