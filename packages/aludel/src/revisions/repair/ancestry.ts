// Which revision lies below which, answered at once: a row of bits for each revision.

import type { RevisionGraph } from '../graph.ts'
import type { GraphNode } from '../node.ts'
import { oldestFirst } from '../node.ts'
import type { Revision } from '../revision.ts'

export interface Ancestry<R extends Revision = Revision> {
  /** Whether `lower` is required by `upper`, at any distance; a revision is not below itself. */
  isBelow(lower: GraphNode<R>, upper: GraphNode<R>): boolean
  /** Everything below a revision, in load order. */
  below(node: GraphNode<R>): readonly GraphNode<R>[]
}

export function ancestryOf<R extends Revision>({ nodes }: RevisionGraph<R>): Ancestry<R> {
  const width = Math.ceil(nodes.length / 32)
  const bits = new Uint32Array(nodes.length * width)
  for (const node of oldestFirst(nodes)) {
    const row = node.place * width
    for (const { place } of node.requires) {
      for (let word = 0; word < width; word++)
        bits[row + word] = (bits[row + word] ?? 0) | (bits[place * width + word] ?? 0)
      const at = row + (place >> 5)
      bits[at] = (bits[at] ?? 0) | (1 << (place & 31))
    }
  }
  const isBelow = (lower: GraphNode<R>, upper: GraphNode<R>): boolean =>
    ((bits[upper.place * width + (lower.place >> 5)] ?? 0) & (1 << (lower.place & 31))) !== 0
  return { isBelow, below: (node) => nodes.filter((lower) => isBelow(lower, node)) }
}
