// Which revisions to apply or to undo, and in which order, to bring a database from where it is to a target.

import { AludelError } from '../errors.ts'
import { reachedPlaces, union, valuesAt, within, without } from './algorithms/links.ts'
import { newestFirst } from './algorithms/order.ts'
import type { RevisionGraph } from './graph.ts'
import { findBranch } from './lookup.ts'
import { traits } from './network.ts'
import type { GraphNode } from './node.ts'
import { idOf, placeOf } from './node.ts'
import { nodesWith } from './relations.ts'
import type { Revision } from './revision.ts'
import type { RevisionStep, Standing, Step } from './rows.ts'
import { rowsBeyond } from './rows.ts'
import { quotedList } from './sentences.ts'
import type { Spelling } from './spelling.ts'
import type { Target } from './target.ts'
import { currentNodes, findTarget, refuseOverlap, spellTarget } from './target.ts'

export interface PlanRequest {
  /** The rows of the version table. */
  readonly current: readonly string[]
  /** One target or several, in the grammar of `resolve`; null is the base. */
  readonly target: string | readonly string[] | null
}

export interface Plan<S extends Step = Step> {
  /** In the order in which they run. */
  readonly steps: readonly S[]
  /** The rows afterwards, sorted. */
  readonly heads: readonly string[]
}

/**
 * The revisions that the targets require and the database has not, oldest first. Nothing to do is an empty plan.
 *
 * @throws AludelError what is wrong with a target or a row: `unknown-revision` (with `details.row` where a row is meant),
 * `unknown-branch`, `ambiguous-revision`, `not-on-branch`, `multiple-heads` and `ambiguous-walk`, each with
 * `details.candidates`; `relative-too-far` with how many steps are `reachable`; `unexpected-range`; `wrong-direction` when
 * steps go down or nowhere; and `overlapping-revisions` when a target or a row contains another, `upper` and `lower`.
 */
export function planUpgrade<R extends Revision>(graph: RevisionGraph<R>, request: PlanRequest): Plan<RevisionStep<R>> {
  const rows = currentNodes(graph, request.current)
  const targets = spelled(graph, request, 'down').map((spelling) =>
    findTarget(graph, spelling, { rows, clamped: false }),
  )
  const wanted = nodesOfAll(targets)
  refuseOverlap(graph, wanted, 'targets')
  refuseOverlap(graph, rows, 'rows')
  const { network } = graph
  const ends = wanted.map(placeOf)
  const applied = reachedPlaces(network.requires, rows.map(placeOf))
  const pending = without(reachedPlaces(network.requires, ends), applied)
  const order = newestFirst(network, pending, ends).reverse()
  return planOf(graph, request, { rows, applied }, { direction: 'upgrade', order })
}

/**
 * The revisions that stand above the target and are applied, with all that depends on them, newest first. Branches
 * that do not contain the target stay; `label@base` and `label@REV` undo one branch only.
 *
 * @throws AludelError what `planUpgrade` throws for a target or a row, `wrong-direction` when steps go up or nowhere,
 * `multiple-heads` when a target is several revisions, `overlapping-revisions` when a target contains another, and
 * `not-an-ancestor` when the database cannot come down to the target, or when a branch does not say which of the
 * revisions above it to undo (`details.candidates`).
 */
export function planDowngrade<R extends Revision>(
  graph: RevisionGraph<R>,
  request: PlanRequest,
): Plan<RevisionStep<R>> {
  const rows = currentNodes(graph, request.current)
  const targets = spelled(graph, request, 'up').map((spelling) => destinationOf(graph, spelling, rows))
  refuseOverlap(graph, nodesOfAll(targets.map(({ target }) => target)), 'targets')
  const { network } = graph
  const ends = rows.map(placeOf)
  const applied = reachedPlaces(network.requires, ends)
  const droppedBy = targets.map(({ text, target }) => {
    const [node, ...others] = target.nodes
    if (others.length > 0) throw severalDestinations(text, target.nodes)
    const roots = rootsAbove(graph, text, node ?? null, target.branch)
    const dropped = within(reachedPlaces(network.above, roots.map(placeOf)), applied)
    if (node !== undefined && dropped.places.length === 0 && !rows.includes(node)) throw notBelow(text, node, rows)
    return dropped
  })
  const order = newestFirst(network, union(droppedBy, applied.marks.length), ends)
  return planOf(graph, request, { rows, applied }, { direction: 'downgrade', order })
}
/** What several targets stand for, each once. */
function nodesOfAll<R extends Revision>(targets: readonly Target<R>[]): readonly GraphNode<R>[] {
  const [only] = targets
  return only !== undefined && targets.length === 1 ? only.nodes : [...new Set(targets.flatMap(({ nodes }) => nodes))]
}

function spelled(graph: RevisionGraph, { target }: PlanRequest, wrong: 'up' | 'down'): readonly Spelling[] {
  const texts = target === null ? ['base'] : typeof target === 'string' ? [target] : target
  return texts.map((text) => {
    const spelling = spellTarget(graph, text)
    const { symbol, move } = spelling
    if (symbol === null && move?.direction === wrong) throw wrongDirection(text, wrong)
    if (symbol === null && move?.count === 0) throw nowhere(text)
    return spelling
  })
}

interface Destination<R extends Revision> {
  readonly text: string
  readonly target: Target<R>
}

/** Beside a revision a branch says what to undo above it, as in Alembic; the revision need not be on the branch. */
function destinationOf<R extends Revision>(
  graph: RevisionGraph<R>,
  spelling: Spelling,
  rows: readonly GraphNode<R>[],
): Destination<R> {
  const { text, branch, symbol, move } = spelling
  const standpoint = { rows, clamped: false }
  if (branch === null || move !== null || symbol === 'current') {
    return { text, target: findTarget(graph, spelling, standpoint) }
  }
  const { nodes } = findTarget(graph, { ...spelling, branch: null }, standpoint)
  return { text, target: { nodes, branch: findBranch(graph, branch) } }
}

/** What goes first when a database comes down to a node: the revisions directly above it, on the branch if one is named. */
function rootsAbove<R extends Revision>(
  graph: RevisionGraph<R>,
  text: string,
  node: GraphNode<R> | null,
  branch: GraphNode<R> | null,
): readonly GraphNode<R>[] {
  const roots = node === null ? nodesWith(graph, traits.base) : node.children
  if (branch === null || roots.length < 2) return roots
  const { marks } = reachedPlaces(graph.network.parents, [branch.place])
  const onBranch = roots.filter(({ place }) => marks[place] === 1)
  if (onBranch.length > 0) return onBranch
  const candidates = roots.map(idOf)
  throw new AludelError('not-an-ancestor', `"${text}" does not say which of ${quotedList(candidates)} to undo.`, {
    hint: `Name the revision instead of the branch, as in \`${candidates[0]}@-1\`.`,
    details: { target: text, branch: idOf(branch), candidates },
  })
}

function planOf<R extends Revision>(
  graph: RevisionGraph<R>,
  { current }: PlanRequest,
  standing: Standing,
  run: { readonly direction: RevisionStep['direction']; readonly order: Int32Array },
): Plan<RevisionStep<R>> {
  const { direction, order } = run
  const { revisions } = graph.network
  const steps = valuesAt(order, (place) => ({ direction, revision: revisions[place] as R }))
  return { steps, heads: rowsBeyond(graph, current, standing, run).toSorted() }
}

function wrongDirection(text: string, wrong: 'up' | 'down'): AludelError {
  const verbs = wrong === 'up' ? { is: 'upgrade', was: 'downgrade' } : { is: 'downgrade', was: 'upgrade' }
  return new AludelError('wrong-direction', `"${text}" goes ${wrong}, and a ${verbs.was} cannot.`, {
    hint: `Use \`aludel ${verbs.is} ${text}\`.`,
    details: { target: text },
  })
}

function nowhere(text: string): AludelError {
  return new AludelError('wrong-direction', `"${text}" goes nowhere.`, {
    hint: 'Name a revision, or the number of steps to take.',
    details: { target: text },
  })
}

function severalDestinations(text: string, nodes: readonly GraphNode[]): AludelError {
  const heads = nodes.map(idOf)
  return new AludelError('multiple-heads', `"${text}" is ${quotedList(heads)}, and a downgrade goes to one revision.`, {
    hint: 'Name one of them.',
    details: { heads, target: text, candidates: heads },
  })
}

function notBelow(text: string, node: GraphNode, rows: readonly GraphNode[]): AludelError {
  const current = rows.map(idOf)
  const where = current.length === 0 ? 'nothing is applied' : `the database is at ${quotedList(current)}`
  const which = text === idOf(node) ? `"${text}"` : `"${text}" ("${idOf(node)}")`
  return new AludelError('not-an-ancestor', `A downgrade cannot reach ${which}: ${where}.`, {
    hint: '`aludel current` shows where the database is, `aludel history` what lies below.',
    details: { target: text, revision: idOf(node), current },
  })
}
