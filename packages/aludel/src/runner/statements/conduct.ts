// How a run deals with its statements: under which limits they go, who looks after them, how often they are tried, and until when.

import type { Connection, Statement } from '../../database/types.ts'
import type { Project } from '../../project/project.ts'
import { connectOptions } from '../contact.ts'
import type { Session } from '../session.ts'
import type { ProgressEvent, StepPlace } from './events.ts'
import { beginLimits, isSetting, type StatementLimits } from './limits.ts'
import { backoff, givenUp, passingReason } from './retry.ts'
import { type Stop, Stopped } from './stop.ts'
import { createWatch, type Watch, type Work } from './watch.ts'

export interface Retries {
  /** Done before another attempt: what the one before has left is taken away. */
  readonly clear: () => Promise<void>
  /** What the first attempt was refused for, where it was made already; else null. */
  readonly refused: unknown
}

export interface Conduct {
  readonly limits: StatementLimits
  readonly stop: Stop
  /** The same for what belongs to these steps; `locate` tells which of them the server has come to. */
  at(places: readonly StepPlace[], locate?: Work['locate']): Conduct
  /** Does what waits for the server. Statements, because where there is one of them it can be told. */
  watched<T>(statements: readonly Statement[], doing: () => Promise<T>): Promise<T>
  /** Does it again where it was refused for a reason that passes. Nothing of it may stay where it was refused. */
  retried<T>(doing: () => Promise<T>, retries?: Partial<Retries>): Promise<T>
  /** Closes what was opened, and puts the session back. */
  end(): Promise<void>
}

export interface ConductRequest {
  readonly project: Project
  readonly session: Session
  readonly stop: Stop
  /** Aborted where the statement under way is to end. */
  readonly cancel: AbortSignal
  readonly tell: (event: ProgressEvent) => void
  readonly log: (message: string) => void
  /** From 0 to 1. */
  readonly random: () => number
}

const defaultAttempts = 10

/** Milliseconds that a question about what is under way may take. */
const longestLook = 5000

export async function beginConduct(request: ConductRequest): Promise<Conduct> {
  const { project, session, stop, tell } = request
  const observe = async () => {
    if (!session.isOwn) return null
    const options = { ...(await connectOptions(project)), statementTimeout: longestLook }
    return session.dialect.observe(session.db, options)
  }
  const watch = createWatch({ observe, tell })
  const limits = await beginLimits(project.configuration, session)
  const cancelling = cancellation(request)
  const at = (places: readonly StepPlace[], locate: Work['locate'] = null): Conduct => ({
    limits,
    stop,
    at,
    watched: (statements, doing) => {
      const own = statements.filter((one) => !isSetting(one))
      const [statement = null, ...others] = own
      const [place, ...more] = places
      if (place !== undefined && more.length === 0)
        for (const { sql } of own) tell({ kind: 'statement', ...place, sql })
      const work = { places, locate, lock: limits.lockOf('ddl'), statement: others.length > 0 ? null : statement }
      return watch.during(work, () => cancelling.during(doing))
    },
    retried: (doing, retries = {}) => retried(request, watch, places, doing, retries),
    end: async () => {
      cancelling.end()
      await Promise.all([watch.close(), limits.end().catch(() => undefined)])
    },
  })
  return at([])
}

interface Cancellation {
  during<T>(doing: () => Promise<T>): Promise<T>
  end(): void
}

/** Ends the statement under way, and nothing that comes after it. */
function cancellation({ session: { db }, cancel, log }: ConductRequest): Cancellation {
  let isUnderWay = false
  let asked: Promise<void> | null = null
  const ask = () => {
    if (!isUnderWay || asked !== null) return
    asked = requestCancel(db).catch(() => log('The server did not take the request to cancel.'))
  }
  cancel.addEventListener('abort', ask)
  return {
    during: async (doing) => {
      if (cancel.aborted) throw new Stopped('The run was cancelled.')
      isUnderWay = true
      try {
        return await doing()
      } finally {
        isUnderWay = false
        // A request that is still on its way would end the statement that comes next.
        await asked
      }
    },
    end: () => cancel.removeEventListener('abort', ask),
  }
}

async function requestCancel(db: Connection): Promise<void> {
  await db.cancel()
}

async function retried<T>(
  { project, session, stop, tell, random }: ConductRequest,
  watch: Watch,
  places: readonly StepPlace[],
  doing: () => Promise<T>,
  { clear = async () => {}, refused = null }: Partial<Retries>,
): Promise<T> {
  const { attempts = defaultAttempts } = project.configuration.statements ?? {}
  const startedAt = performance.now()
  const attempt = (number: number) => (number === 1 && refused !== null ? Promise.reject(refused) : doing())
  if (refused === null) watch.forget()
  for (let made = 1; ; made += 1) {
    try {
      return await attempt(made)
    } catch (error) {
      const reason = passingReason(error, session.dialect)
      if (reason === null) throw error
      const { blockers } = watch
      if (made >= attempts) {
        throw givenUp(error, { attempts: made, elapsedMs: Math.round(performance.now() - startedAt), blockers })
      }
      stop.check()
      const afterMs = backoff(made, random())
      const [place] = places
      if (place !== undefined) {
        tell({ kind: 'retrying', ...place, attempt: made + 1, of: attempts, afterMs, why: reason.kind, blockers })
      }
      await stop.sleep(afterMs)
      await clear()
    }
  }
}
