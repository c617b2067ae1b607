// What the environment says, read in one place.

import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'

export const defaultDatabase = 'sqlite:panel.db'

/** The Panel's own folder, seen from `src` and from `dist` alike. */
export const home = fileURLToPath(new URL('..', import.meta.url))

export const configFile = fileURLToPath(new URL('../aludel.config.ts', import.meta.url))

export interface Settings {
  readonly databaseUrl: string
  /** Signs the tokens; who knows it can be anybody. */
  readonly secret: string
  /** True where browsers must send the cookie over HTTPS only. */
  readonly secureCookies: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

const shortestSecret = 32

/**
 * Reads the settings. Without PANEL_SECRET a random one is made, except in production; `announce` is told so.
 *
 * @throws Error where a setting cannot be used, in a sentence for who started the Panel.
 */
export function readSettings(environment: Environment, announce: (text: string) => void): Settings {
  const isProduction = environment.NODE_ENV === 'production'
  return {
    databaseUrl: databaseUrlOf(environment),
    secret: secretOf(environment.PANEL_SECRET || null, isProduction, announce),
    secureCookies: isProduction,
  }
}

export function databaseUrlOf(environment: Environment): string {
  return environment.DATABASE_URL || defaultDatabase
}

function secretOf(given: string | null, isProduction: boolean, announce: (text: string) => void): string {
  if (given !== null) {
    if (given.length >= shortestSecret) return given
    throw new Error(`PANEL_SECRET has ${given.length} characters, but needs ${shortestSecret}: openssl rand -hex 32`)
  }
  if (isProduction) throw new Error('PANEL_SECRET is not set. Make one with: openssl rand -hex 32')
  announce('PANEL_SECRET is not set: a random one is used, so everybody is signed out when the Panel stops.')
  return randomBytes(32).toString('hex')
}
