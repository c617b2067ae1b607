// current: where the database stands.

import type { Project } from '../project/project.ts'
import { type FileProblem, loadScripts } from '../project/scripts.ts'
import { realHeads } from '../revisions/relations.ts'
import { withContact } from '../runner/contact.ts'
import type { DeviationFinding } from '../runner/deviation-findings.ts'
import { type Deviations, deviationsOf } from '../runner/deviations.ts'
import { readVersionRows } from '../runner/own-tables.ts'
import type { Command } from './command.ts'
import { type RevisionJson, revisionJson, scriptsOf, standingOf } from './revision-json.ts'

export interface CurrentResult {
  readonly database: string
  readonly rows: readonly string[]
  readonly revisions: readonly RevisionJson[]
  readonly unknown: readonly string[]
  readonly atHead: boolean
  /** What files and history disagree about: revisions changed after they ran, and ones that never ran. */
  readonly findings: readonly DeviationFinding[]
  readonly problems: readonly FileProblem[]
}

export const current: Command<Record<never, never>, CurrentResult> = async (project) => {
  const opening = withContact(project, { mustExist: true }, async (session) => {
    const rows = (await readVersionRows(project, session)) ?? []
    const deviations = await deviationsOf({ project, session, graph: scripts.graph, rows })
    return { database: session.db.address, rows, deviations }
  })
  // The headers are read while the connection is made; its failure is met below, after theirs.
  opening.catch(() => undefined)
  const scripts = loadScripts(project)
  const { graph, problems } = scripts
  const { database, rows, deviations } = await opening
  const standing = standingOf(graph, rows)
  const inOrder = [...graph.revisions.keys()].filter((id) => standing.current.has(id))
  return {
    database,
    rows,
    revisions: scriptsOf(graph, inOrder).map((script) => revisionJson(graph, script, standing)),
    unknown: standing.unknown,
    atHead: standing.unknown.length === 0 && realHeads(graph).every((id) => standing.applied.has(id)),
    findings: await findingsOf(project, deviations),
    problems,
  }
}

async function findingsOf(project: Project, deviations: Deviations): Promise<readonly DeviationFinding[]> {
  if (deviations.edited.length + deviations.neverRan.length === 0) return []
  const { deviationFindings } = await import('../runner/deviation-findings.ts')
  return deviationFindings(project, deviations)
}
