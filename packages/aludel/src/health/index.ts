// Whether a database is there and at the heads of the chain, for an application's health check: `aludel/health`.

import { current } from '../commands/current.ts'
import { heads } from '../commands/heads.ts'
import { maskUrl } from '../dialects/mask.ts'
import { isAludelError } from '../errors.ts'
import type { Configuration } from '../project/configuration.ts'
import { openProject } from '../project/project.ts'

export interface HealthOptions {
  /** Milliseconds to wait for the database; default 3000. */
  readonly timeout?: number
  /** The folder that the config file is looked for from; default: the working directory. */
  readonly cwd?: string
  /** The database's address, over DATABASE_URL and the configuration. */
  readonly url?: string
}

export interface Health {
  /** True where the database answers and has every revision up to the heads, and the chain is legal. */
  readonly healthy: boolean
  readonly reachable: boolean
  /** The rows of the version table; none where it does not exist, or where the database does not answer. */
  readonly current: readonly string[]
  readonly heads: readonly string[]
  /** Why it is not healthy, in a sentence or two; null where it is. */
  readonly reason: string | null
  /** The address without its secret; null where the configuration makes the connection itself and it failed. */
  readonly database: string | null
}

/**
 * How the database stands. A database that cannot be reached, is too slow, behind or unknown is an answer, not an error;
 * nothing is written, and no file is made.
 *
 * @throws AludelError `no-config`, `invalid-config`, `no-database`: where the project itself is not set up.
 * @example
 * const { healthy, ...facts } = await health('./aludel.config.ts')
 * return context.json(facts, healthy ? 200 : 503)
 */
export async function health(config?: Configuration | string, options: HealthOptions = {}): Promise<Health> {
  const timeout = options.timeout ?? 3000
  const project = await openProject({
    cwd: options.cwd ?? process.cwd(),
    config,
    url: options.url,
    environment: process.env,
    own: () => import('../index/own.ts').then((module) => module.ownModules()),
    // SQLite's driver waits for locks inside one call, where no timer of ours can stop it.
    lockTimeout: timeout,
  })
  const address = project.connect === null ? maskUrl(await project.url()) : null
  const chain = await heads(project, { resolveDependencies: true })
  const headIds = chain.revisions.map((revision) => revision.id)
  try {
    const standing = await within(timeout, current(project, {}))
    const facts = { current: standing.rows, heads: headIds, database: standing.database }
    const reason = standing.problems[0]?.message ?? whyNotThere(standing.unknown, standing.atHead, facts)
    return { healthy: reason === null, reachable: true, ...facts, reason }
  } catch (error) {
    return { healthy: false, reachable: false, current: [], heads: headIds, reason: tell(error), database: address }
  }
}

type Facts = Pick<Health, 'current' | 'heads'>

function whyNotThere(unknown: readonly string[], atHead: boolean, { current, heads }: Facts): string | null {
  if (unknown.length > 0) return `The database is at ${list(unknown)}, which no revision file answers for.`
  // More likely a folder that was forgotten in the deployment than an application without tables.
  if (heads.length === 0) return 'No revision files were found.'
  if (atHead) return null
  const here = current.length === 0 ? 'has no revision yet' : `is at ${list(current)}`
  return `The database is behind: it ${here}, and the ${heads.length === 1 ? 'head is' : 'heads are'} ${list(heads)}.`
}

function list(ids: readonly string[]): string {
  return ids.join(', ')
}

function tell(error: unknown): string {
  if (isAludelError(error)) return error.message
  return `The database cannot be read: ${maskUrl(error instanceof Error ? error.message : String(error))}.`
}

/** Gives up waiting, but not the work: that closes its connection when it ends. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds)
  })
  work.catch(() => undefined)
  try {
    return await Promise.race([work, tooLong])
  } finally {
    clearTimeout(timer)
  }
}
