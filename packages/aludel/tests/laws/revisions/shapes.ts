// Graphs of any size in the shapes that histories take, and small random ones.

import type { RevisionInput } from '../../../src/revisions/revision.ts'

const name = (index: number): string => `r${index.toString().padStart(7, '0')}`

function revision(id: string, downRevisions: readonly string[], dependsOn: readonly string[] = []): RevisionInput {
  return { id, downRevisions, dependsOn, branchLabels: [] }
}

/** One line. */
export function line(size: number): readonly RevisionInput[] {
  return Array.from({ length: size }, (_, index) => revision(name(index), index === 0 ? [] : [name(index - 1)]))
}

/** A fork and a merge, again and again. */
export function diamonds(size: number): readonly RevisionInput[] {
  return Array.from({ length: size }, (_, index) => {
    if (index === 0) return revision(name(0), [])
    const below = index % 3 === 0 ? [name(index - 2), name(index - 1)] : [name(index - (index % 3))]
    return revision(name(index), below)
  })
}

/** Lines side by side, every revision depending on the latest of the line before its own. */
export function lanes(size: number, width = 10): readonly RevisionInput[] {
  return Array.from({ length: size }, (_, index) => {
    const dependsOn = index % width === 0 ? [] : [name(index - 1)]
    return revision(name(index), index < width ? [] : [name(index - width)], dependsOn)
  })
}

/** The same in reverse load order, and depending on the line after: the walk has to change lanes all the time. */
export function wovenLanes(size: number, width = 10): readonly RevisionInput[] {
  return lanes(size, width)
    .map((one, index) => {
      const across = index >= width && index % width === 0 ? [name(index - 1)] : []
      return { ...one, dependsOn: [...one.dependsOn, ...across] }
    })
    .toReversed()
}

/** A trunk half as long as the graph, and a branch of one revision on each of its revisions. */
export function comb(size: number): readonly RevisionInput[] {
  return Array.from({ length: size }, (_, index) =>
    revision(name(index), index === 0 ? [] : [name(index % 2 === 0 ? index - 2 : index - 1)]),
  )
}

/** Everything follows one base. */
export function star(size: number): readonly RevisionInput[] {
  return Array.from({ length: size }, (_, index) => revision(name(index), index === 0 ? [] : [name(0)]))
}

/** Lines side by side, every third revision depending on any that came before: nothing is near to anything. */
export function crossedLanes(size: number, width = 10): readonly RevisionInput[] {
  const random = numbers()
  return Array.from({ length: size }, (_, index) => {
    const depends = index > 0 && random() < 0.3
    const dependsOn = depends ? [name(Math.floor(random() * index))] : []
    return revision(name(index), index < width ? [] : [name(index - width)], dependsOn)
  })
}

/** Merges of any two or three of the last revisions, some of which depend on others, in any load order. */
export function tangle(size: number, width = 30): readonly RevisionInput[] {
  const random = numbers()
  const recent = (index: number): string => name(index - 1 - Math.floor(random() * Math.min(index, width)))
  const inOrder = Array.from({ length: size }, (_, index) => {
    const count = index === 0 ? 0 : 1 + Math.floor(random() * 2.3)
    const parents = new Set(Array.from({ length: count }, () => recent(index)))
    const dependsOn = index > 0 && random() < 0.3 ? [recent(index)].filter((one) => !parents.has(one)) : []
    return { key: random(), input: revision(name(index), [...parents], dependsOn) }
  })
  return inOrder.toSorted((one, other) => one.key - other.key).map(({ input }) => input)
}

/** Numbers from 0 to 1 that look random and are the same in every run. */
function numbers(): () => number {
  let state = 1
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

export const shapes = { line, diamonds, lanes, wovenLanes, comb, star, crossedLanes, tangle }
