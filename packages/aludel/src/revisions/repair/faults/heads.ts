// Several ends where one was meant: joined by an empty merge, which no database can mistake for anything else.

import { oldestFirst } from '../../node.ts'
import { branchLabels, isHead } from '../../relations.ts'
import { quotedList } from '../../sentences.ts'
import type { Chain, ChainFile, ChainNode, Change, CreatedFile } from '../chain.ts'
import { edits, emptyFile } from '../chain.ts'
import type { ChainFacts, ObjectUse } from '../facts.ts'
import { isPublished, touchesAt, touchesOf } from '../facts.ts'
import type { Fault, Inspection } from '../fault.ts'
import { freeIdentifier } from './identifiers.ts'

/** Branches with labels of their own are meant; of the rest, and of each such branch, one end is wanted. */
export const multipleHeads: Inspection = (chain, facts, { reparent }) => {
  const ends = chain.graph.nodes.filter(isHead)
  if (ends.length < 2) return []
  const labelled = branchLabels(chain.graph)
  const groups = new Map<string, ChainNode[]>()
  for (const end of ends) {
    const key = [...(labelled.get(end.revision.id) ?? [])].sort().join('\0')
    groups.set(key, [...(groups.get(key) ?? []), end])
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => headsFault({ chain, facts, group, reparent }))
}

interface Fork {
  readonly chain: Chain
  readonly facts: ChainFacts
  readonly group: readonly ChainNode[]
  readonly reparent: boolean
}

function headsFault(fork: Fork): Fault {
  const { group } = fork
  const ids = group.map((end) => end.revision.id)
  const twins = areTwins(group)
  const line = fork.reparent ? asOneLine(fork) : null
  const extra = twins ? unpublishedTwin(fork) : null
  const common = {
    code: twins ? 'twin-merges' : 'multiple-heads',
    severity: 'warning' as const,
    files: group.map((end) => end.revision.path),
    revisions: ids,
    message: twins
      ? `${quotedList(ids)} merge the same revisions, so there are ${ids.length} heads again.`
      : `${ids.length} revisions are heads: ${quotedList(ids)}. ${meeting(fork)}`,
  }
  if (extra !== null) {
    return {
      ...common,
      repair: `Remove ${extra.path}, which does nothing and was never published.`,
      safe: true,
      change: { edits: [], created: [], removed: [extra.path] },
    }
  }
  if (line !== null) return { ...common, ...line }
  return {
    ...common,
    repair: `Join ${quotedList(ids)} with an empty merge revision.`,
    safe: true,
    change: mergeOf(fork),
  }
}

function mergeOf({ chain, facts, group }: Fork): Change {
  const ids = group.map((end) => end.revision.id)
  const id = freeIdentifier(chain, facts, `merge ${ids.toSorted().join(' ')}`)
  const message = ids.length > 6 ? `merge ${ids.length} heads` : `merge ${ids.join(' and ')}`
  const dates = group.flatMap((end) => end.revision.createdAt ?? [])
  const createdAt =
    dates.length === 0 ? null : dates.reduce((one, other) => (Date.parse(other) > Date.parse(one) ? other : one))
  const beside = group[0]?.revision.path ?? ''
  const path = facts.place({ id, message, createdAt, beside })
  const file: ChainFile = { ...emptyFile, path, id, downRevisions: ids, message, createdAt }
  const created: CreatedFile = { file, text: null }
  return { edits: [], created: [created], removed: [] }
}

function areTwins(group: readonly ChainNode[]): boolean {
  const parents = group.map((end) => end.revision.downRevisions.toSorted().join('\0'))
  return group.every((end) => end.parents.length > 1) && new Set(parents).size === 1
}

function unpublishedTwin({ chain, facts, group }: Fork): ChainFile | null {
  const files = group.flatMap((end) => chain.byPath.get(end.revision.path) ?? [])
  const unpublished = files.filter((file) => !isPublished(facts, file) && isEmpty(facts, file))
  // One of them stays in any case.
  return unpublished.at(-1) ?? null
}

function isEmpty(facts: ChainFacts, file: ChainFile): boolean {
  const touches = touchesOf(facts, file)
  if (touches === null || touches.unknown) return false
  return touches.requires.length + touches.provides.length + touches.removes.length === 0
}

/** The same of any revisions that are to be joined; '' for fewer than two. */
export function meetingOf(chain: Chain, facts: ChainFacts, ids: readonly string[]): string {
  const group = ids.flatMap((id) => chain.graph.names.get(id) ?? [])
  if (group.length < 2) return ''
  return meeting({ chain, facts, group, reparent: false })
}

/** What a person must know before the sides are joined: which tables both of them work on. */
function meeting(fork: Fork): string {
  const { group } = fork
  const { ancestry } = fork.chain
  const later = group.find((end) => group.some((other) => ancestry.isBelow(other, end)))
  const first = group.find((end) => later !== undefined && ancestry.isBelow(end, later))
  if (later !== undefined && first !== undefined)
    return `"${later.revision.id}" depends on "${first.revision.id}", but \`head\` can still mean either.`
  const sides = group.map((end) => exclusive(fork, end))
  const touched = sides.map((nodes) => tablesOf(fork, nodes))
  const opaque = sides.some((nodes) => nodes.some((node) => isOpaque(fork, node)))
  const made = sides.flatMap((nodes) => [...madeBy(fork, nodes).values()])
  const twice = made.filter(({ key }, place) => made.findIndex((other) => other.key === key) !== place)
  const whole = new Set(twice.map(({ key }) => key))
  const shown = twice.filter(({ key, owner }) => key === owner || !whole.has(owner)).map(({ title }) => title)
  if (shown.length > 0) {
    const titles = [...new Set(shown)].sort().join(', ')
    return `More than one side makes ${titles}, so the second of them will fail.`
  }
  const shared = new Map<string, string>()
  for (const [index, tables] of touched.entries()) {
    for (const [key, title] of tables) {
      if (touched.some((other, place) => place !== index && other.has(key))) shared.set(key, title)
    }
  }
  const rest = opaque ? ' What some of them do cannot be told without running them.' : ''
  if (shared.size > 0) return `More than one side touches ${[...new Set(shared.values())].sort().join(', ')}.${rest}`
  return opaque ? `Nothing is known to be touched by two sides.${rest}` : 'They touch nothing in common.'
}

/** What only this end stands on. */
function exclusive({ chain: { ancestry }, group }: Fork, end: ChainNode): readonly ChainNode[] {
  const others = group.filter((other) => other !== end)
  return [end, ...ancestry.below(end)].filter((node) => !others.some((other) => ancestry.isBelow(node, other)))
}

/** Whether something in it may touch anything. */
function isOpaque(fork: Fork, node: ChainNode): boolean {
  return touchesAt(fork.chain, fork.facts, node)?.unknown ?? true
}

function tablesOf(fork: Fork, nodes: readonly ChainNode[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const node of nodes) {
    const touches = touchesAt(fork.chain, fork.facts, node)
    for (const object of [...(touches?.requires ?? []), ...(touches?.provides ?? []), ...(touches?.removes ?? [])]) {
      if (object.key === object.owner) found.set(object.key, object.title)
    }
  }
  return found
}

/** What a side makes and does not take away again. */
function madeBy(fork: Fork, nodes: readonly ChainNode[]): ReadonlyMap<string, ObjectUse> {
  const found = new Map<string, ObjectUse>()
  for (const node of oldestFirst(nodes)) {
    const touches = touchesAt(fork.chain, fork.facts, node)
    for (const { key } of touches?.removes ?? []) found.delete(key)
    for (const object of touches?.provides ?? []) found.set(object.key, object)
  }
  return found
}

/** With permission, and where git shows that nobody else has it: a branch goes on top of the other. */
function asOneLine(fork: Fork): Pick<Fault, 'repair' | 'safe' | 'change'> | null {
  const { chain, facts, group } = fork
  for (const end of group.toReversed()) {
    const own = exclusive(fork, end)
    const files = own.flatMap((node) => chain.byPath.get(node.revision.path) ?? [])
    if (files.some((file) => isPublished(facts, file))) continue
    const members = new Set(own)
    const entries = own.filter((node) => node.parents.some((parent) => !members.has(parent)))
    const [entry] = entries
    const other = group.find((one) => one !== end)
    if (entry === undefined || other === undefined || entries.length > 1 || entry.parents.length > 1) continue
    return {
      repair: `Let "${entry.revision.id}", which was never published, follow "${other.revision.id}".`,
      safe: true,
      change: edits({ path: entry.revision.path, field: 'downRevision', value: [other.revision.id] }),
    }
  }
  return null
}
