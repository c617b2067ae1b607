// What a target means: identifiers, `head`, `heads`, `base`, `current`, branches and steps, the same in every verb.

import { AludelError } from '../errors.ts'
import type { PlaceSet } from './algorithms/links.ts'
import { reachedPlaces, startOf, stopOf } from './algorithms/links.ts'
import type { RevisionGraph } from './graph.ts'
import { findBranch, findRevision } from './lookup.ts'
import type { Network } from './network.ts'
import { traits } from './network.ts'
import type { GraphNode } from './node.ts'
import { belowOf, gather, idOf } from './node.ts'
import { reservedNames } from './problems.ts'
import { lineageOf, nodesWithout, tipsBelow } from './relations.ts'
import type { Revision } from './revision.ts'
import { quotedList } from './sentences.ts'
import type { Move, Spelling } from './spelling.ts'
import { spell } from './spelling.ts'
import { tooFar, walkFrom } from './walk.ts'

export interface TargetContext {
  /** The rows of the version table, which `current`, `+N` and `-N` count from; null when no database is at hand. */
  readonly current: readonly string[] | null
}

/** What a target stands for. No nodes is the base: before every revision. */
export interface Target<R extends Revision> {
  readonly nodes: readonly GraphNode<R>[]
  /** The branch that was named, or that steps down from the database's revision follow. */
  readonly branch: GraphNode<R> | null
}

export interface Standpoint<R extends Revision> {
  readonly rows: readonly GraphNode<R>[] | null
  /** Whether steps beyond the end of the graph stop there. */
  readonly clamped: boolean
}

interface Branch<R extends Revision> {
  readonly name: string
  readonly node: GraphNode<R>
  /** The revisions on its line, dependencies left aside. */
  readonly line: ReadonlySet<GraphNode>
}

/**
 * The revisions that a target stands for; an empty list is the base.
 *
 * @example
 * resolve(graph, 'ae10')                               // by the beginning of an identifier
 * resolve(graph, 'forum@head-1')                       // one below the head of a branch
 * resolve(graph, '+2', { current: ['ae1027a6acf0'] })  // two above the database's revision
 *
 * @throws AludelError `unknown-revision` and `unknown-branch` (`details.candidates`: what is spelled
 * nearly so), `ambiguous-revision` (`candidates`: what begins so), `not-on-branch` (`candidates`: the branch's heads),
 * `multiple-heads` (`candidates`: those heads), `ambiguous-walk` (`candidates`: the ways, or the starts),
 * `relative-too-far` (`asked` and `reachable` steps), `no-current-revision` (`+1` without a database) and
 * `unexpected-range` (a target with a colon).
 */
export function resolve(
  graph: RevisionGraph,
  text: string,
  context: TargetContext = { current: null },
): readonly string[] {
  const rows = context.current === null ? null : currentNodes(graph, context.current)
  return findTarget(graph, spellTarget(graph, text), { rows, clamped: false }).nodes.map(idOf)
}

/** The revisions of a version table's rows. A row may be abbreviated, or a symbol such as `heads`. */
export function currentNodes<R extends Revision>(
  graph: RevisionGraph<R>,
  current: readonly string[],
): readonly GraphNode<R>[] {
  const found = new Set<GraphNode<R>>()
  for (const row of current) {
    const exact = graph.names.get(row)
    if (exact !== undefined) found.add(exact)
    else for (const node of spelledRow(graph, row)) found.add(node)
  }
  return [...found]
}

/** True where a revision answers for a version row, however it is spelled. */
export function isKnownRow(graph: RevisionGraph, row: string): boolean {
  try {
    return currentNodes(graph, [row]).length > 0
  } catch {
    return false
  }
}

function spelledRow<R extends Revision>(graph: RevisionGraph<R>, row: string): readonly GraphNode<R>[] {
  try {
    return findTarget(graph, spellTarget(graph, row), { rows: null, clamped: false }).nodes
  } catch (error) {
    if (error instanceof AludelError && error.code === 'unknown-revision') throw unknownRow(row, error)
    throw error
  }
}

export function spellTarget(graph: RevisionGraph, text: string): Spelling {
  if (text.includes(':')) {
    throw new AludelError('unexpected-range', `"${text}" is a range, and one revision is wanted here.`, {
      hint: 'Write the target alone, without the colon.',
      details: { target: text },
    })
  }
  return spell(text, (symbol) => graph.names.has(symbol) || reservedNames.has(symbol))
}

export function findTarget<R extends Revision>(
  graph: RevisionGraph<R>,
  spelling: Spelling,
  standpoint: Standpoint<R>,
): Target<R> {
  const branch = branchOf(graph, spelling.branch)
  const { symbol, move } = spelling
  if (symbol === null && move !== null) return fromCurrent(graph, { spelling, move, branch, standpoint })
  const named = findNamed(graph, symbol ?? '', namesStart(spelling) ? branch : null, standpoint)
  if (move === null) return { nodes: named, branch: branch?.node ?? null }
  const [start, ...others] = named
  if (others.length > 0) throw severalStarts(spelling, named)
  const within = branch?.line ?? null
  const end = walkFrom(graph, { text: spelling.text, start: start ?? null, move, within, clamped: standpoint.clamped })
  return { nodes: end === null ? [] : [end], branch: branch?.node ?? null }
}

/** Whether the branch says where a walk begins. Going up from a revision it says only which way to go. */
function namesStart({ symbol, move }: Spelling): boolean {
  return move?.direction !== 'up' || symbol === 'current'
}

function branchOf<R extends Revision>(graph: RevisionGraph<R>, name: string | null): Branch<R> | null {
  if (name === null) return null
  const node = findBranch(graph, name)
  return { name, node, line: lineageOf([node], { dependencies: false }) }
}

function findNamed<R extends Revision>(
  graph: RevisionGraph<R>,
  symbol: string,
  branch: Branch<R> | null,
  { rows }: Standpoint<R>,
): readonly GraphNode<R>[] {
  const onBranch = (node: GraphNode): boolean => branch === null || branch.line.has(node)
  switch (symbol) {
    case 'base':
      return []
    case 'heads':
      return branch === null
        ? nodesWithout(graph, traits.needed)
        : nodesWithout(graph, traits.followed).filter(onBranch)
    case 'head': {
      const heads = nodesWithout(graph, traits.followed).filter(onBranch)
      if (heads.length > 1) throw multipleHeads(heads, branch?.name ?? null)
      return heads
    }
    case 'current':
      if (rows === null) throw noCurrentRevision('current')
      return rows.filter(onBranch)
    default:
      return [findRevision(graph, symbol, branch)]
  }
}

interface FromCurrent<R extends Revision> {
  readonly spelling: Spelling
  readonly move: Move
  readonly branch: Branch<R> | null
  readonly standpoint: Standpoint<R>
}

function fromCurrent<R extends Revision>(graph: RevisionGraph<R>, request: FromCurrent<R>): Target<R> {
  const { spelling, move, branch, standpoint } = request
  const { rows, clamped } = standpoint
  const within = branch?.line ?? null
  const walk = (start: GraphNode<R> | null): GraphNode<R> | null =>
    walkFrom(graph, { text: spelling.text, start, move, within, clamped })

  if (rows === null) {
    // Without a database `-N` is N below each head, as `show -1` has it.
    if (move.direction === 'up') throw noCurrentRevision(spelling.text)
    const heads = findNamed(graph, 'heads', branch, standpoint)
    return { nodes: [...new Set(heads.flatMap((head) => walk(head) ?? []))], branch: branch?.node ?? null }
  }
  const start = move.direction === 'up' ? startUp(rows, branch, spelling) : startDown(rows, branch, request)
  const end = walk(start)
  return { nodes: end === null ? [] : [end], branch: branch?.node ?? (move.direction === 'down' ? start : null) }
}

/** Where steps up begin: the database's revision; on a branch the newest of it that is applied, or the base. */
function startUp<R extends Revision>(
  rows: readonly GraphNode<R>[],
  branch: Branch<R> | null,
  spelling: Spelling,
): GraphNode<R> | null {
  let starts = rows.filter((row) => branch === null || branch.line.has(row))
  if (branch !== null && starts.length === 0) {
    const active = gather(rows, belowOf<R>).nodes.filter((node) => branch.line.has(node))
    const passed = new Set(active.flatMap((node) => node.below))
    starts = active.filter((node) => !passed.has(node))
  }
  if (starts.length > 1) throw severalStarts(spelling, starts)
  return starts[0] ?? null
}

/** Where steps down begin: the first row; on a branch the one revision of it that the database stands at. */
function startDown<R extends Revision>(
  rows: readonly GraphNode<R>[],
  branch: Branch<R> | null,
  { spelling, move }: FromCurrent<R>,
): GraphNode<R> {
  const [first] = rows
  if (first === undefined) throw tooFar(spelling.text, null, move, 0)
  if (branch === null) return first
  const atRows = rows.filter((row) => branch.line.has(row))
  const starts = atRows.length > 0 ? atRows : tipsBelow(rows).filter((node) => branch.line.has(node))
  const [start, ...others] = starts
  if (others.length > 0) throw severalStarts(spelling, starts)
  if (start !== undefined) return start
  throw new AludelError(
    'not-on-branch',
    `Nothing of branch "${branch.name}" is applied, so "${spelling.text}" has no start.`,
    {
      details: { branch: branch.name, target: spelling.text, current: rows.map(idOf) },
    },
  )
}

function severalStarts(spelling: Spelling, nodes: readonly GraphNode[]): AludelError {
  const candidates = nodes.map(idOf)
  if (spelling.symbol === 'heads') return multipleHeads(nodes, spelling.branch)
  return new AludelError(
    'ambiguous-walk',
    `"${spelling.text}" could count from any of ${quotedList(candidates)}, where the database is.`,
    { hint: 'Name the branch, as in `label@+1`, or the revision.', details: { target: spelling.text, candidates } },
  )
}

function multipleHeads(nodes: readonly GraphNode[], branch: string | null): AludelError {
  const heads = nodes.map(idOf)
  const where = branch === null ? '' : ` on branch "${branch}"`
  const all = branch === null ? 'heads' : `${branch}@heads`
  return new AludelError(
    'multiple-heads',
    `Multiple head revisions are present${where}, ${quotedList(heads)}, where a single one is wanted.`,
    {
      hint: `Join them with \`aludel merge heads\`, take all of them with \`${all}\`, or name one: its identifier, or \`label@head\`.`,
      details: { heads, branch, candidates: heads },
    },
  )
}

function noCurrentRevision(text: string): AludelError {
  return new AludelError('no-current-revision', `"${text}" counts from where a database is, and none is known here.`, {
    hint: 'Name a revision instead.',
    details: { target: text },
  })
}

function unknownRow(row: string, cause: AludelError): AludelError {
  return new AludelError(
    'unknown-revision',
    `Can't locate revision "${row}", at which the database stands: no file here has it.`,
    {
      hint: 'Restore its file, or get the code it came with. If it is lost, compare the schema with the chain, then `aludel stamp --purge REVISION`.',
      details: { ...cause.details, revision: row, row: true },
      cause,
    },
  )
}

function requiredPlaces({ requires }: Network, nodes: readonly GraphNode[]): PlaceSet {
  const starts: number[] = []
  for (const { place } of nodes) {
    for (let link = startOf(requires, place); link < stopOf(requires, place); link++) {
      starts.push(requires.ends[link] as number)
    }
  }
  return reachedPlaces(requires, starts)
}

/** Refuses revisions of which one contains another already. */
export function refuseOverlap({ network }: RevisionGraph, nodes: readonly GraphNode[], what: 'targets' | 'rows'): void {
  if (nodes.length < 2) return
  const contained = requiredPlaces(network, nodes)
  const lower = nodes.find(({ place }) => contained.marks[place] === 1)
  if (lower === undefined) return
  const descendants = reachedPlaces(network.above, [lower.place])
  const upper = nodes.find((node) => node !== lower && descendants.marks[node.place] === 1) ?? lower
  const subject = what === 'rows' ? 'The database says that it is at' : 'The targets are'
  throw new AludelError(
    'overlapping-revisions',
    `${subject} both "${idOf(upper)}" and "${idOf(lower)}", but the first contains the second.`,
    {
      hint: what === 'rows' ? `Remove the row "${idOf(lower)}" from the version table.` : `Leave "${idOf(lower)}" out.`,
      details: { upper: idOf(upper), lower: idOf(lower), revisions: nodes.map(idOf) },
    },
  )
}
