// The repository that a project lies in, and how its paths read from the project's folder.

import { posix } from 'node:path'
import type { Project } from '../project.ts'
import { pathFrom } from '../script-places.ts'
import { versionFolders } from '../scripts.ts'
import { askGit } from './process.ts'

export interface Repository {
  /** The work tree, absolute. */
  readonly root: string
  readonly shallow: boolean
  /** Where git is asked: the project's folder. */
  readonly folder: string
  /** Pathspecs of the project's `versions` folders. */
  readonly specs: readonly string[]
  /** A path of the repository as seen from the project's folder, with `/`. */
  readonly pathOf: (path: string) => string
}

/** Null where there is no git, no repository, or no `versions` folder inside it. */
export function repositoryOf(project: Project): Repository | null {
  const options = ['rev-parse', '--is-shallow-repository', '--show-prefix', '--show-toplevel']
  const [shallow, prefix, ...rest] = askGit(project.directory, options).split('\n')
  const root = rest.join('\n').replace(/\n$/, '')
  if (prefix === undefined || root === '') return null
  const specs = versionFolders(project)
    .map((folder) => posix.join('/', 'root', prefix, pathFrom(project.directory, folder)))
    .filter((path) => path === '/root' || path.startsWith('/root/'))
    .map((path) => `:(top,literal)${path.slice('/root/'.length)}`)
  if (specs.length === 0) return null
  return {
    root,
    shallow: shallow === 'true',
    folder: project.directory,
    specs,
    pathOf: (path) => posix.relative(posix.join('/', prefix), posix.join('/', path)),
  }
}
