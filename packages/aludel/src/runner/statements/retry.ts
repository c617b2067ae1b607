// Trying again what was refused for a reason that passes: a lock that others hold, a deadlock, a conflict of transactions.

import type { Blocker } from '../../dialects/activity.ts'
import type { Dialect, EngineError, EngineErrorKind } from '../../dialects/dialect.ts'
import { isAludelError } from '../../errors.ts'
import { isSendFailure, isStatementFailure } from '../send.ts'

const passing: readonly EngineErrorKind[] = ['lock-timeout', 'deadlock', 'serialization']

export type PassingKind = 'lock-timeout' | 'deadlock' | 'serialization'

/** What the engine said, where the same may go well a moment later; else null. */
export function passingReason(
  error: unknown,
  { explain, limiting }: Dialect,
): (EngineError & { readonly kind: PassingKind }) | null {
  // Where the file is the lock, the engine has waited already for as long as it was to wait.
  if (limiting === null || isAludelError(error)) return null
  const explained = explain(isSendFailure(error) || isStatementFailure(error) ? error.cause : error)
  return passing.includes(explained.kind) ? { ...explained, kind: explained.kind as PassingKind } : null
}

const firstPause = 100
const longestPause = 10_000

/**
 * Milliseconds to wait after so many attempts, from 100 doubling to 10,000. `random`, from 0 to 1, takes up to half of it
 * away, so that two that were in each other's way do not meet again.
 */
export function backoff(attempts: number, random: number): number {
  const pause = Math.min(firstPause * 2 ** (attempts - 1), longestPause)
  return Math.round(pause * (1 - random / 2))
}

/** Why it was not tried again, with what it was refused for in the end as its cause. */
export interface GivenUp {
  readonly name: 'GivenUp'
  readonly attempts: number
  readonly elapsedMs: number
  readonly blockers: readonly Blocker[]
  readonly cause: unknown
}

export function givenUp(cause: unknown, tries: Omit<GivenUp, 'name' | 'cause'>): GivenUp & Error {
  const message = cause instanceof Error ? cause.message : String(cause)
  return Object.assign(new Error(message, { cause }), { name: 'GivenUp' as const, cause, ...tries })
}

export function isGivenUp(error: unknown): error is GivenUp & Error {
  return error instanceof Error && error.name === 'GivenUp' && 'attempts' in error
}
