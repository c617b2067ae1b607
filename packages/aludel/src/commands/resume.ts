// resume: goes on with the one step that broke off, also from where a person says.

import type { Features } from '../database/types.ts'
import { AludelError } from '../errors.ts'
import type { Script } from '../project/scripts.ts'
import { loadScripts, requireLegal } from '../project/scripts.ts'
import { type RevisionStep, rowsAlong } from '../revisions/rows.ts'
import { type BrokenOff, readBrokenOffs } from '../runner/broken-off.ts'
import type { ProgressEvent, StepResult } from '../runner/outcome.ts'
import { runPlan, type Signals, signalsOf } from '../runner/run.ts'
import { withSession } from '../runner/session.ts'
import type { Command } from './command.ts'

export interface ResumeOptions {
  /** The statement to go on with, from 1: all before it count as applied. Default: journal and catalogue tell. */
  readonly from?: number
  readonly progress?: (event: ProgressEvent) => void
  readonly log?: (message: string) => void
  /** Ends the run at the next safe point; `cancel` also the statement under way. */
  readonly signal?: AbortSignal
  readonly cancel?: AbortSignal
  /** Called once it is sure that there is something to do, before any of it. */
  readonly started?: (features: Features) => void
  /** Asked then, where `signal` and `cancel` are only made for a run that does something. */
  readonly signals?: () => Signals
}

export interface ResumeResult {
  readonly database: string
  readonly current: readonly string[]
  readonly revision: string
  readonly steps: readonly StepResult[]
  readonly heads: readonly string[]
}

export const resume: Command<ResumeOptions, ResumeResult> = async (project, options) => {
  const graph = requireLegal(loadScripts(project))
  await project.loader.ready()
  return withSession(project, { mustExist: true }, async (session) => {
    const [revision, { direction }] = onlyOne(await readBrokenOffs(project, session))
    const script = graph.revisions.get(revision)
    if (script === undefined) throw withoutFile(revision)
    const step = { direction, revision: script } as RevisionStep<Script>
    const result = await runPlan({
      ...{ project, session, graph },
      plan: (current) => {
        const [passed] = rowsAlong(graph, current, [step])
        return { steps: [step], heads: passed?.rowsAfter ?? current }
      },
      approve: null,
      edited: 'ignore',
      resumeFrom: options.from ?? null,
      progress: options.progress ?? (() => undefined),
      log: options.log ?? (() => undefined),
      started: (features) => {
        options.started?.(features)
        return signalsOf(options, options.signals?.())
      },
      random: Math.random,
    })
    return { database: session.db.address, revision, ...result }
  })
}

function onlyOne(open: ReadonlyMap<string, BrokenOff>): readonly [string, BrokenOff] {
  const [first, ...more] = [...open].filter(([, { sums, failed }]) => sums.length > 0 || !failed)
  if (first === undefined) {
    throw new AludelError('nothing-to-resume', 'No step has broken off here.', {
      hint: '`aludel upgrade` applies what is pending.',
    })
  }
  if (more.length === 0) return first
  const revisions = [first, ...more].map(([revision]) => revision)
  throw new AludelError('several-broken-off', `Steps of several revisions have broken off: ${revisions.join(', ')}.`, {
    hint: 'Say of each what became of it: `aludel resolve --applied REVISION` or `--undone REVISION`.',
    details: { revisions },
  })
}

function withoutFile(revision: string): AludelError {
  return new AludelError(
    'unknown-revision',
    `A step of revision ${revision} has broken off, and no file here has it.`,
    {
      hint: 'Get its file, or finish or undo it by hand and say so: `aludel resolve --applied` or `--undone`.',
      details: { revision },
    },
  )
}
