// The live recorder of `op.run`: each call is rendered from what the database holds now and executed at once.

import { AludelError } from '../errors.ts'
import type { LiveOperations, Op, RunContext } from '../ops/operations.ts'
import { createRecorder, type RecordRequest } from '../ops/recorder.ts'
import { emptySchema } from '../schema/model.ts'
import { type ArchiveOp, readParts } from './archives.ts'
import { insertFile } from './data.ts'
import { readsOf } from './segments.ts'
import { send } from './send.ts'
import type { Session } from './session.ts'
import type { StatementLimits } from './statements/limits.ts'

export interface LiveRequest {
  readonly session: Session
  readonly record: RecordRequest
  /** Where a data file lies that the code names. */
  readonly dataFile: (path: string) => string
  readonly signal: AbortSignal
  readonly log: (message: string) => void
  readonly limits: StatementLimits
}

export function liveContext(request: LiveRequest): RunContext {
  return { db: request.session.db, op: liveOperations(request), signal: request.signal, log: request.log }
}

function liveOperations({ session, record: request, dataFile, log, limits }: LiveRequest): LiveOperations {
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
            for (const op of ops) {
              if (op.kind === 'insertFile') await insertFile(session, op, dataFile(op.file.path))
              else if (op.kind === 'setAside' || op.kind === 'putBack')
                await executeParts({ session, limits }, op, request, log)
              else await executeNow({ session, limits }, [op])
            }
          }
  }
  return live as unknown as LiveOperations
}

type Sending = Pick<LiveRequest, 'session' | 'limits'>

async function executeParts(
  sending: Sending,
  op: ArchiveOp,
  { revision = '' }: RecordRequest,
  log: (message: string) => void,
): Promise<void> {
  for (const part of await readParts(sending.session, { op, revision, log })) await executeNow(sending, part)
}

/** Renders operations from what the database holds now, and sends them. */
export async function executeNow({ session: { db, dialect }, limits }: Sending, ops: readonly Op[]): Promise<void> {
  const nested = ops.find((op) => op.kind === 'run' || op.kind === 'autocommit')
  if (nested !== undefined) {
    throw new AludelError('not-live', `\`op.${nested.kind}\` cannot be called inside \`op.run\`.`, {
      hint: 'Call it in `upgrade` itself, before or after the `op.run`.',
    })
  }
  const reads = readsOf(ops, dialect)
  const before = reads.length === 0 ? emptySchema : await dialect.introspect(db, { objects: reads })
  const statements = dialect.render(ops, before)
  if (statements.every(({ transactional }) => transactional)) return send(db, statements)
  // What cannot be in a transaction may have limits of its own; the code goes on under those that it had.
  try {
    for (const statement of statements) {
      await limits.enter(limits.kindOf([statement]))
      await send(db, [statement])
    }
  } finally {
    await limits.enter('ddl')
  }
}
