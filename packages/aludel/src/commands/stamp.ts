// stamp: moves the version rows and runs nothing.

import { AludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import { loadScripts, requireLegal } from '../project/scripts.ts'
import type { StampStep } from '../revisions/rows.ts'
import { splitRange } from '../revisions/spelling.ts'
import { planStamp } from '../revisions/stamp.ts'
import { resolve } from '../revisions/target.ts'
import { offlineScript } from '../runner/offline.ts'
import { offlineDialect, withSession } from '../runner/session.ts'
import { runStamp } from '../runner/stamp.ts'
import type { ProgressEvent } from '../runner/statements/events.ts'
import type { ScriptResult } from './move-script.ts'

export interface StampOptions {
  readonly targets: readonly string[]
  /** Take every row away first, also rows that no file answers for. */
  readonly purge?: boolean
  /** Told where another run holds the lock. */
  readonly progress?: (event: ProgressEvent) => void
  /** With a script: the engine to write for. */
  readonly dialect?: string
}

/** A stamp's step, with the keys that every step of a plan has. */
interface PlannedStamp extends StampStep {
  readonly revision: null
  readonly message: ''
}

export interface StampResultJson {
  readonly database: string
  readonly current: readonly string[]
  readonly target: string
  readonly steps: readonly (PlannedStamp & { readonly durationMs: number; readonly statements: number })[]
  readonly heads: readonly string[]
  readonly durationMs: number
}

export async function stamp(project: Project, { targets, purge, progress }: StampOptions): Promise<StampResultJson> {
  const startedAt = performance.now()
  const graph = requireLegal(loadScripts(project))
  return withSession(project, { mustExist: false }, async (session) => {
    const result = await runStamp({
      project,
      session,
      graph,
      purge: purge ?? false,
      progress: progress ?? (() => undefined),
      plan: (current) => planStamp(graph, { current, target: targets }),
    })
    const durationMs = Math.round(performance.now() - startedAt)
    const steps = result.steps.map(({ direction, from, to }) => ({
      ...{ direction, revision: null, message: '' as const, from, to },
      ...{ durationMs, statements: 1 },
    }))
    return { database: session.db.address, target: targets.join(' '), ...result, steps, durationMs }
  })
}

/** The row changes as a script; a range says where it starts. */
export async function stampScript(
  project: Project,
  { targets, purge, dialect: named }: StampOptions,
): Promise<ScriptResult> {
  if (purge === true) {
    throw new AludelError(
      'purge-needs-database',
      '`--purge` takes away the rows that are there, which a script cannot know.',
      {
        hint: 'Leave --purge or --sql out.',
      },
    )
  }
  const graph = requireLegal(loadScripts(project))
  await project.loader.ready()
  const [first = 'head', ...others] = targets
  const range = splitRange(first)
  const current = range?.start ? [...resolve(graph, range.start)] : []
  const target = [range === null ? first : (range.end ?? 'head'), ...others]
  const { steps } = planStamp(graph, { current, target })
  return {
    target: targets.join(' '),
    sql: offlineScript({
      project,
      dialect: await offlineDialect(project, named),
      graph,
      current,
      steps,
      skipCode: false,
    }),
  }
}
