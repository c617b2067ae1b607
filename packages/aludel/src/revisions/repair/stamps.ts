// Which revisions a database can be at: those whose operations found what they need, on the way that they came.

import { belowOf, oldestFirst, reach } from '../node.ts'
import type { Chain, ChainNode } from './chain.ts'
import type { ChainFacts, ObjectUse } from './facts.ts'
import { isPublished, touchesAt } from './facts.ts'
import type { HiddenAt } from './hidden.ts'

export interface JudgedStamp extends HiddenAt {
  /** Why no database can be there; null where one can. */
  readonly impossible: string | null
}

/** Tells which of the stamps with something hidden matter. */
export function judged(chain: Chain, facts: ChainFacts, hidden: readonly HiddenAt[]): readonly JudgedStamp[] {
  return hidden.map((one) => {
    const node = chain.graph.names.get(one.stamp)
    return { ...one, impossible: node === undefined ? null : whyImpossible(chain, facts, node) }
  })
}

function whyImpossible(chain: Chain, facts: ChainFacts, stamp: ChainNode): string | null {
  const file = chain.byPath.get(stamp.revision.path)
  if (file !== undefined && !isPublished(facts, file)) {
    return `"${stamp.revision.id}" was never on a shared branch.`
  }
  const there = new Map<string, ObjectUse>()
  for (const node of oldestFirst(reach([stamp], belowOf))) {
    const touches = touchesAt(chain, facts, node)
    if (touches === null) return null
    const missing = touches.requires.find((object) => isMissing(there, object))
    if (missing !== undefined) return `"${node.revision.id}" needs ${missing.title}, and nothing below it makes that.`
    // What may do anything may also make what is needed further up.
    if (touches.unknown) return null
    for (const object of touches.removes) remove(there, object)
    for (const object of touches.provides) there.set(object.key, object)
  }
  return null
}

/** A part is missed only from a table that was seen being made with its parts; a renamed one has parts that were not. */
function isMissing(there: ReadonlyMap<string, ObjectUse>, { key, owner }: ObjectUse): boolean {
  if (there.has(key)) return false
  if (key === owner || !there.has(owner)) return true
  return [...there.values()].some((other) => other.owner === owner && other.key !== owner)
}

function remove(there: Map<string, ObjectUse>, { key, owner }: ObjectUse): void {
  there.delete(key)
  if (key !== owner) return
  for (const other of there.values()) if (other.owner === owner) there.delete(other.key)
}
