// heads: the revisions that nothing follows, and where they parted.

import type { FileProblem } from '../project/scripts.ts'
import { loadScripts } from '../project/scripts.ts'
import { outline } from '../revisions/outline.ts'
import { heads as headsOf, realHeads } from '../revisions/relations.ts'
import type { Command } from './command.ts'
import { databaseRows } from './database-rows.ts'
import { type Drawing, drawingOf } from './drawing.ts'
import { type RevisionJson, revisionJson, scriptsOf, standingOf } from './revision-json.ts'

export interface HeadsOptions {
  /** Leave out heads that another revision depends on. */
  readonly resolveDependencies?: boolean
  /** Ask the database what is applied. */
  readonly indicateCurrent?: boolean
  /** Draw the heads with the revisions where they parted and where they begin; `several`: unless there is only one. */
  readonly draw?: boolean | 'several'
}

export interface RevisionsResult {
  readonly revisions: readonly RevisionJson[]
  readonly problems: readonly FileProblem[]
}

/** Revisions, and where that was asked where a database stands and how they hang together. */
export interface DrawnResult extends RevisionsResult {
  /** Rows of the version table that no file answers for; null where the database was not asked. */
  readonly missing: readonly string[] | null
  /** Null where it was not asked. */
  readonly drawing: Drawing | null
}

export const heads: Command<HeadsOptions, DrawnResult> = async (project, options) => {
  const { graph, problems } = loadScripts(project)
  const ids = options.resolveDependencies === true ? realHeads(graph) : headsOf(graph)
  const standing = options.indicateCurrent === true ? standingOf(graph, await databaseRows(project)) : null
  const draws = options.draw === true || (options.draw === 'several' && ids.length > 1)
  return {
    revisions: scriptsOf(graph, ids).map((script) => revisionJson(graph, script, standing)),
    problems,
    missing: standing?.unknown ?? null,
    drawing: draws ? drawingOf(graph, outline(graph, ids), standing) : null,
  }
}
