// upgrade and downgrade as a script: what would be sent, without a database.

import { AludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import { loadScripts, requireLegal } from '../project/scripts.ts'
import { planDowngrade, planUpgrade } from '../revisions/plan.ts'
import { splitRange } from '../revisions/spelling.ts'
import { resolve } from '../revisions/target.ts'
import type { Direction } from '../runner/body.ts'
import { readyToFold } from '../runner/fold.ts'
import { offlineScript } from '../runner/offline.ts'
import { offlineDialect } from '../runner/session.ts'

export interface ScriptOptions {
  /** A target, or a range `a:b`. */
  readonly target: string
  /** Write a comment in the place of code that a revision runs, instead of refusing it. */
  readonly skipCode?: boolean
  /** The engine to write for, also with its version: `mysql@8.0`; default: the address's. */
  readonly dialect?: string
}

export interface ScriptResult {
  readonly target: string
  readonly sql: string
}

/** What the move would send, as text; with a range it starts from there, else from the base (down: from the heads). */
export async function moveScript(
  project: Project,
  direction: Direction,
  { target, skipCode = false, dialect: named }: ScriptOptions,
): Promise<ScriptResult> {
  const graph = requireLegal(loadScripts(project))
  await project.loader.ready()
  const dialect = await offlineDialect(project, named)
  await readyToFold(graph, dialect)
  const range = splitRange(target)
  if (direction === 'downgrade' && range === null) {
    throw new AludelError(
      'range-required',
      'A downgrade as a script must say where it starts, because no database is asked.',
      {
        hint: `Type \`aludel downgrade --sql head:${target}\`.`,
      },
    )
  }
  const start = range?.start ?? null
  const current = start === null ? [] : [...resolve(graph, start)]
  const end = range === null ? target : (range.end ?? 'head')
  const { steps } =
    direction === 'upgrade'
      ? planUpgrade(graph, { current, target: end })
      : planDowngrade(graph, { current, target: end })
  return { target, sql: offlineScript({ project, dialect, graph, current, steps, skipCode }) }
}
