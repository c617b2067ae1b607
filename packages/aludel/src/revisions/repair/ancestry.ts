// Which revision lies below which, answered at once: a row of bits for each revision.

import type { RevisionGraph } from '../graph.ts'
import type { GraphNode } from '../node.ts'
import type { Revision } from '../revision.ts'

export interface Ancestry<R extends Revision = Revision> {
  /** Whether `lower` is required by `upper`, at any distance; a revision is not below itself. */
  isBelow(lower: GraphNode<R>, upper: GraphNode<R>): boolean
  /** Everything below a revision, in load order. */
  below(node: GraphNode<R>): readonly GraphNode<R>[]
}

export function ancestryOf<R extends Revision>(graph: RevisionGraph<R>): Ancestry<R> {
  const nodes = graph.nodes
  const places = new Map(nodes.map((node, place) => [node, place]))
  const width = Math.ceil(nodes.length / 32)
  const bits = new Uint32Array(nodes.length * width)
  const upwards = nodes.toSorted((one, other) => one.level - other.level)
  for (const node of upwards) {
    const row = (places.get(node) ?? 0) * width
    for (const required of node.requires) {
      const place = places.get(required) ?? 0
      for (let word = 0; word < width; word++)
        bits[row + word] = (bits[row + word] ?? 0) | (bits[place * width + word] ?? 0)
      const at = row + (place >> 5)
      bits[at] = (bits[at] ?? 0) | (1 << (place & 31))
    }
  }
  const has = (upper: number, lower: number): boolean =>
    ((bits[upper * width + (lower >> 5)] ?? 0) & (1 << (lower & 31))) !== 0
  return {
    isBelow: (lower, upper) => has(places.get(upper) ?? 0, places.get(lower) ?? 0),
    below: (node) => {
      const upper = places.get(node) ?? 0
      return nodes.filter((_, lower) => has(upper, lower))
    },
  }
}
