// What the bodies need of each other: a table must be made before it is altered, whatever the headers say.

import { oldestFirst } from '../../node.ts'
import { quotedList } from '../../sentences.ts'
import type { Chain, ChainNode } from '../chain.ts'
import { edits } from '../chain.ts'
import type { ChainFacts, ObjectUse } from '../facts.ts'
import { touchesAt } from '../facts.ts'
import type { Fault, Inspection } from '../fault.ts'

export interface UnmetNeed {
  readonly node: ChainNode
  readonly object: ObjectUse
  /** A revision beside it that makes the object. */
  readonly provider: ChainNode
}

/** What revisions need and only a revision on another line makes; of a line the lowest revision that needs it. */
export function unmetNeeds(chain: Chain, facts: ChainFacts): readonly UnmetNeed[] {
  const { graph } = chain
  if (graph.nodes.length < 2 || isOneLine(chain)) return []
  const providers = new Map<string, ChainNode[]>()
  const opaque: ChainNode[] = []
  for (const node of graph.nodes) {
    const touches = touchesAt(chain, facts, node)
    if (touches === null || touches.unknown) opaque.push(node)
    for (const { key } of touches?.provides ?? []) providers.set(key, [...(providers.get(key) ?? []), node])
  }
  const { ancestry } = chain
  const found: UnmetNeed[] = []
  for (const node of oldestFirst(graph.nodes)) {
    if (opaque.some((other) => other !== node && ancestry.isBelow(other, node))) continue
    for (const object of touchesAt(chain, facts, node)?.requires ?? []) {
      const makers = providers.get(object.key) ?? []
      if (makers.some((maker) => maker === node || ancestry.isBelow(maker, node))) continue
      const provider = makers.find((maker) => !ancestry.isBelow(node, maker))
      const said = found.some(
        (need) => need.provider === provider && (need.node === node || ancestry.isBelow(need.node, node)),
      )
      if (provider !== undefined && !said) found.push({ node, object, provider })
    }
  }
  return found
}

// On one line nothing lies beside anything, so no body has to be read.
function isOneLine({ graph }: Chain): boolean {
  return (
    graph.nodes.filter(({ requires }) => requires.length === 0).length === 1 &&
    graph.nodes.every(({ above }) => above.length < 2)
  )
}

/**
 * A dependency changes neither identifiers nor parents, and no database can be at a revision whose needs were never
 * met: it can be written without asking. Of two that would go around in a circle only the first can.
 */
export const needs: Inspection = (chain, facts) => {
  const accepted: UnmetNeed[] = []
  return unmetNeeds(chain, facts).map((need): Fault => {
    const { node, object, provider } = need
    const { id, path, dependsOn } = node.revision
    const possible = !leadsTo(provider, node, accepted)
    if (possible) accepted.push(need)
    return {
      code: 'unmet-need',
      severity: 'error',
      files: [path, provider.revision.path],
      revisions: [id, provider.revision.id],
      message: `${path} needs ${object.title}, which only "${provider.revision.id}" makes, and nothing says that it comes first.`,
      repair: possible
        ? `Let "${id}" depend on ${quotedList([provider.revision.id])}.`
        : `Each of the two needs what the other makes: move one of the operations into a revision after both.`,
      safe: possible,
      change: possible ? edits({ path, field: 'dependsOn', value: [...dependsOn, provider.revision.id] }) : null,
    }
  })
}

/** Whether a revision would come to require another, with what was accepted so far. */
function leadsTo(from: ChainNode, to: ChainNode, accepted: readonly UnmetNeed[]): boolean {
  const seen = new Set<ChainNode>([from])
  for (const node of seen) {
    if (node === to) return true
    for (const below of node.requires) seen.add(below)
    for (const need of accepted) if (need.node === node) seen.add(need.provider)
  }
  return false
}
