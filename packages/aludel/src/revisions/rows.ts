// The rows of the version table, one for each revision that nothing applied requires, and how each step moves them.

import type { Links, PlaceSet } from './algorithms/links.ts'
import { placesIn, reachedPlaces, startOf, stopOf } from './algorithms/links.ts'
import type { RevisionGraph } from './graph.ts'
import type { GraphNode } from './node.ts'
import { idOf, placeOf } from './node.ts'
import { nodeOf } from './relations.ts'
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

/** A step with what it does to the rows, and the rows on both sides of it. */
export interface Passed<S extends Step> {
  readonly step: S
  readonly change: RowChange
  readonly rowsBefore: readonly string[]
  readonly rowsAfter: readonly string[]
}

/** Each step as its turn comes: all of them at once would be as many lists of rows. */
export function* rowsAlong<S extends Step>(
  graph: RevisionGraph,
  current: readonly string[],
  steps: readonly S[],
): Generator<Passed<S>> {
  const state = begin(graph, current)
  let rows = current
  for (const step of steps) {
    const change = advance(graph, state, step)
    const rowsBefore = rows
    rows = rowsAfter(rows, change)
    yield { step, change, rowsBefore, rowsAfter: rows }
  }
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

/** What a run of revisions begins with: the revisions of the rows, and all that is applied there. */
export interface Standing {
  readonly rows: readonly GraphNode[]
  readonly applied: PlaceSet
}

/** The rows after these revisions were applied or undone, one after the other. */
export function rowsBeyond(
  graph: RevisionGraph,
  current: readonly string[],
  { rows, applied }: Standing,
  { direction, order }: { readonly direction: RevisionStep['direction']; readonly order: Int32Array },
): readonly string[] {
  const { requires, revisions } = graph.network
  // Marks by place: strings in a set cost more than all the rest of a plan.
  const isRow = new Uint8Array(revisions.length)
  for (const { place } of rows) isRow[place] = 1
  if (direction === 'upgrade') markApplied(requires, order, isRow)
  else markReverted(requires, order, isRow, applied)
  const ids: string[] = []
  for (let place = 0; place < isRow.length; place++) if (isRow[place] === 1) ids.push(revisions[place]?.id ?? '')
  for (const row of straysOf(graph, current)) ids.push(row)
  return ids
}

function markApplied(requires: Links, order: Int32Array, isRow: Uint8Array): void {
  for (const place of order) {
    isRow[place] = 1
    const stop = stopOf(requires, place)
    for (let link = startOf(requires, place); link < stop; link++) isRow[requires.ends[link] as number] = 0
  }
}

function markReverted(requires: Links, order: Int32Array, isRow: Uint8Array, applied: PlaceSet): void {
  const state = stateOf(requires, applied)
  for (const place of order) {
    isRow[place] = 0
    revert(state, place)
    const stop = stopOf(requires, place)
    for (let link = startOf(requires, place); link < stop; link++) {
      const under = requires.ends[link] as number
      if (isBare(state, under)) isRow[under] = 1
    }
  }
}

/** The rows that name no revision. */
function straysOf(graph: RevisionGraph, current: readonly string[]): readonly string[] {
  return [...new Set(current.filter((row) => !graph.names.has(row) && currentNodes(graph, [row]).length === 0))]
}

/** What is applied, by place. */
interface AppliedState {
  readonly requires: Links
  /** 1 for a revision that is applied. */
  readonly applied: Uint8Array
  /** How many applied revisions require this one. None: it has a row. */
  readonly required: Int32Array
}

interface RowState extends AppliedState {
  readonly rows: Set<string>
}

function begin(graph: RevisionGraph, current: readonly string[]): RowState {
  const nodes = currentNodes(graph, current)
  const { requires } = graph.network
  const rows = new Set([...nodes.map(idOf), ...straysOf(graph, current)])
  return { rows, ...stateOf(requires, reachedPlaces(requires, nodes.map(placeOf))) }
}

function stateOf(requires: Links, { places, marks }: PlaceSet): AppliedState {
  const state = { requires, applied: marks.slice(), required: new Int32Array(placesIn(requires)) }
  for (const place of places) count(state, place, 1)
  return state
}

function apply(state: AppliedState, place: number): void {
  state.applied[place] = 1
  count(state, place, 1)
}

function revert(state: AppliedState, place: number): void {
  state.applied[place] = 0
  count(state, place, -1)
}

/** One more, or one less, requires what this revision requires. */
function count({ requires, required }: AppliedState, place: number, more: number): void {
  const stop = stopOf(requires, place)
  for (let link = startOf(requires, place); link < stop; link++) {
    const under = requires.ends[link] as number
    required[under] = (required[under] as number) + more
  }
}

/** Applied, and no longer required by anything that is. */
function isBare({ applied, required }: AppliedState, place: number): boolean {
  return applied[place] === 1 && required[place] === 0
}

function advance(graph: RevisionGraph, state: RowState, step: Step): RowChange {
  if (step.direction === 'stamp') return move(state, step.from, step.to)
  const { id } = step.revision
  const node = nodeOf(graph, id)
  if (node === null) throw new Error(`Revision ${id} is not in the graph it was planned on.`)
  if (step.direction === 'upgrade') {
    apply(state, node.place)
    return move(state, node.requires.map(idOf), [id])
  }
  revert(state, node.place)
  const bared = node.requires.filter(({ place }) => isBare(state, place))
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
