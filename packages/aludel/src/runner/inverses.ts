// Ways down that are the inversion of the way up: all of a run's in one walk through the chain.

import type { Dialect } from '../dialects/dialect.ts'
import { AludelError } from '../errors.ts'
import { type Irreversible, isIrreversible } from '../ops/definition.ts'
import type { Op } from '../ops/operations.ts'
import { invertAll } from '../ops/registry.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { history } from '../revisions/history.ts'
import { ancestors } from '../revisions/relations.ts'
import { recordBody } from './body.ts'
import { type Folded, foldOps, nothing } from './fold.ts'

export interface ChainRequest {
  readonly project: Project
  readonly graph: RevisionGraph<Script>
  readonly dialect: Dialect
}

export interface Inverses {
  /** What undoes a revision, from what the chain makes before it. @throws what recording a revision of the chain throws. */
  of(script: Script): readonly Op[] | Irreversible
}

type Answer = { readonly ops: readonly Op[] | Irreversible } | { readonly error: unknown }

/** Nothing is recorded before somebody asks; then the answers for all these revisions are found, by one walk. */
export function createInverses(request: ChainRequest, scripts: readonly Script[]): Inverses {
  let answers: ReadonlyMap<string, Answer> | null = null
  return {
    of: (script) => {
      answers ??= inversesOf(request, scripts)
      const answer = answers.get(script.id) ?? inversesOf(request, [script]).get(script.id)
      if (answer === undefined) throw new Error(`Revision ${script.id} is not in the chain.`)
      if ('error' in answer) throw answer.error
      return answer.ops
    },
  }
}

function inversesOf(
  { project, graph, dialect }: ChainRequest,
  scripts: readonly Script[],
): ReadonlyMap<string, Answer> {
  const ids = scripts.filter(({ wayDown }) => wayDown === 'other').map(({ id }) => id)
  const targets = new Set(ids.length === 0 ? scripts.map(({ id }) => id) : ids)
  const wanted = new Set([...targets, ...ancestors(graph, [...targets])])
  const answers = new Map<string, Answer>()
  let folded: Folded | { readonly error: unknown } = nothing
  for (const id of history(graph).toReversed()) {
    const script = graph.revisions.get(id)
    if (script === undefined || !wanted.has(id)) continue
    try {
      if ('error' in folded) throw folded.error
      const { ops } = recordBody(project, script, 'upgrade', dialect)
      if (targets.has(id)) answers.set(id, { ops: invertAll(ops, folded.schema) })
      folded = foldOps(folded, ops, id, dialect)
    } catch (error) {
      // What stands on a revision that cannot be recorded cannot be told either.
      folded = { error }
      if (targets.has(id)) answers.set(id, folded)
    }
  }
  return answers
}

/** The same, or a refusal that names the revision. */
export function requireInverse(inverses: Inverses, script: Script): readonly Op[] {
  const answer = inverses.of(script)
  if (!isIrreversible(answer)) return answer
  throw new AludelError(
    'irreversible',
    `Revision ${script.id} (${script.path}) cannot be inverted: ${answer.irreversible}`,
    {
      hint: 'Write its `downgrade` by hand.',
      details: { file: script.path, revision: script.id, because: answer.irreversible },
    },
  )
}
