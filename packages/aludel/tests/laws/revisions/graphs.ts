// Random graphs without problems: merges, several bases, dependencies, any load order.

import fc from 'fast-check'
import type { RevisionGraph } from '../../../src/revisions/graph.ts'
import type { RevisionInput } from '../../../src/revisions/revision.ts'

/** Revisions in a load order that says nothing about their ages. */
export const revisions: fc.Arbitrary<readonly RevisionInput[]> = fc
  .array(
    fc.record({
      parents: fc.array(fc.nat({ max: 5 }), { maxLength: 3 }),
      dependencies: fc.array(fc.nat(), { maxLength: 2 }),
      depends: fc.nat({ max: 3 }),
      place: fc.nat(),
    }),
    { minLength: 1, maxLength: 24 },
  )
  .map((drafts) => {
    const inputs = drafts.map((draft, index): RevisionInput & { place: number } => {
      const below = (distances: readonly number[]): readonly string[] =>
        index === 0 ? [] : [...new Set(distances.map((distance) => `r${Math.max(0, index - 1 - (distance % index))}`))]
      const dependsOn = draft.depends === 0 ? below(draft.dependencies) : []
      return { id: `r${index}`, downRevisions: below(draft.parents), dependsOn, branchLabels: [], place: draft.place }
    })
    return inputs.toSorted((one, other) => one.place - other.place).map(({ place: _, ...input }) => input)
  })

/** Everything that must be applied before, searched for without the graph's own means. */
export function required(graph: RevisionGraph, ids: Iterable<string>): Set<string> {
  const found = new Set<string>()
  const open = [...ids]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue
    found.add(id)
    const revision = graph.revisions.get(id)
    open.push(...(revision?.downRevisions ?? []), ...(revision?.dependsOn ?? []))
  }
  return found
}

/** The rows that a version table has when these revisions are applied. */
export function rowsOf(graph: RevisionGraph, applied: ReadonlySet<string>): readonly string[] {
  const needed = new Set([...applied].flatMap((id) => [...required(graph, [id])].filter((below) => below !== id)))
  return [...applied].filter((id) => !needed.has(id)).sort()
}

/** A graph's revisions, and some of them to be applied with all they need. */
export const partlyApplied: fc.Arbitrary<{ inputs: readonly RevisionInput[]; picks: readonly string[] }> = fc
  .tuple(revisions, fc.array(fc.nat(), { maxLength: 4 }))
  .map(([inputs, numbers]) => {
    const picks = numbers.flatMap((number) => inputs[number % inputs.length]?.id ?? [])
    return { inputs, picks }
  })
