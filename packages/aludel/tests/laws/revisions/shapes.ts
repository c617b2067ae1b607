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

export const shapes = { line, diamonds, lanes, wovenLanes, comb, star }
