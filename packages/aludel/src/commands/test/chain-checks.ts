// What must hold of the chain as a whole: one head, one base, every constraint named, and the models at its end.

import { isAludelError } from '../../errors.ts'
import { definitionOf } from '../../ops/registry.ts'
import type { Script } from '../../project/scripts.ts'
import type { RevisionGraph } from '../../revisions/graph.ts'
import { branchLabels, realBases, realHeads } from '../../revisions/relations.ts'
import { compareProject } from '../compare-project.ts'
import type { Bench } from './bench.ts'
import { type ChainCheck, type Found, outcomeOf, type RevisionResult, type TestFinding } from './result.ts'

export interface ChecksRequest {
  readonly graph: RevisionGraph<Script>
  readonly revisions: readonly RevisionResult[]
  /** At the heads; or why the database could not be brought there. */
  readonly bench: Bench | string
}

export async function checkChain({ graph, revisions, bench }: ChecksRequest): Promise<readonly ChainCheck[]> {
  const unnamed = revisions.flatMap(({ findings }) => findings.filter(({ code }) => code === 'unnamed-constraint'))
  return [
    checked('single head', ends(graph, realHeads(graph), 'several-heads')),
    checked('one base', ends(graph, realBases(graph), 'several-bases')),
    // Each is told with its revision, and only counted here.
    { name: 'no unnamed constraint', outcome: outcomeOf(unnamed), note: null, findings: [] },
    await modelsCheck(bench),
  ]
}

/** Several are meant where every one of them has a branch label of its own. */
function ends(
  graph: RevisionGraph<Script>,
  ids: readonly string[],
  code: 'several-heads' | 'several-bases',
): readonly Found[] {
  const labels = branchLabels(graph)
  const named = new Set(ids.flatMap((id) => labels.get(id)?.[0] ?? []))
  if (ids.length < 2 || named.size === ids.length) return []
  const [what, hint] =
    code === 'several-heads'
      ? ['heads', '`aludel merge heads` writes a revision that follows them, or give each a branch label.']
      : ['bases', 'Let one follow the other, or give each a branch label.']
  const message = `The chain has ${ids.length} ${what}: ${ids.join(', ')}.`
  return [{ code, severity: 'error', message, difference: [], hint }]
}

async function modelsCheck(bench: Bench | string): Promise<ChainCheck> {
  const name = 'models are what the chain makes'
  const skipped = (note: string): ChainCheck => ({ name, outcome: 'skipped', note, findings: [] })
  if (typeof bench === 'string') return skipped(bench)
  const { project, session, graph } = bench
  if (project.configuration.schema === undefined) return skipped('The configuration names no schema.')
  try {
    const { upgrade } = await compareProject(project, session, graph)
    if (upgrade.length === 0) return checked(name, [])
    const difference = upgrade.map((op) => ({ expected: definitionOf(op).describe(op), actual: null }))
    const message = 'The models want what no revision makes.'
    const hint = 'Write it with `aludel migrate -m "..."`.'
    return checked(name, [{ code: 'models-differ', severity: 'error', message, difference, hint }])
  } catch (error) {
    if (!isAludelError(error)) throw error
    return checked(name, [
      { code: 'models-differ', severity: 'error', message: error.message, difference: [], hint: error.hint },
    ])
  }
}

function checked(name: ChainCheck['name'], found: readonly Found[]): ChainCheck {
  const findings = found.map(
    ({ code, severity, ...rest }): TestFinding => ({ code, severity, revision: null, file: null, ...rest }),
  )
  return { name, outcome: outcomeOf(findings), note: null, findings }
}
