// A project as the functions of the library are given it.

import type { Configuration } from '../project/configuration.ts'
import type { Project, ProjectRequest } from '../project/project.ts'

/** A configuration, the path of one, or undefined to look for one from the working directory upwards. */
export type ConfigGiven = Configuration | string | undefined

/** What every verb takes beside its own options. */
export interface VerbOptions {
  /** The folder that paths start from; default: the working directory. */
  readonly cwd?: string
  readonly url?: string
  readonly directory?: string
  readonly env?: string
  readonly database?: string
  /** Milliseconds to wait for another run to end; 0 does not wait. */
  readonly lockTimeout?: number
  readonly arguments?: Readonly<Record<string, string>>
}

export async function opened(config: ConfigGiven, options: VerbOptions): Promise<Project> {
  const { openProject } = await import('../project/project.ts')
  const request: ProjectRequest = {
    cwd: options.cwd ?? process.cwd(),
    config,
    url: options.url,
    directory: options.directory,
    env: options.env,
    database: options.database,
    lockTimeout: options.lockTimeout,
    arguments: options.arguments ?? {},
    environment: process.env,
    own: () => import('./own.ts').then((module) => module.ownModules()),
  }
  return openProject(request)
}
