// Several chains where one was meant: which of the first revisions are accidents, and in which order they belong.

import { byPosition, childrenOf, reach } from '../../node.ts'
import { branchLabels, isBase, isHead } from '../../relations.ts'
import { quotedList } from '../../sentences.ts'
import type { Chain, ChainNode, Edit } from '../chain.ts'
import { changed, edits } from '../chain.ts'
import type { ChainFacts } from '../facts.ts'
import type { Inspection } from '../fault.ts'
import { unmetNeeds } from './needs.ts'

/** A base that bears a label, leads to labelled ends alone or depends on something was meant to be one. */
export const roots: Inspection = (chain, facts, { reparent }) => {
  const accidental = accidentalRoots(chain)
  if (accidental.length < 2 || new Set(accidental.map((root) => componentOf(root))).size < 2) return []
  const [first, ...others] = ordered(chain, facts, accidental)
  if (first === undefined) return []
  const changes = reparent ? chained(chain, [first, ...others]) : null
  const names = quotedList(others.map((root) => root.revision.id))
  return [
    {
      code: 'multiple-roots',
      severity: 'warning',
      files: accidental.map((root) => root.revision.path),
      revisions: accidental.map((root) => root.revision.id),
      message: `${quotedList(accidental.map((root) => root.revision.id))} follow nothing, so nothing says in which order their chains run.`,
      repair: reparent
        ? `Keep "${first.revision.id}" first and let ${names} follow what comes before.`
        : `Join the chains where they end; or, with --reparent, keep "${first.revision.id}" first and let ${names} follow.`,
      safe: !reparent,
      change: changes === null ? null : { edits: changes, created: [], removed: [] },
    },
  ]
}

function accidentalRoots({ graph }: Chain): readonly ChainNode[] {
  const labelled = branchLabels(graph)
  const leadsAnywhere = (root: ChainNode): boolean =>
    [...reach([root], childrenOf)].some((node) => isHead(node) && !labelled.has(node.revision.id))
  return graph.nodes.filter(
    (node) =>
      isBase(node) && node.revision.dependsOn.length === 0 && !labelled.has(node.revision.id) && leadsAnywhere(node),
  )
}

/** The first in load order of everything that hangs together with a revision. */
function componentOf(start: ChainNode): ChainNode {
  const members = new Set([start])
  for (const node of members) {
    for (const neighbour of [...node.requires, ...node.above]) members.add(neighbour)
  }
  return [...members].reduce((one, other) => (byPosition(other, one) < 0 ? other : one))
}

/** What must be made before it is needed comes first; then the older, then by name. */
function ordered(chain: Chain, facts: ChainFacts, accidental: readonly ChainNode[]): readonly ChainNode[] {
  const { ancestry } = chain
  const under = (node: ChainNode): readonly ChainNode[] =>
    accidental.filter((root) => root === node || ancestry.isBelow(root, node))
  const before = new Map<ChainNode, Set<ChainNode>>(accidental.map((root) => [root, new Set()]))
  for (const { node, provider } of unmetNeeds(chain, facts)) {
    for (const later of under(node)) {
      for (const earlier of under(provider)) if (earlier !== later) before.get(later)?.add(earlier)
    }
  }
  const waiting = new Set(accidental.toSorted(byDateThenName))
  const order: ChainNode[] = []
  while (waiting.size > 0) {
    const free = [...waiting].find((root) => [...(before.get(root) ?? [])].every((other) => !waiting.has(other)))
    const [oldest] = waiting
    // Where each needs another, age decides.
    const next = free ?? (oldest as ChainNode)
    waiting.delete(next)
    order.push(next)
  }
  return order
}

function byDateThenName(one: ChainNode, other: ChainNode): number {
  const dates = [one.revision.createdAt, other.revision.createdAt].map((text) => Date.parse(text ?? ''))
  const [a = Number.NaN, b = Number.NaN] = dates
  if (a !== b && !(Number.isNaN(a) && Number.isNaN(b))) {
    if (Number.isNaN(a)) return 1
    return Number.isNaN(b) || a < b ? -1 : 1
  }
  const names = [one, other].map(({ revision }) => revision.path.split('/').at(-1) ?? '')
  return (names[0] ?? '') < (names[1] ?? '') ? -1 : 1
}

/** Each root follows the ends of all that comes before it. One that is merged with something earlier follows the first. */
function chained(chain: Chain, [first, ...rest]: readonly ChainNode[]): readonly Edit[] {
  const made: Edit[] = []
  let current = chain
  const waiting = new Set(rest.map((root) => root.revision.id))
  for (const root of rest) {
    const { id, path } = root.revision
    const value = first === undefined ? [] : endsAbove(current, first.revision.id, waiting, id)
    waiting.delete(id)
    const edit: Edit = { path, field: 'downRevision', value }
    made.push(edit)
    current = changed(current, edits(edit))
  }
  return made
}

/** The ends of what stands on the first root and on none that still waits; the first itself where that is merged with `id`. */
function endsAbove(chain: Chain, first: string, waiting: ReadonlySet<string>, id: string): readonly string[] {
  const { graph, ancestry } = chain
  const node = graph.names.get(first)
  const root = graph.names.get(id)
  if (node === undefined || root === undefined || componentOf(node) === componentOf(root)) return [first]
  const later = [...waiting].flatMap((one) => graph.names.get(one) ?? [])
  const inside = new Set(
    graph.nodes.filter(
      (one) =>
        (one === node || ancestry.isBelow(node, one)) &&
        later.every((other) => other !== one && !ancestry.isBelow(other, one)),
    ),
  )
  const ends = [...inside].filter((one) => one.above.every((upper) => !inside.has(upper)))
  return ends.map((end) => end.revision.id)
}
