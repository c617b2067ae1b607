// branches: the revisions that more than one follows, each with those that follow it.

import { loadScripts } from '../project/scripts.ts'
import { branchPoints, followers } from '../revisions/relations.ts'
import type { Command } from './command.ts'
import type { RevisionsResult } from './heads.ts'
import { type RevisionJson, revisionJson, scriptsOf } from './revision-json.ts'

export interface BranchesResult extends RevisionsResult {
  /** By branch point: the revisions that follow it. */
  readonly followers: Readonly<Record<string, readonly RevisionJson[]>>
}

export const branches: Command<Record<never, never>, BranchesResult> = async (project) => {
  const { graph, problems } = loadScripts(project)
  const points = branchPoints(graph)
  const json = (ids: readonly string[]) => scriptsOf(graph, ids).map((script) => revisionJson(graph, script, null))
  return {
    revisions: json(points),
    followers: Object.fromEntries(points.map((id) => [id, json(followers(graph, id))])),
    problems,
  }
}
