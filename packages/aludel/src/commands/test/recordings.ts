// What each revision does, recorded before anything is sent: its way up, its way down, and why there is none.

import type { Dialect } from '../../dialects/dialect.ts'
import { isAludelError } from '../../errors.ts'
import type { Op } from '../../ops/operations.ts'
import type { Project } from '../../project/project.ts'
import type { Script } from '../../project/scripts.ts'
import type { RevisionGraph } from '../../revisions/graph.ts'
import { recordBody } from '../../runner/body.ts'
import { directionOps } from '../../runner/direction.ts'
import { createInverses, type Inverses } from '../../runner/inverses.ts'

export interface Recording {
  readonly script: Script
  /** None where it cannot be recorded: then the upgrade fails, and says why. */
  readonly up: readonly Op[]
  readonly down: WayDown
}

export type WayDown =
  | { readonly kind: 'operations'; readonly ops: readonly Op[] }
  | { readonly kind: 'irreversible'; readonly because: string }
  | { readonly kind: 'unrecorded'; readonly error: unknown }

interface RecordingRequest {
  readonly project: Project
  readonly graph: RevisionGraph<Script>
  readonly dialect: Dialect
}

export function recordAll(request: RecordingRequest, scripts: readonly Script[]): readonly Recording[] {
  const inverses = createInverses(request, scripts)
  return scripts.map((script) => ({
    script,
    up: upgradeOps(request, script),
    down: wayDownOf(request, script, inverses),
  }))
}

function upgradeOps({ project, dialect }: RecordingRequest, script: Script): readonly Op[] {
  try {
    return recordBody(project, script, 'upgrade', dialect).ops
  } catch {
    return []
  }
}

function wayDownOf(request: RecordingRequest, script: Script, inverses: Inverses): WayDown {
  try {
    return { kind: 'operations', ops: directionOps({ ...request, script, direction: 'downgrade', inverses }) }
  } catch (error) {
    const because = refusalIn(error)
    return because === null ? { kind: 'unrecorded', error } : { kind: 'irreversible', because }
  }
}

/** Why there is no way down, where the revision says so itself: one that throws on purpose is no mistake. */
function refusalIn(error: unknown): string | null {
  if (!isAludelError(error)) return null
  if (error.code === 'irreversible') return String(error.details.because)
  const { cause } = error
  const isPurpose = error.code === 'body-failed' && cause instanceof Error && !mistakes.has(cause.name)
  return isPurpose ? cause.message : null
}

const mistakes: ReadonlySet<string> = new Set(['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'])

/** Every operation by itself, also those that others hold or declare. */
export function flatOps(ops: readonly Op[]): readonly Op[] {
  return ops.flatMap((op): readonly Op[] => {
    switch (op.kind) {
      case 'autocommit':
        return flatOps(op.ops)
      case 'execute':
      case 'run':
        return [op, ...flatOps(op.effects ?? [])]
      default:
        return [op]
    }
  })
}

/** True where rows may be changed in a way that the operations do not tell. */
export function changesRows(ops: readonly Op[]): boolean {
  return flatOps(ops).some(({ kind }) => kind === 'execute' || kind === 'run')
}
