// What one direction of a revision does: as it is written, inverted, and with what the other direction has kept.

import type { Dialect } from '../dialects/dialect.ts'
import { withPutBacks } from '../ops/archives.ts'
import type { Op } from '../ops/operations.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import { type Direction, recordBody } from './body.ts'
import { type ChainRequest, type Inverses, requireInverse } from './inverses.ts'

export interface DirectionRequest extends ChainRequest {
  readonly script: Script
  readonly direction: Direction
  /** Of the revisions of the run. */
  readonly inverses: Inverses
}

/** The operations of one direction, with a way down that is not written inverted from the way up. */
export function directionOps({ project, script, direction, dialect, inverses }: DirectionRequest): readonly Op[] {
  const { ops, inverted } = recordBody(project, script, direction, dialect)
  if (inverted) return requireInverse(inverses, script)
  return direction === 'downgrade' ? puttingBack(project, script, ops, dialect) : ops
}

/** What the way up keeps, the way down puts back; most keep nothing, which their text tells without a recording. */
function puttingBack(project: Project, script: Script, down: readonly Op[], dialect: Dialect): readonly Op[] {
  const { upgrade } = project.loader.load(script.file)
  if (typeof upgrade !== 'function' || !/\bkeep\b/.test(String(upgrade))) return down
  return withPutBacks(down, recordBody(project, script, 'upgrade', dialect).ops)
}
