// Several steps in one text, each with its own BEGIN and COMMIT: one round trip for up to sixteen revisions.

import type { Connection, Statement, StatementFailure } from '../database/types.ts'
import { failed, type ProgressEvent, resultOf, rolledBack, type StepResult } from './outcome.ts'
import { areRows, readVersionRows } from './own-tables.ts'
import { isStatementFailure } from './send.ts'
import type { StepPlace } from './statements/events.ts'
import { isSetting } from './statements/limits.ts'
import { passingReason } from './statements/retry.ts'
import { isStopped } from './statements/stop.ts'
import { atomicStep, endingOf, isTakenBackWhole, type PlannedStep, type StepContext } from './steps.ts'

interface Telling {
  readonly progress: (event: ProgressEvent) => void
}

interface Sending extends Telling {
  readonly context: StepContext
  readonly results: StepResult[]
}

interface Queued {
  readonly step: PlannedStep
  readonly statements: readonly Statement[]
  /** How many of the statements are the step's own. */
  readonly count: number
  readonly texts: readonly string[]
  readonly place: StepPlace
}

/** What a step sends, and what would undo it. */
export interface Sendable {
  readonly statements: readonly Statement[]
  readonly undo: string | null
}

export interface Batch {
  /** Takes a step that can be sent as text; sends what has gathered once it is enough. */
  add(step: PlannedStep, sending: Sendable, place: { readonly position: number }): Promise<void>
  /** Sends what is left; nothing where the run is to stop. */
  flush(): Promise<void>
}

const mostSteps = 16
const mostCharacters = 65_536
const glanceEvery = 4

export function createBatch(context: StepContext, { progress }: Telling, total: number, results: StepResult[]): Batch {
  const { limits, stop } = context.conduct
  let queue: Queued[] = []
  let size = 0
  // What was sent is awaited only when there is more to send, so that files load while the server works.
  let sent: Promise<void> | null = null
  let working = false
  const start = async () => {
    await sent
    if (stop.isAsked) return
    const queued = queue
    queue = []
    size = 0
    working = true
    await limits.enter('ddl')
    for (const { place } of queued) progress({ kind: 'step-started', durationMs: null, ...place })
    sent = sendQueue({ context, progress, results }, queued).finally(() => {
      working = false
    })
    // A rejection is met by the next `await sent`; until then it must not count as unhandled.
    sent.catch(() => undefined)
  }
  return {
    add: async (step, { statements: given, undo }, { position }) => {
      const statements = limits.within(given, { locks: false })
      const texts = [
        'BEGIN',
        ...statements.map((statement) => statement.sql),
        ...endingOf(context, step, null, undo),
        'COMMIT',
      ]
      const { script, direction } = step
      const place = { direction, revision: script.id, message: script.message, position, total }
      queue.push({ step, statements, count: given.length, texts, place })
      size += texts.reduce((sum, text) => sum + text.length, 0)
      const full = queue.length >= mostSteps || size >= mostCharacters
      if (full || sent === null) return start()
      // A server that has nothing to do gets what there is.
      if (queue.length % glanceEvery !== 0) return
      await answersRead()
      if (!working) await start()
    },
    flush: async () => {
      if (queue.length > 0) await start()
      await sent
      sent = null
    },
  }
}

/** One turn of the event loop: what the server has answered by now is taken in. */
function answersRead(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

async function sendQueue(sending: Sending, queue: readonly Queued[]): Promise<void> {
  const { context, progress, results } = sending
  const { db, dialect } = context.session
  const startedAt = performance.now()
  const finish = (done: readonly Queued[]) => {
    const durationMs = Math.round((performance.now() - startedAt) / Math.max(1, done.length))
    for (const { step, count, place } of done) {
      results.push(resultOf(step, durationMs, count))
      progress({ kind: 'step-done', durationMs, ...place })
    }
  }
  // Of one step alone the conduct tells it.
  for (const { statements, place } of queue.length > 1 ? queue : []) {
    for (const one of statements) if (!isSetting(one)) progress({ kind: 'statement', ...place, sql: one.sql })
  }
  try {
    await watched(context, queue, () => db.statements(queue.flatMap(({ texts }) => texts)))
    finish(queue)
  } catch (error) {
    // Cancelled before it was sent.
    if (isStopped(error)) return
    if (!isStatementFailure(error)) throw error
    const { at, offset } = placeOf(queue, error.position)
    const before = queue.slice(0, at)
    if (dialect.explain(error.cause).kind === 'unreachable') finish(before)
    else {
      // The session may stand in a failed transaction whose end has not been heard of yet.
      await db.script('ROLLBACK')
      if (await isUntouched(context, before)) await sendQueue(sending, before)
      else finish(before)
    }
    const culprit = queue[at]
    if (culprit === undefined) throw error
    const cause = causeOf(error, culprit.statements[offset - 1], offset - 1)
    const isPassing = passingReason(cause, dialect) !== null && isTakenBackWhole(culprit.step, context.session)
    if (!isPassing) throw await failed(context, culprit.step, cause, rolledBack)
    await takeAgain(sending, culprit, { refused: cause, startedAt })
    const rest = queue.slice(at + 1)
    if (rest.length > 0 && !context.conduct.stop.isAsked) await sendQueue(sending, rest)
  }
}

/** Which of the steps the server has come to, the version rows tell. */
function watched({ conduct, project, session }: StepContext, queue: readonly Queued[], doing: () => Promise<void>) {
  const locate = async (db: Connection) => {
    const rows = await readVersionRows(project, { ...session, db })
    return Math.max(
      0,
      queue.findIndex(({ step }) => areRows(rows, step.rowsBefore)),
    )
  }
  const statements = queue.length === 1 ? queue.flatMap((queued) => queued.statements) : []
  return conduct
    .at(
      queue.map(({ place }) => place),
      locate,
    )
    .watched(statements, doing)
}

/** What a lock, a deadlock or a conflict has refused, by itself: all of it was rolled back. */
async function takeAgain(
  { context, progress, results }: Sending,
  { step, place }: Queued,
  { refused, startedAt }: { readonly refused: unknown; readonly startedAt: number },
): Promise<void> {
  const conduct = context.conduct.at([place])
  try {
    const count = await conduct.retried(() => atomicStep({ ...context, conduct }, step, startedAt), { refused })
    const durationMs = Math.round(performance.now() - startedAt)
    results.push(resultOf(step, durationMs, count))
    progress({ kind: 'step-done', durationMs, ...place })
  } catch (error) {
    throw await failed(context, step, error, rolledBack)
  }
}

function causeOf(failure: StatementFailure, statement: Statement | undefined, position: number): unknown {
  if (statement === undefined) return failure.cause
  const told = { name: 'SendFailure' as const, position, statement, cause: failure.cause }
  return Object.assign(new Error(String(failure.cause)), told)
}

/** A text that cannot be parsed is refused whole, before anything of it runs: then what came before the culprit is to be sent. */
async function isUntouched({ project, session }: StepContext, queue: readonly Queued[]): Promise<boolean> {
  const [first] = queue
  if (first === undefined) return false
  const rows = await readVersionRows(project, session)
  return areRows(rows, first.step.rowsBefore)
}

/** Which step of the queue a statement belongs to, and its place there. */
function placeOf(queue: readonly Queued[], position: number): { readonly at: number; readonly offset: number } {
  let left = position
  for (const [at, { texts }] of queue.entries()) {
    if (left < texts.length) return { at, offset: left }
    left -= texts.length
  }
  return { at: queue.length, offset: 0 }
}
