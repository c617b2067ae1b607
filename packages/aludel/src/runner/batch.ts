// Several steps in one text, each with its own BEGIN and COMMIT: one round trip for up to sixteen revisions.

import type { Statement } from '../database/types.ts'
import { readVersionRows } from './bookkeeping.ts'
import { failed, type ProgressEvent, resultOf, rolledBack, type StepResult } from './outcome.ts'
import { isStatementFailure } from './send.ts'
import { endingOf, type PlannedStep, type StepContext } from './steps.ts'

interface Telling {
  readonly progress: (event: ProgressEvent) => void
}

interface Queued {
  readonly step: PlannedStep
  readonly statements: readonly Statement[]
  readonly texts: readonly string[]
  readonly position: number
}

export interface Batch {
  /** Takes a step that can be sent as text; sends what has gathered once it is enough. */
  add(step: PlannedStep, statements: readonly Statement[], place: { readonly position: number }): Promise<void>
  flush(): Promise<void>
}

const mostSteps = 16
const mostCharacters = 65_536
const glanceEvery = 4

export function createBatch(context: StepContext, request: Telling, total: number, results: StepResult[]): Batch {
  let queue: Queued[] = []
  let size = 0
  // What was sent is awaited only when there is more to send, so that files load while the server works.
  let sent: Promise<void> | null = null
  let working = false
  const start = async () => {
    await sent
    const queued = queue
    queue = []
    size = 0
    working = true
    sent = sendQueue(context, request, queued, total, results).finally(() => {
      working = false
    })
    // A rejection is met by the next `await sent`; until then it must not count as unhandled.
    sent.catch(() => undefined)
  }
  return {
    add: async (step, statements, { position }) => {
      const texts = [
        'BEGIN',
        ...statements.map((statement) => statement.sql),
        ...endingOf(context, step, performance.now()),
        'COMMIT',
      ]
      queue.push({ step, statements, texts, position })
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

async function sendQueue(
  context: StepContext,
  request: Telling,
  queue: readonly Queued[],
  total: number,
  results: StepResult[],
): Promise<void> {
  const { db } = context.session
  const startedAt = performance.now()
  const tell = (queued: Queued, kind: 'step-started' | 'step-done', durationMs: number | null) => {
    const { script, direction } = queued.step
    request.progress({
      kind,
      direction,
      revision: script.id,
      message: script.message,
      position: queued.position,
      total,
      durationMs,
    })
  }
  const finish = (done: readonly Queued[]) => {
    const durationMs = Math.round((performance.now() - startedAt) / Math.max(1, done.length))
    for (const queued of done) {
      results.push(resultOf(queued.step, durationMs, queued.statements.length))
      tell(queued, 'step-done', durationMs)
    }
  }
  for (const queued of queue) tell(queued, 'step-started', null)
  try {
    await db.statements(queue.flatMap((queued) => queued.texts))
    finish(queue)
  } catch (error) {
    if (!isStatementFailure(error)) throw error
    const { at, offset } = placeOf(queue, error.position)
    if (context.session.dialect.explain(error.cause).kind !== 'unreachable') {
      // The session may stand in a failed transaction whose end has not been heard of yet.
      await db.script('ROLLBACK')
      await sendAgain(context, queue.slice(0, at))
    }
    finish(queue.slice(0, at))
    const culprit = queue[at]
    if (culprit === undefined) throw error
    const statement = culprit.statements[offset - 1]
    const cause =
      statement === undefined
        ? error.cause
        : Object.assign(new Error(String(error.cause)), {
            name: 'SendFailure' as const,
            position: offset - 1,
            statement,
            cause: error.cause,
          })
    throw await failed(context, culprit.step, cause, rolledBack)
  }
}

/** A text that cannot be parsed is refused whole, before anything of it runs: what came before the culprit is sent by itself. */
async function sendAgain({ project, session }: StepContext, queue: readonly Queued[]): Promise<void> {
  const [first] = queue
  if (first === undefined) return
  const rows = (await readVersionRows(project, session)) ?? []
  const untouched = rows.join('\0') === [...first.step.rowsBefore].sort().join('\0')
  if (untouched) await session.db.statements(queue.flatMap((queued) => queued.texts))
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
