// What a server reports of a session that is at work, asked over another connection.

import type { Connection } from '../database/types.ts'

/** A session that stands in the way of another one. */
export interface Blocker {
  /** The server's number of the session. */
  readonly id: number
  readonly user: string | null
  readonly application: string | null
  readonly host: string | null
  /** Milliseconds since its transaction began, or since it does what it does now; null where the server does not tell. */
  readonly sinceMs: number | null
  /** The beginning of what it runs, or ran last, without the values in it; null where that may not be seen. */
  readonly query: string | null
  /** False where the server does not tell who it is: it is one of those that could be. */
  readonly certain: boolean
}

/** How much of what the server counts is done. */
export interface Progress {
  readonly done: number
  readonly total: number
}

export interface Sight {
  /** What the session waits for a lock on; null where it waits for none, or where the server does not tell. */
  readonly object: string | null
  /** True where the session waits for a lock. */
  readonly waits: boolean
  readonly blockers: readonly Blocker[]
  /** What the server calls what it is doing; null where it says nothing. */
  readonly stage: string | null
  /** Of what it counts in this stage; null where it counts nothing. */
  readonly progress: Progress | null
}

export const nothingSeen: Sight = { object: null, waits: false, blockers: [], stage: null, progress: null }

export interface Activity {
  /** The other connection. */
  readonly db: Connection
  look(): Promise<Sight>
}

const longestQuery = 100

/**
 * The beginning of a query without the values in it. What stands between quotes is left out, and everything from a
 * backslash in there on, because only the session's settings say whether that ends the value.
 */
export function shownQuery(text: string | null, quotes: string): string | null {
  if (text === null || text.trim() === '') return null
  const value = new RegExp(
    `([${quotes}])(?:(?!\\1|\\\\)[\\s\\S]|\\1\\1)*(?:\\1|$|\\\\[\\s\\S]*)|\\$(\\w*)\\$[\\s\\S]*?(?:\\$\\2\\$|$)`,
    'g',
  )
  const bare = text.replace(value, '…').replace(/\s+/g, ' ').trim()
  return bare.length <= longestQuery ? bare : `${bare.slice(0, longestQuery)}…`
}

/** Null where nothing is counted. */
export function progressOf(done: unknown, total: unknown): Progress | null {
  return Number(total ?? 0) > 0 ? { done: Number(done ?? 0), total: Number(total) } : null
}

export function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value)
}

/** Who stood in the way, as words: 'process 4711 ("psql", ada from 10.0.0.7, for 12 s): UPDATE "user" SET ...'. */
export function blockerText({ id, user, application, host, sinceMs, query, certain }: Blocker): string {
  const who = [user, host].filter((one) => one !== null).join(' from ')
  const facts = [
    ...(application === null ? [] : [`"${application}"`]),
    ...(who === '' ? [] : [who]),
    ...(sinceMs === null ? [] : [`for ${Math.round(sinceMs / 1000)} s`]),
  ]
  const told = facts.length === 0 ? '' : ` (${facts.join(', ')})`
  return `${certain ? '' : 'perhaps '}session ${id}${told}${query === null ? '' : `: ${query}`}`
}
