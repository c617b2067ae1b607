// The live recorder of `op.run`: each call is rendered from what the database holds now and executed at once.

import { AludelError } from '../errors.ts'
import type { LiveOperations, Op, RunContext } from '../ops/operations.ts'
import { createRecorder, type RecordRequest } from '../ops/recorder.ts'
import { emptySchema } from '../schema/model.ts'
import { readsOf } from './segments.ts'
import { send } from './send.ts'
import type { Session } from './session.ts'

export interface LiveRequest {
  readonly session: Session
  readonly record: RecordRequest
  readonly signal: AbortSignal
  readonly log: (message: string) => void
}

export function liveContext({ session, record, signal, log }: LiveRequest): RunContext {
  return { db: session.db, op: liveOperations(session, record), signal, log }
}

function liveOperations(session: Session, request: RecordRequest): LiveOperations {
  const live: Record<string, unknown> = {}
  const template = createRecorder(request, () => undefined)
  for (const [name, member] of Object.entries(template)) {
    live[name] =
      typeof member !== 'function'
        ? member
        : async (...given: readonly unknown[]) => {
            const ops: Op[] = []
            const recorder = createRecorder(request, (op) => ops.push(op)) as unknown as Record<
              string,
              (...values: readonly unknown[]) => void
            >
            recorder[name]?.(...given)
            for (const op of ops) await executeNow(session, op)
          }
  }
  return live as unknown as LiveOperations
}

async function executeNow({ db, dialect }: Session, op: Op): Promise<void> {
  if (op.kind === 'run' || op.kind === 'autocommit') {
    throw new AludelError('not-live', `\`op.${op.kind}\` cannot be called inside \`op.run\`.`, {
      hint: 'Call it in `upgrade` itself, before or after the `op.run`.',
    })
  }
  const reads = readsOf([op], dialect)
  const before = reads.length === 0 ? emptySchema : await dialect.introspect(db, { objects: reads })
  await send(db, dialect.render([op], before))
}
