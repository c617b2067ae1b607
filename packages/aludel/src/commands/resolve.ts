// resolve: says what became of a step that broke off.

import { loadScripts, requireLegal } from '../project/scripts.ts'
import { resolve as resolveTarget } from '../revisions/target.ts'
import { runResolve } from '../runner/resolve.ts'
import { withSession } from '../runner/session.ts'
import type { ProgressEvent } from '../runner/statements/events.ts'
import type { Command } from './command.ts'

export interface ResolveOptions {
  readonly revision: string
  /** `applied`: everything that the revision does is in the database; `undone`: nothing of it is. */
  readonly as: 'applied' | 'undone'
  /** Told where another run holds the lock. */
  readonly progress?: (event: ProgressEvent) => void
}

export interface ResolveResultJson {
  readonly database: string
  readonly revision: string
  readonly as: 'applied' | 'undone'
  readonly current: readonly string[]
  readonly heads: readonly string[]
}

export const resolve: Command<ResolveOptions, ResolveResultJson> = async (
  project,
  { revision: given, as, progress = () => undefined },
) => {
  const graph = requireLegal(loadScripts(project))
  await project.loader.ready()
  const revision = graph.revisions.has(given) ? given : (resolveTarget(graph, given)[0] ?? given)
  return withSession(project, { mustExist: true }, async (session) => {
    const { rowsBefore, rowsAfter } = await runResolve({ project, session, graph, revision, as, progress })
    return { database: session.db.address, revision, as, current: rowsBefore, heads: rowsAfter }
  })
}
