// Which revisions nothing can take back, for verbs that only tell.

import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'

/** The reason for each revision that has one. What must be loaded for it is loaded here and not before. */
export async function irreversibleReasons(
  project: Project,
  graph: RevisionGraph<Script>,
  scripts: readonly Script[],
): Promise<ReadonlyMap<string, string>> {
  const doubtful = scripts.filter(({ wayDown }) => wayDown !== 'written')
  if (doubtful.length === 0) return new Map()
  const [way, fold, { recordingDialect }] = await Promise.all([
    import('../runner/way-down.ts'),
    import('../runner/fold.ts'),
    import('../runner/session.ts'),
    project.loader.ready(),
  ])
  const dialect = await recordingDialect(project)
  await fold.readyToFold(graph, dialect)
  return way.irreversibleReasons({ project, graph, dialect }, doubtful)
}
