// The revision that does again, harmlessly, what a repair of the chain would hide from some databases.

import type { Op } from '../../ops/operations.ts'
import { isNotAgain, redoOf } from '../../ops/redo.ts'
import { definitionOf } from '../../ops/registry.ts'
import { oldestFirst } from '../../revisions/node.ts'
import { isHead } from '../../revisions/relations.ts'
import type { Chain, ChainFile } from '../../revisions/repair/chain.ts'
import { emptyFile, standsOn } from '../../revisions/repair/chain.ts'
import type { ChainFacts } from '../../revisions/repair/facts.ts'
import { freeIdentifier } from '../../revisions/repair/faults/identifiers.ts'
import type { JudgedStamp } from '../../revisions/repair/stamps.ts'
import type { Bodies } from './bodies.ts'

export interface RedoRevision {
  readonly file: ChainFile
  readonly upgrade: readonly Op[]
  /** What cannot be done again, one sentence each. */
  readonly impossible: readonly string[]
}

/** Null where nothing is hidden from a database that can exist, or nothing of it can be done again. */
export function redoRevision(
  after: Chain,
  stamps: readonly JudgedStamp[],
  facts: ChainFacts,
  bodies: Bodies,
): RedoRevision | null {
  const hidden = new Set(stamps.filter(({ impossible }) => impossible === null).flatMap(({ revisions }) => revisions))
  if (hidden.size === 0) return null
  const inOrder = oldestFirst(after.graph.nodes.filter((node) => hidden.has(node.revision.id)))
  const upgrade: Op[] = []
  const impossible: string[] = []
  for (const node of inOrder) {
    const { id, path } = node.revision
    const body = bodies.record(path, 'upgrade')
    if (body instanceof Error) {
      impossible.push(`Revision ${id} (${path}) cannot be read: ${body.message}`)
      continue
    }
    for (const op of body.ops) {
      const answer = redoOf(op)
      if (isNotAgain(answer)) impossible.push(`Revision ${id}: ${definitionOf(op).describe(op)} ${answer.because}.`)
      else upgrade.push(...answer)
    }
  }
  const heads = after.graph.nodes.filter(isHead)
  const ids = [...hidden].sort()
  const message = `redo what databases may have missed of ${ids.join(', ')}`
  const dates = heads.flatMap((head) => head.revision.createdAt ?? []).sort()
  const draft = {
    id: freeIdentifier(after, facts, `redo ${ids.join(' ')} after ${heads.map((head) => head.revision.id).join(' ')}`),
    message,
    createdAt: dates.at(-1) ?? null,
  }
  const path = facts.place({ ...draft, beside: heads[0]?.revision.path ?? inOrder[0]?.revision.path ?? '' })
  const parents = heads.length === 1 ? heads.map((head) => head.revision.id) : headsAbove(after, hidden)
  return { file: { ...emptyFile, ...draft, path, downRevisions: parents }, upgrade, impossible }
}

/** Of several heads the first that stands on something hidden. */
function headsAbove(chain: Chain, hidden: ReadonlySet<string>): readonly string[] {
  return chain.graph.nodes
    .filter(isHead)
    .map((head) => head.revision.id)
    .filter((id) => standsOn(chain, id, (node) => hidden.has(node.revision.id)))
    .slice(0, 1)
}
