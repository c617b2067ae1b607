// Graphs written in one line: `chain('a', 'b<a', 'c<a', 'd<b,c +x #forum')`.

import { isAludelError } from '../../../src/errors.ts'
import type { RevisionGraph } from '../../../src/revisions/graph.ts'
import { buildGraph } from '../../../src/revisions/graph.ts'
import type { Plan } from '../../../src/revisions/plan.ts'
import type { RevisionInput } from '../../../src/revisions/revision.ts'

/** `id<parent,parent +dependency,dependency #label,label`, in load order. */
export function chain(...texts: readonly string[]): RevisionGraph {
  return buildGraph(texts.map(revision))
}

export function revision(text: string): RevisionInput {
  const [edge = '', ...rest] = text.split(' ')
  const [id = '', parents = ''] = edge.split('<')
  const named = (sign: string): readonly string[] => list(rest.find((word) => word.startsWith(sign))?.slice(1) ?? '')
  return { id, downRevisions: list(parents), dependsOn: named('+'), branchLabels: named('#') }
}

function list(text: string): readonly string[] {
  return text === '' ? [] : text.split(',')
}

/** The revisions of a plan's steps, or the moves of a stamp: `a c`, `a>b`. */
export function steps(plan: Plan): string {
  const words = plan.steps.map((step) =>
    step.direction === 'stamp' ? `${step.from.join('+')}>${step.to.join('+')}` : step.revision.id,
  )
  return words.join(' ')
}

/** The code of the refusal, and what a person would read. */
export function refusal(work: () => unknown): {
  readonly code: string
  readonly text: string
  readonly details: unknown
} {
  try {
    work()
  } catch (error) {
    if (isAludelError(error))
      return { code: error.code, text: `${error.message} ${error.hint ?? ''}`, details: error.details }
    throw error
  }
  throw new Error('Nothing was refused.')
}
