// How the Panel says no: one kind of error, one shape of answer.

import { isAludelError } from 'aludel'
import type { ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { Busy } from '../database/permits.ts'
import type { Environment } from './context.ts'

export type RefusalCode = 'invalid' | 'unauthenticated' | 'forbidden' | 'not-found' | 'conflict' | 'unsupported'

const statuses: Readonly<Record<RefusalCode, ContentfulStatusCode>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  unsupported: 415,
}

export class Refusal extends Error {
  readonly code: RefusalCode
  /** By field, what is wrong with the input. */
  readonly fields: Readonly<Record<string, string>>

  constructor(code: RefusalCode, message: string, fields: Readonly<Record<string, string>> = {}) {
    super(message)
    this.code = code
    this.fields = fields
  }
}

export const answerFailure: ErrorHandler<Environment> = (error, c) => {
  if (error instanceof Refusal) {
    const { code, message, fields } = error
    return c.json({ error: { code, message, ...(Object.keys(fields).length > 0 ? { fields } : {}) } }, statuses[code])
  }
  if (error instanceof HTTPException) {
    return c.json({ error: { code: 'refused', message: error.message || 'Refused.' } }, error.status)
  }
  c.get('services').log(`${c.req.method} ${c.req.path}: ${error.stack ?? error.message}`)
  // What went wrong inside is for the log, not for the visitor.
  if (error instanceof Busy || isAludelError(error)) {
    return c.json({ error: { code: 'unavailable', message: 'The database is not available. Try again later.' } }, 503)
  }
  return c.json({ error: { code: 'failed', message: 'Something went wrong.' } }, 500)
}

export const answerUnknown: NotFoundHandler<Environment> = (c) =>
  c.json({ error: { code: 'not-found', message: `There is no ${c.req.path} here.` } }, 404)

/** Gives what there is, or refuses: `found(row, 'server')`. */
export function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Refusal('not-found', `There is no such ${what}.`)
  return value
}

export function allow(isAllowed: boolean, message: string): void {
  if (!isAllowed) throw new Refusal('forbidden', message)
}

/**
 * Does the work; where it fails because of what `isTaken` finds afterwards, that is a conflict and not a failure. Looking
 * afterwards, and not before, also catches what another request did in between.
 */
export async function orConflict<T>(
  work: () => Promise<T>,
  isTaken: () => Promise<boolean>,
  message: string,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal || !(await isTaken().catch(() => false))) throw error
    throw new Refusal('conflict', message)
  }
}
