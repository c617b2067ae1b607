// upgrade and downgrade: to a target, or as a script.

import type { Features } from '../database/types.ts'
import { AludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import { loadScripts, requireLegal, type Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { type Plan, planDowngrade, planUpgrade } from '../revisions/plan.ts'
import { currentHeads } from '../revisions/relations.ts'
import type { RevisionStep } from '../revisions/rows.ts'
import { splitRange } from '../revisions/spelling.ts'
import { resolve } from '../revisions/target.ts'
import type { Direction } from '../runner/body.ts'
import { directionOps } from '../runner/direction.ts'
import { readyToFold } from '../runner/fold.ts'
import { createInverses } from '../runner/inverses.ts'
import { type Loss, lossesOf } from '../runner/losses.ts'
import { offlineScript } from '../runner/offline.ts'
import type { ProgressEvent, StepResult } from '../runner/outcome.ts'
import { runPlan } from '../runner/run.ts'
import { offlineDialect, openSession, type Session } from '../runner/session.ts'
import { irreversibleReasons } from '../runner/way-down.ts'

export interface MoveOptions {
  readonly target: string
  readonly progress?: (event: ProgressEvent) => void
  readonly log?: (message: string) => void
  /** Ends the run at the next safe point, with `interrupted` and where it stands then. */
  readonly signal?: AbortSignal
  /** Ends the run at once: the statement under way is cancelled on the server. */
  readonly cancel?: AbortSignal
  /** Called once it is sure that there is something to do, before any of it. */
  readonly started?: (features: Features) => void
  /** From 0 to 1, for the time before something is tried again; default: `Math.random`. */
  readonly random?: () => number
  /** Asked before anything is sent, where the run would lose something or cannot be taken back; default: nobody asks. */
  readonly confirm?: (warnings: MoveWarnings) => Promise<void>
  /** True to look for rows that would be lost, which records every step before the first is sent. */
  readonly losses?: boolean
}

/** What somebody should know before a run. */
export interface MoveWarnings {
  readonly irreversible: readonly { readonly revision: string; readonly message: string; readonly because: string }[]
  readonly losses: readonly Loss[]
}

export interface MoveResult {
  readonly database: string
  readonly current: readonly string[]
  readonly target: string
  readonly steps: readonly StepResult[]
  readonly heads: readonly string[]
  readonly durationMs: number
}

export interface ScriptResult {
  readonly target: string
  readonly sql: string
}

export function upgrade(project: Project, options: MoveOptions): Promise<MoveResult> {
  return moveTo(project, 'upgrade', options)
}

export function downgrade(project: Project, options: MoveOptions): Promise<MoveResult> {
  return moveTo(project, 'downgrade', options)
}

async function moveTo(project: Project, direction: Direction, options: MoveOptions): Promise<MoveResult> {
  const startedAt = performance.now()
  if (splitRange(options.target) !== null) {
    throw new AludelError('unexpected-range', `"${options.target}" is a range, which only a script can be made of.`, {
      hint: `Add --sql, or give one target: ${splitRange(options.target)?.end ?? 'head'}.`,
    })
  }
  const opening = openSession(project, { mustExist: false })
  opening.catch(() => undefined)
  const graph = graphOrClose(project, opening)
  await project.loader.ready()
  const session = await opening
  try {
    const plan = (current: readonly string[]): Plan<RevisionStep<Script>> =>
      planOf(graph, direction, current, options.target)
    const result = await runPlan({
      project,
      session,
      graph,
      plan,
      approve: approval({ project, graph, session }, direction, options),
      progress: options.progress ?? (() => undefined),
      log: options.log ?? (() => undefined),
      started: () => options.started?.(session.dialect.features),
      signal: options.signal ?? new AbortController().signal,
      cancel: options.cancel ?? new AbortController().signal,
      random: options.random ?? Math.random,
    })
    return {
      database: session.db.address,
      target: options.target,
      ...result,
      durationMs: Math.round(performance.now() - startedAt),
    }
  } finally {
    await session.close()
  }
}

function approval(
  { project, graph, session }: { project: Project; graph: RevisionGraph<Script>; session: Session },
  direction: Direction,
  { confirm, losses: wanted = false }: MoveOptions,
): ((steps: readonly RevisionStep<Script>[]) => Promise<void>) | null {
  if (confirm === undefined) return null
  const request = { project, graph, dialect: session.dialect }
  return async (steps) => {
    const scripts = steps.map(({ revision }) => revision)
    if (scripts.some(({ wayDown }) => wayDown === 'other')) await readyToFold(graph, session.dialect)
    const reasons = direction === 'upgrade' ? irreversibleReasons(request, scripts) : new Map<string, string>()
    const irreversible = scripts.flatMap(({ id, message }) => {
      const because = reasons.get(id)
      return because === undefined ? [] : [{ revision: id, message, because }]
    })
    const losses: Loss[] = []
    const inverses = createInverses(request, scripts)
    for (const script of wanted ? scripts : []) {
      losses.push(...(await lossesOf(session, script.id, directionOps({ ...request, script, direction, inverses }))))
    }
    if (irreversible.length + losses.length > 0) await confirm({ irreversible, losses })
  }
}

// The headers are read while the connection is made; where they are illegal, the connection is not left open.
function graphOrClose(project: Project, opening: ReturnType<typeof openSession>): RevisionGraph<Script> {
  try {
    return requireLegal(loadScripts(project))
  } catch (error) {
    opening.then((session) => session.close()).catch(() => undefined)
    throw error
  }
}

export function planOf(
  graph: RevisionGraph<Script>,
  direction: Direction,
  current: readonly string[],
  target: string,
): Plan<RevisionStep<Script>> {
  if (direction === 'upgrade') return planUpgrade(graph, { current, target })
  const rows = currentHeads(graph, current)
  if (/^-\d+$/.test(target) && rows.length > 1) {
    throw new AludelError(
      'ambiguous-downgrade',
      `The database is at ${rows.length} revisions, so "${target}" could start from any of them.`,
      {
        hint: `Name the branch: ${rows.map((row) => `${row}@${target}`).join(', ')}.`,
        details: { candidates: rows },
      },
    )
  }
  return planDowngrade(graph, { current, target })
}

export interface ScriptOptions {
  /** A target, or a range `a:b`. */
  readonly target: string
  /** Write a comment in the place of code that a revision runs, instead of refusing it. */
  readonly skipCode?: boolean
  /** The engine to write for, also with its version: `mysql@8.0`; default: the address's. */
  readonly dialect?: string
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
