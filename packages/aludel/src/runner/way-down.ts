// Which revisions nothing can take back, told before anything is sent.

import type { Dialect } from '../dialects/dialect.ts'
import { isAludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { directionOps } from './fold.ts'
import { inverseMark } from './inverse.ts'

export interface WayDownRequest {
  readonly project: Project
  readonly graph: RevisionGraph<Script>
  readonly dialect: Dialect
}

/**
 * Why a revision cannot be taken back, as a sentence; null where it can. A way down that somebody wrote is believed; any
 * other is inverted, as it will be. A file that cannot be loaded says nothing here: it fails at its own turn.
 */
export function irreversibleReason(request: WayDownRequest, script: Script): string | null {
  // The text tells most of it, and loading a thousand files before the first is sent would cost the run its lead.
  if (script.wayDown === 'written') return null
  try {
    const { upgrade, downgrade } = request.project.loader.load(script.file)
    if (typeof upgrade !== 'function') return null
    if (typeof downgrade !== 'function' || inverseMark in downgrade)
      directionOps({ ...request, script, direction: 'downgrade' })
    return null
  } catch (error) {
    if (isAludelError(error) && error.code === 'irreversible') return String(error.details.because ?? error.message)
    return null
  }
}
