// test: every revision up, down and up again on a scratch database, with rows in its tables; and the chain as a whole.

import type { Project } from '../../project/project.ts'
import { loadScripts, requireLegal, type Script } from '../../project/scripts.ts'
import type { RevisionGraph } from '../../revisions/graph.ts'
import { ancestors } from '../../revisions/relations.ts'
import { foldOps, nothing, readyToFold } from '../../runner/fold.ts'
import type { Command } from '../command.ts'
import { type Bench, move, type Standing } from './bench.ts'
import { checkChain } from './chain-checks.ts'
import { foldFrom, readSchema } from './expected.ts'
import { type Recording, recordAll } from './recordings.ts'
import type { RevisionResult, TestResult } from './result.ts'
import { testRevision } from './revision.ts'
import { createOutlook } from './samples/future.ts'
import { type ScratchDatabase, withScratchDatabase } from './scratch-database.ts'
import { type Selection, type SelectionOptions, selectionOf } from './selection.ts'

export interface TestOptions extends SelectionOptions {
  /** The address of a scratch database; default: the configuration's `dev`, or what can be had. */
  readonly dev?: string
  /** False to generate no rows, so that only the schema is looked at; default: true. */
  readonly samples?: boolean
  readonly progress?: (event: TestEvent) => void
  readonly log?: (message: string) => void
  readonly signal?: AbortSignal
}

/** What is told as it goes. */
export type TestEvent =
  | ({ readonly kind: 'test-started'; readonly revision: string; readonly message: string } & Place)
  | ({ readonly kind: 'test-done'; readonly result: RevisionResult } & Place)

interface Place {
  /** From 1, among those that are tested. */
  readonly position: number
  readonly total: number
}

/** @throws AludelError what an illegal chain throws; `no-scratch-database`; `unknown-ref`; `interrupted` */
export const test: Command<TestOptions, TestResult> = async (project, options) => {
  const startedAt = performance.now()
  const graph = requireLegal(loadScripts(project))
  const selection = selectionOf(project, graph, options)
  await project.loader.ready()
  const signal = options.signal ?? new AbortController().signal
  return withScratchDatabase(project, { dev: options.dev ?? null, signal }, async (scratch) => {
    await readyToFold(graph, scratch.dialect)
    const recordings = recordAll({ project, graph, dialect: scratch.dialect }, selection.order)
    const walk: Walk = { project, graph, selection, recordings, scratch, signal, options }
    const { revisions, bench } = await walkThrough(walk)
    const checks = selection.isWhole ? await checkChain({ graph, revisions, bench }) : []
    return {
      dialect: scratch.dialect.name,
      server: scratch.server,
      revisions,
      checks,
      findings: [...revisions, ...checks].flatMap(({ findings }) => findings),
      durationMs: Math.round(performance.now() - startedAt),
    }
  })
}

interface Walk {
  readonly project: Project
  readonly graph: RevisionGraph<Script>
  readonly selection: Selection
  readonly recordings: readonly Recording[]
  readonly scratch: ScratchDatabase
  readonly signal: AbortSignal
  readonly options: TestOptions
}

/** The database where the walk has come to; null where it must be made anew before it can go on. */
interface Ground {
  readonly bench: Bench
  readonly standing: Standing
}

async function walkThrough(
  walk: Walk,
): Promise<{ readonly revisions: readonly RevisionResult[]; readonly bench: Bench | string }> {
  const { recordings, selection, signal, options } = walk
  const revisions: RevisionResult[] = []
  const broken = new Set<string>()
  const total = selection.wanted.size
  const outlook = createOutlook(recordings.map(({ up }) => up))
  let ground: Ground | null = null
  // What was passed by since the database was last brought on.
  const applied: Recording[] = []
  const passed: Recording[] = []
  for (const [at, recording] of recordings.entries()) {
    signal.throwIfAborted()
    const { script } = recording
    const needed = broken.size === 0 ? undefined : ancestors(walk.graph, [script.id]).find((id) => broken.has(id))
    if (needed !== undefined) {
      broken.add(script.id)
      if (selection.wanted.has(script.id)) revisions.push(notTested(recording, needed))
      continue
    }
    if (!selection.wanted.has(script.id)) {
      passed.push(recording)
      continue
    }
    const place = { position: revisions.length + 1, total }
    options.progress?.({ kind: 'test-started', revision: script.id, message: script.message, ...place })
    const startedAt = performance.now()
    ground = await broughtOn(walk, ground, applied, passed)
    applied.push(...passed.splice(0))
    const { result, standing, isApplied } = await testRevision({
      ...ground,
      recording,
      futureOf: (table) => outlook(table, at),
      samples: options.samples ?? true,
    })
    if (isApplied) applied.push(recording)
    else broken.add(script.id)
    ground = standing === null ? null : { ...ground, standing }
    revisions.push({ ...result, durationMs: Math.round(performance.now() - startedAt) })
    options.progress?.({ kind: 'test-done', result: revisions.at(-1) as RevisionResult, ...place })
  }
  return { revisions, bench: await atHeads(walk, ground, { applied, passed, broken }) }
}

/** The database with everything that was passed by; anew where there is none that may go on. */
async function broughtOn(
  walk: Walk,
  ground: Ground | null,
  applied: readonly Recording[],
  passed: readonly Recording[],
): Promise<Ground> {
  const { project, graph, scratch, signal, options } = walk
  if (ground !== null && passed.length === 0) return ground
  const bench = ground?.bench ?? {
    project,
    graph,
    session: await scratch.renew(),
    signal,
    log: options.log ?? (() => undefined),
  }
  const missing = ground === null ? [...applied, ...passed] : passed
  if (missing.length > 0) await move(bench, 'upgrade', missing)
  const before = ground?.standing.folded ?? nothing
  const folded = missing.reduce((state, { up, script }) => foldOps(state, up, script.id, scratch.dialect), before)
  const schema = await readSchema(project, bench.session)
  // What was not tested here, or was told before, is taken as it is.
  return { bench, standing: { folded: foldFrom(schema, folded, scratch.dialect), schema } }
}

interface Way {
  readonly applied: readonly Recording[]
  readonly passed: readonly Recording[]
  readonly broken: ReadonlySet<string>
}

/** Where the chain ends, for what is asked of the whole; or why it cannot be had. */
async function atHeads(walk: Walk, ground: Ground | null, { applied, passed, broken }: Way): Promise<Bench | string> {
  if (!walk.selection.isWhole) return 'Only a part of the chain was tested.'
  if (broken.size > 0) return 'Not every revision could be applied.'
  return (await broughtOn(walk, ground, applied, passed)).bench
}

function notTested({ script }: Recording, because: string): RevisionResult {
  const skipped = 'skipped' as const
  return {
    revision: script.id,
    message: script.message,
    path: script.path,
    upgrade: skipped,
    downgrade: skipped,
    again: skipped,
    rows: skipped,
    rowCount: 0,
    notes: [`It needs ${because}, which cannot be applied.`],
    findings: [],
    durationMs: 0,
  }
}
