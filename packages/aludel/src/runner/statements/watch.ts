// Looking after a statement that takes long: who is in its way, and how far it has come.

import type { Connection, Statement } from '../../database/types.ts'
import { type Activity, type Blocker, nothingSeen, type Sight } from '../../dialects/activity.ts'
import type { ProgressEvent, StepPlace } from './events.ts'

/** What is under way. */
export interface Work {
  /** The steps that are in one text, as a rule one. */
  readonly places: readonly StepPlace[]
  /** Which of the places the server has come to, as the other connection sees it. */
  readonly locate: ((db: Connection) => Promise<number>) | null
  /** Null for several statements, and for code. */
  readonly statement: Statement | null
  /** Milliseconds after which it may give up waiting for a lock; null where it does not. */
  readonly lock: number | null
}

export interface Watch {
  /** Does the work. Nothing else happens where it is quick. */
  during<T>(work: Work, doing: () => Promise<T>): Promise<T>
  /** Who was in the way when it was looked last. */
  readonly blockers: readonly Blocker[]
  forget(): void
  close(): Promise<void>
}

const interval = 1000
const longestStatement = 100

export interface WatchRequest {
  /** Opens the connection that looks. */
  readonly observe: () => Promise<Activity | null>
  readonly tell: (event: ProgressEvent) => void
}

export function createWatch({ observe, tell }: WatchRequest): Watch {
  let activity: Promise<Activity | null> | null = null
  let blockers: readonly Blocker[] = []
  let places: readonly StepPlace[] = []
  const look = async ({ places: sent, locate }: Work): Promise<readonly [sight: Sight, at: number]> => {
    // Not to see is no failure: then nothing but the time is told.
    activity ??= observe().catch(() => null)
    const seen = await activity
    if (seen === null) return [nothingSeen, 0]
    const sight = await seen.look().catch(() => nothingSeen)
    return [sight, sent.length > 1 && locate !== null ? await locate(seen.db).catch(() => 0) : 0]
  }
  const during: Watch['during'] = async (work, doing) => {
    const startedAt = performance.now()
    // Who was in the way of another step is of no interest.
    if (work.places !== places) blockers = []
    places = work.places
    let timer: NodeJS.Timeout | null = null
    let isOver = false
    const glance = async () => {
      const [sight, at] = await look(work)
      if (isOver) return
      if (sight.blockers.length > 0) blockers = sight.blockers
      const event = eventOf(work, sight, { at, elapsedMs: Math.round(performance.now() - startedAt) })
      if (event.elapsedMs >= interval) tell(event)
      arm(interval)
    }
    const arm = (milliseconds: number) => {
      timer = setTimeout(() => void glance().catch(() => undefined), milliseconds)
      timer.unref()
    }
    // Who is in the way can be seen only as long as the statement waits.
    arm(work.lock === null ? interval : Math.min(interval, work.lock / 2))
    try {
      return await doing()
    } finally {
      isOver = true
      if (timer !== null) clearTimeout(timer)
    }
  }
  return {
    during,
    get blockers() {
      return blockers
    },
    forget: () => {
      blockers = []
    },
    close: async () => {
      const seen = await activity
      await seen?.db.close().catch(() => undefined)
    },
  }
}

interface Moment {
  readonly at: number
  readonly elapsedMs: number
}

function eventOf(
  { places, statement }: Work,
  { waits, object, blockers, stage, progress }: Sight,
  { at, elapsedMs }: Moment,
): ProgressEvent & { readonly elapsedMs: number } {
  const place = places[at] ?? places[0]
  if (place === undefined) throw new Error('Work without a step.')
  const common = { ...place, statement: beginningOf(statement), elapsedMs, stage }
  return waits
    ? { kind: 'waiting-for-lock', of: 'statement', ...common, object, blockers }
    : { kind: 'statement-progress', ...common, progress }
}

function beginningOf(statement: Statement | null): string | null {
  if (statement === null) return null
  const text = statement.sql.replace(/\s+/g, ' ').trim()
  return text.length <= longestStatement ? text : `${text.slice(0, longestStatement)}…`
}
