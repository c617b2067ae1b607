// heads: the revisions that nothing follows.

import type { FileProblem } from '../project/scripts.ts'
import { loadScripts } from '../project/scripts.ts'
import { heads as headsOf, realHeads } from '../revisions/relations.ts'
import type { Command } from './command.ts'
import { type RevisionJson, revisionJson, scriptsOf } from './revision-json.ts'

export interface HeadsOptions {
  /** Leave out heads that another revision depends on. */
  readonly resolveDependencies?: boolean
}

export interface RevisionsResult {
  readonly revisions: readonly RevisionJson[]
  readonly problems: readonly FileProblem[]
}

export const heads: Command<HeadsOptions, RevisionsResult> = async (project, options) => {
  const { graph, problems } = loadScripts(project)
  const ids = options.resolveDependencies === true ? realHeads(graph) : headsOf(graph)
  return { revisions: scriptsOf(graph, ids).map((script) => revisionJson(graph, script, null)), problems }
}
