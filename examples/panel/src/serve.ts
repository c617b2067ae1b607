// `panel serve`: answers requests until it is told to stop, and then lets those that are running end.

import type { Server } from 'node:http'
import { serve as listen } from '@hono/node-server'
import { openPanel } from './panel.ts'
import { readSettings } from './settings.ts'

export interface ServeOptions {
  readonly port: number
  readonly hostname: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** A line on stdout. */
  print(text: string): void
  /** A line on stderr. */
  log(text: string): void
}

/** Milliseconds that running requests get to end. */
const patience = 10_000

/** Resolves when the Panel has stopped, by SIGINT or SIGTERM; rejects where it cannot listen. */
export async function serve({ port, hostname, environment, print, log }: ServeOptions): Promise<void> {
  const panel = openPanel(readSettings(environment, log), log)
  try {
    const server = await started(panel.app.fetch, port, hostname)
    print(`The Panel listens on ${addressOf(server)}`)
    const { healthy, reason } = await panel.health()
    if (!healthy) log(`${reason} Look at: panel db current --verbose`)
    await told('SIGINT', 'SIGTERM')
    await stopped(server)
  } finally {
    await panel.close()
  }
}

function started(fetch: Parameters<typeof listen>[0]['fetch'], port: number, hostname: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = listen({ fetch, port, hostname }) as Server
    server.once('listening', () => resolve(server))
    server.once('error', reject)
  })
}

function addressOf(server: Server): string {
  const address = server.address()
  if (address === null || typeof address === 'string') return String(address)
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return `http://${host}:${address.port}`
}

function told(...signals: readonly NodeJS.Signals[]): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) process.once(signal, () => resolve())
  })
}

async function stopped(server: Server): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), patience)
  await ended
  clearTimeout(timer)
}
