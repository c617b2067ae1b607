// show: one revision, or several, with everything its header says.

import { loadScripts } from '../project/scripts.ts'
import { branchLabels, followers } from '../revisions/relations.ts'
import { resolve } from '../revisions/target.ts'
import type { Command } from './command.ts'
import { databaseRows } from './database-rows.ts'
import type { RevisionsResult } from './heads.ts'
import { irreversibleReasons } from './irreversible.ts'
import { revisionJson, scriptsOf } from './revision-json.ts'

export interface ShowOptions {
  readonly target: string
}

export interface ShowResult extends RevisionsResult {
  /** The revisions that follow each one. */
  readonly followers: Readonly<Record<string, readonly string[]>>
  /** The names of the branches each one is on. */
  readonly branches: Readonly<Record<string, readonly string[]>>
  /** Why nothing can take a revision back, for each that is so. */
  readonly irreversible: Readonly<Record<string, string>>
}

export const show: Command<ShowOptions, ShowResult> = async (project, { target }) => {
  const { graph, problems } = loadScripts(project)
  const current = /(?:^|@)(?:current|[-+]\d)/.test(target) ? await databaseRows(project) : null
  const ids = resolve(graph, target, { current })
  const labels = branchLabels(graph)
  const scripts = scriptsOf(graph, ids)
  return {
    revisions: scripts.map((script) => revisionJson(graph, script, null)),
    followers: Object.fromEntries(ids.map((id) => [id, followers(graph, id)])),
    branches: Object.fromEntries(ids.map((id) => [id, labels.get(id) ?? []])),
    irreversible: Object.fromEntries(await irreversibleReasons(project, graph, scripts)),
    problems,
  }
}
