// The safety test of every repair: what a database would believe to have applied although it never ran there.

import type { RevisionGraph } from '../graph.ts'
import { buildGraph } from '../graph.ts'
import type { GraphNode } from '../node.ts'
import { aboveOf, belowOf, byPosition, idOf, reach } from '../node.ts'
import { illegalIdReason } from '../problems.ts'
import type { RevisionInput } from '../revision.ts'

/** For a database stamped at `stamp`: the revisions that count as applied after a change and did not before. */
export interface HiddenAt {
  readonly stamp: string
  /** In load order. */
  readonly revisions: readonly string[]
}

/**
 * For every revision whose ancestry was whole before: its new ancestors that were no ancestors of it. A database
 * stamped there would never run them. Dependencies count as ancestors, because they count as applied.
 *
 * @param renamed new identifiers of revisions that stayed what they were, by their old ones.
 * @returns only stamps with something hidden, in the load order of `before`.
 *
 * @example
 * hiddenRevisions(
 *   [{ id: 'a', downRevisions: [], ... }, { id: 'b', downRevisions: [], ... }],
 *   [{ id: 'a', downRevisions: [], ... }, { id: 'b', downRevisions: ['a'], ... }],
 * ) // [{ stamp: 'b', revisions: ['a'] }]: a database at b never ran a
 */
export function hiddenRevisions(
  before: readonly RevisionInput[],
  after: readonly RevisionInput[],
  renamed: ReadonlyMap<string, string> = new Map(),
): readonly HiddenAt[] {
  const old = buildGraph(before)
  const now = buildGraph(after)
  const suspects = reach(
    now.nodes.filter((node) => gained(old, node, renamed)),
    aboveOf,
  )
  const broken = brokenStamps(old)
  return old.nodes.flatMap((node): readonly HiddenAt[] => {
    const { id } = node.revision
    const moved = now.names.get(id)
    if (moved === undefined || moved.revision.id !== id || !suspects.has(moved) || broken.has(node)) return []
    const known = new Set([...reach(node.requires, belowOf)].map((one) => newName(one, renamed)))
    const revisions = [...reach(moved.requires, belowOf)]
      .filter((one) => !known.has(one.revision.id))
      .sort(byPosition)
      .map(idOf)
    return revisions.length === 0 ? [] : [{ stamp: id, revisions }]
  })
}

function newName({ revision }: GraphNode, renamed: ReadonlyMap<string, string>): string {
  return renamed.get(revision.id) ?? revision.id
}

/** Whether a revision requires something directly that it did not before. */
function gained(old: RevisionGraph, node: GraphNode, renamed: ReadonlyMap<string, string>): boolean {
  const was = old.names.get(node.revision.id)
  if (was === undefined || was.revision.id !== node.revision.id) return false
  const names = new Set(was.requires.map((one) => newName(one, renamed)))
  return node.requires.some((one) => !names.has(one.revision.id))
}

/** Where no database can be, because nothing could load what lies below: missing, circular, illegal. */
function brokenStamps(graph: RevisionGraph): ReadonlySet<GraphNode> {
  const cut = new Set(
    graph.problems
      .filter(({ code }) => /^(?:missing|self|cycle|dependency)/.test(code))
      .flatMap(({ revisions }) => revisions),
  )
  const broken = graph.nodes.filter(({ revision }) => cut.has(revision.id) || illegalIdReason(revision.id) !== null)
  return reach(broken, aboveOf)
}
