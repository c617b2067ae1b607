// upgrade and downgrade to a target.

import { milliseconds } from '../clock.ts'
import type { Features } from '../database/types.ts'
import { AludelError, isAludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import { loadScripts, requireLegal, type Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { type Plan, planDowngrade, planUpgrade } from '../revisions/plan.ts'
import { currentHeads } from '../revisions/relations.ts'
import type { RevisionStep } from '../revisions/rows.ts'
import { splitRange } from '../revisions/spelling.ts'
import { isKnownRow } from '../revisions/target.ts'
import type { Direction } from '../runner/body.ts'
import { type Contact, openContact } from '../runner/contact.ts'
import type { Loss } from '../runner/losses.ts'
import type { ProgressEvent, StepResult } from '../runner/outcome.ts'
import { readVersionRows } from '../runner/own-tables.ts'
import { type RunResult, runPlan, type Signals, signalsOf } from '../runner/run.ts'
import type { WayBack } from './move-back.ts'

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
  /** Asked then, where `signal` and `cancel` are only made for a run that does something. */
  readonly signals?: () => Signals
  /** From 0 to 1, for the time before something is tried again; default: `Math.random`. */
  readonly random?: () => number
  /** Asked before anything is sent, where the run would lose something or cannot be taken back; default: nobody asks. */
  readonly confirm?: (warnings: MoveWarnings) => Promise<void>
  /** True to go on where files were changed after they ran here, and to write down that this is right. */
  readonly acceptEdited?: boolean
  /** True to step back from revisions that have no file here, by the SQL that the history keeps; `confirm` is asked else. */
  readonly fromHistory?: boolean
  /** True to look for rows that would be lost, which records every step before the first is sent; asked where there is a step. */
  readonly losses?: boolean | (() => boolean)
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

export function upgrade(project: Project, options: MoveOptions): Promise<MoveResult> {
  return moveTo(project, 'upgrade', options)
}

export function downgrade(project: Project, options: MoveOptions): Promise<MoveResult> {
  return moveTo(project, 'downgrade', options)
}

async function moveTo(project: Project, direction: Direction, options: MoveOptions): Promise<MoveResult> {
  const startedAt = milliseconds()
  if (splitRange(options.target) !== null) {
    throw new AludelError('unexpected-range', `"${options.target}" is a range, which only a script can be made of.`, {
      hint: `Add --sql, or give one target: ${splitRange(options.target)?.end ?? 'head'}.`,
    })
  }
  const opening = openContact(project, { mustExist: false })
  opening.catch(() => undefined)
  const graph = graphOrClose(project, opening)
  const session = await opening
  try {
    const at = { project, session, graph }
    const back = direction === 'downgrade' ? await backFromRows(at, options) : null
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
      durationMs: Math.round(milliseconds() - startedAt),
    }
    const { heads, durationMs } = answer
    options.progress?.({ kind: 'done', revision: null, steps: answer.steps.length, heads, durationMs })
    return answer
  } finally {
    await session.close()
  }
}

interface Place {
  readonly project: Project
  readonly session: Contact
  readonly graph: RevisionGraph<Script>
}

function runTo(at: Place, direction: Direction, options: MoveOptions): Promise<RunResult> {
  const { confirm } = options
  return runPlan({
    ...at,
    plan: (current) => planOf(at.graph, direction, current, options.target),
    approve:
      confirm === undefined
        ? null
        : async (prospect) => {
            const { requireApproval } = await import('./approval.ts')
            await requireApproval({ ...at, ...prospect, direction }, confirm, options)
          },
    edited: direction === 'downgrade' ? 'ignore' : options.acceptEdited === true ? 'accept' : 'refuse',
    progress: options.progress ?? (() => undefined),
    log: options.log ?? (() => undefined),
    started: (features) => {
      options.started?.(features)
      return signalsOf(options, options.signals?.())
    },
    random: options.random ?? Math.random,
  })
}

/** A row without a file is told with whoever has it. */
async function throwExplained({ project, graph, session: contact }: Place, error: unknown): Promise<never> {
  if (!isAludelError(error) || error.code !== 'unknown-revision' || error.details.row !== true) throw error
  const { strangerRefusal, strangersAt } = await import('../runner/strangers.ts')
  const request = { project, graph, session: await contact.session() }
  const rows = (await readVersionRows(project, contact)) ?? []
  const [stranger] = await strangersAt(request, rows, 1)
  throw stranger === undefined ? error : await strangerRefusal(request, stranger)
}

/** Null where every version row has a file here. */
async function backFromRows(
  { project, graph, session: contact }: Place,
  options: MoveOptions,
): Promise<WayBack | null> {
  const rows = (await readVersionRows(project, contact)) ?? []
  if (rows.every((row) => isKnownRow(graph, row))) return null
  const { backFromStrangers } = await import('./move-back.ts')
  return backFromStrangers({ project, graph, session: await contact.session() }, rows, options)
}

// The headers are read while the connection is made; where they are illegal, the connection is not left open.
function graphOrClose(project: Project, opening: Promise<Contact>): RevisionGraph<Script> {
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
