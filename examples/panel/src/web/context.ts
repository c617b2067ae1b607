// What every request has at hand: the database, the settings and who asks.

import type { Health } from 'aludel/health'
import type { Context } from 'hono'
import type { Db } from '../database/queries.ts'
import type { Settings } from '../settings.ts'

export interface Services {
  readonly db: Db
  readonly settings: Pick<Settings, 'secret' | 'secureCookies'>
  /** Where the database stands, asked anew at each call. */
  health(): Promise<Health>
  /** A line for whoever runs the Panel. */
  log(text: string): void
}

/** Who asks. */
export interface Person {
  readonly id: number
  readonly role: string
}

export interface Environment {
  Variables: { services: Services; person: Person | null }
  Bindings: { incoming?: { socket?: { remoteAddress?: string } } }
}

export type Request = Context<Environment>
