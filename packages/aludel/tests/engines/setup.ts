// Starts the engines once a run, before the first test that may want them, and stops them after the last.

import type { TestProject } from 'vitest/node'
import { startMariadb } from './mariadb.ts'
import { startPostgres } from './postgres.ts'
import { EngineMissing, makeDirectory, removeDirectory, type Server } from './server.ts'

export interface ProvidedEngines {
  readonly directory: string
  /** Null where the engine cannot be had: its tests are skipped. */
  readonly postgres: string | null
  readonly mysql: string | null
}

declare module 'vitest' {
  interface ProvidedContext {
    engines: ProvidedEngines
  }
}

interface Running {
  readonly provided: ProvidedEngines
  stop(): Promise<void>
}

interface Shared {
  running: Promise<Running>
  users: number
}

// Each project loads this file anew, but all of them run in one process and want the same servers.
const shelf: typeof globalThis & { aludelTestEngines?: Shared } = globalThis

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  shelf.aludelTestEngines ??= { running: startEngines(), users: 0 }
  const shared = shelf.aludelTestEngines
  shared.users += 1
  const { provided, stop } = await shared.running
  project.provide('engines', provided)
  return async () => {
    shared.users -= 1
    if (shared.users > 0) return
    delete shelf.aludelTestEngines
    await stop()
  }
}

async function startEngines(): Promise<Running> {
  const started = await Promise.allSettled([
    given('ALUDEL_TEST_POSTGRES_URL', startPostgres),
    given('ALUDEL_TEST_MYSQL_URL', startMariadb),
  ])
  const servers = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const directory = makeDirectory('files')
  const stop = async (): Promise<void> => {
    removeDirectory(directory)
    await Promise.all(servers.map((server) => server.stop()))
  }
  const [postgres, mysql] = started
  try {
    const missing = [whyMissing('PostgreSQL', postgres), whyMissing('MariaDB', mysql)].filter((line) => line !== null)
    for (const line of missing) console.warn(line)
    if (missing.length > 0 && process.env.CI !== undefined) throw new Error('With CI set, no engine may be missing.')
    return { provided: { directory, postgres: urlOf(postgres), mysql: urlOf(mysql) }, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The server that the environment names, which stays up, or else one of our own. */
async function given(variable: string, start: () => Promise<Server>): Promise<Server> {
  const url = process.env[variable]
  return url === undefined ? start() : { url, stop: async () => {} }
}

function urlOf(result: PromiseSettledResult<Server>): string | null {
  return result.status === 'fulfilled' ? result.value.url : null
}

/** Says in one line why an engine is not there; an engine that is there and fails to start fails the run. */
function whyMissing(engine: string, result: PromiseSettledResult<Server>): string | null {
  if (result.status === 'fulfilled') return null
  if (!(result.reason instanceof EngineMissing)) throw result.reason
  return `${engine} cannot be had here, its tests are skipped: ${result.reason.message}.`
}
