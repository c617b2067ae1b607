// upgrade and downgrade: to a target, or as a script.

import type { Features } from '../database/types.ts'
import { AludelError, isAludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import { loadScripts, requireLegal, type Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { type Plan, planDowngrade, planUpgrade } from '../revisions/plan.ts'
import { currentHeads } from '../revisions/relations.ts'
import type { RevisionStep } from '../revisions/rows.ts'
import { splitRange } from '../revisions/spelling.ts'
import { isKnownRow, resolve } from '../revisions/target.ts'
import type { Direction } from '../runner/body.ts'
import { readVersionRows } from '../runner/bookkeeping.ts'
import { directionOps } from '../runner/direction.ts'
import { readyToFold } from '../runner/fold.ts'
import { createInverses } from '../runner/inverses.ts'
import { type Loss, lossesOf } from '../runner/losses.ts'
import { offlineScript } from '../runner/offline.ts'
import type { ProgressEvent, StepResult } from '../runner/outcome.ts'
import { type RunResult, runPlan } from '../runner/run.ts'
import { offlineDialect, openSession, type Session } from '../runner/session.ts'
import { type StrangerRequest, strangerRefusal, strangersAt, takeBack, whoseRow } from '../runner/strangers.ts'
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
  /** True to go on where files were changed after they ran here, and to write down that this is right. */
  readonly acceptEdited?: boolean
  /** True to step back from revisions that have no file here, by the SQL that the history keeps; `confirm` is asked else. */
  readonly fromHistory?: boolean
  /** True to look for rows that would be lost, which records every step before the first is sent. */
  readonly losses?: boolean
}

/** What somebody should know before a run. */
export interface MoveWarnings {
  readonly irreversible: readonly { readonly revision: string; readonly message: string; readonly because: string }[]
  readonly losses: readonly Loss[]
  /** Steps back by the SQL that the history keeps, because the file is not here. */
  readonly strangers: readonly { readonly revision: string; readonly whose: string; readonly sql: readonly string[] }[]
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
  const session = await opening
  try {
    const at = { project, session, graph }
    const back = direction === 'downgrade' ? await backFromStrangers(at, options) : null
    const target = back === null ? options.target : back.target
    const result =
      target === null
        ? null
        : await runTo(at, direction, { ...options, target }).catch((error) => throwExplained(at, error))
    const answer = {
      database: session.db.address,
      target: options.target,
      current: back?.rowsBefore ?? result?.current ?? [],
      steps: [...(back?.steps ?? []), ...(result?.steps ?? [])],
      heads: result?.heads ?? back?.rowsAfter ?? [],
      durationMs: Math.round(performance.now() - startedAt),
    }
    const { heads, durationMs } = answer
    options.progress?.({ kind: 'done', revision: null, steps: answer.steps.length, heads, durationMs })
    return answer
  } finally {
    await session.close()
  }
}

function runTo(at: StrangerRequest, direction: Direction, options: MoveOptions): Promise<RunResult> {
  return runPlan({
    ...at,
    plan: (current) => planOf(at.graph, direction, current, options.target),
    approve: approval(at, direction, options),
    edited: direction === 'downgrade' ? 'ignore' : options.acceptEdited === true ? 'accept' : 'refuse',
    progress: options.progress ?? (() => undefined),
    log: options.log ?? (() => undefined),
    started: () => options.started?.(at.session.dialect.features),
    signal: options.signal ?? new AbortController().signal,
    cancel: options.cancel ?? new AbortController().signal,
    random: options.random ?? Math.random,
  })
}

/** A row without a file is told with whoever has it. */
async function throwExplained(request: StrangerRequest, error: unknown): Promise<never> {
  if (!isAludelError(error) || error.code !== 'unknown-revision' || error.details.row !== true) throw error
  const rows = (await readVersionRows(request.project, request.session)) ?? []
  const [stranger] = await strangersAt(request, rows, 1)
  throw stranger === undefined ? error : await strangerRefusal(request, stranger)
}

interface WayBack {
  readonly rowsBefore: readonly string[]
  readonly rowsAfter: readonly string[]
  readonly steps: readonly StepResult[]
  /** What is left of the way; null where nothing is. */
  readonly target: string | null
}

/** Steps back from rows without a file, as far as the target asks for it; null where there are none. */
async function backFromStrangers(
  request: StrangerRequest,
  { target, confirm, fromHistory = false }: MoveOptions,
): Promise<WayBack | null> {
  const rows = (await readVersionRows(request.project, request.session)) ?? []
  if (rows.every((row) => isKnownRow(request.graph, row))) return null
  const count = /^-(\d+)$/.exec(target)?.[1]
  const strangers = await strangersAt(request, rows, count === undefined ? null : Number(count))
  const stuck = strangers.find(({ undo }) => undo === null)
  if (stuck !== undefined) throw await strangerRefusal(request, stuck)
  if (!fromHistory) {
    const [first] = strangers
    if (confirm === undefined && first !== undefined) throw await strangerRefusal(request, first)
    await confirm?.({
      ...{ irreversible: [], losses: [] },
      strangers: strangers.map((one) => ({
        revision: one.revision,
        whose: whoseRow(one),
        sql: one.undo?.statements ?? [],
      })),
    })
  }
  const steps = await takeBack(request, strangers)
  const left = count === undefined ? null : Number(count) - steps.length
  return {
    rowsBefore: rows,
    rowsAfter: strangers.at(-1)?.rowsAfter ?? rows,
    steps,
    target: left === null ? target : left > 0 ? `-${left}` : null,
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
    if (irreversible.length + losses.length > 0) await confirm({ irreversible, losses, strangers: [] })
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
