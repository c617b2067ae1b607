// What git knows about the revision files: which are published, when they came, and what they said before.

import { join } from 'node:path'
import {
  appearancesIn,
  distinctHeaders,
  type FieldsOf,
  type FormerHeader,
  fileHistories,
  type PublishedRevision,
  publishedRevisions,
} from './git/history.ts'
import { readLog } from './git/log.ts'
import { listFiles, readContents } from './git/objects.ts'
import { askGit, runGit } from './git/process.ts'
import { sharedRefs } from './git/refs.ts'
import { type Repository, repositoryOf } from './git/repository.ts'
import { type HeaderFields, readHeader } from './header.ts'
import { parseHeader } from './parse-header.ts'
import type { Project } from './project.ts'
import { onlyRevisionFiles } from './script-places.ts'
import { readScriptFile, type Script, versionFolders } from './scripts.ts'

export type { FormerHeader, PublishedRevision } from './git/history.ts'
export { filesAfterMerge } from './git/merge.ts'

/** Nothing of it is asked before it is needed, and everything once. A shallow clone knows less: its history is cut. */
export interface GitFacts {
  /** The work tree, absolute. */
  readonly root: string
  /** The refs whose history counts as shared: `origin/main`, `v1.2`. */
  readonly shared: readonly string[]
  readonly shallow: boolean
  /** Every identifier that a revision file on a shared ref ever had, with its header when it first came and as it last was. */
  readonly published: ReadonlyMap<string, PublishedRevision>
  /** Path from the project's folder to seconds since 1970 when a commit first added the file, also under a former name; uncommitted files are absent. */
  readonly added: ReadonlyMap<string, number>
  /** The newest text of a file with this identifier in any commit; null where there never was one. */
  readonly lost: (id: string) => LostFile | null
  /** The branches that have a commit, those of remotes too, sorted by name. */
  readonly branchesWith: (commit: string) => readonly string[]
  /** What changed in a file since the newest text with this identifier that `is` recognizes, as lines of a diff; null where git knows no such text. */
  readonly changedSince: (id: string, path: string, is: (text: string) => boolean) => readonly string[] | null
  /** The headers that a file was committed with, newest first, each once; the first may be the present one. */
  readonly former: (path: string) => readonly FormerHeader[]
  /** The revisions at the commit where the work at hand left the first shared branch, in load order; null without one. */
  readonly startingPoint: readonly Script[] | null
}

export interface LostFile {
  readonly path: string
  readonly text: string
  readonly commit: string
}

export interface GitOptions {
  /** Branches and tags whose history counts as shared. */
  readonly shared?: readonly string[]
}

/** Null without git, outside a repository, and where the `versions` folders lie outside it. Throws `unknown-ref` when asked for facts of a shared ref that is none. */
export function gitFacts(project: Project, options: GitOptions = {}): GitFacts | null {
  const repository = repositoryOf(project)
  if (repository === null) return null
  const refs = once(() => sharedRefs(repository, options.shared ?? null))
  const history = once(() =>
    historyOf(
      project,
      repository,
      refs().map(({ commit }) => commit),
    ),
  )
  const files = once(() => fileHistories(history().commits, history().fieldsOf))
  const appearances = once(() => appearancesIn(history().commits, history().fieldsOf))
  const published = once(() => publishedRevisions(appearances()))
  const added = once(() => new Map([...files()].map(([path, file]) => [path, file.added])))
  const start = once(() => {
    const branch = refs().find(({ isBranch }) => isBranch)
    if (branch === undefined) return null
    const [commit = ''] = askGit(repository.folder, ['merge-base', 'HEAD', branch.commit]).split('\n')
    return commit === '' ? null : revisionsOf(project, repository, commit)
  })
  return {
    root: repository.root,
    shallow: repository.shallow,
    get shared() {
      return refs().map(({ name }) => name)
    },
    get published() {
      return published()
    },
    get added() {
      return added()
    },
    get startingPoint() {
      return start()
    },
    former: (path) => distinctHeaders(files().get(path)?.appearances ?? []),
    branchesWith(commit) {
      const names = askGit(repository.folder, ['branch', '--all', '--contains', commit, '--format=%(refname:short)'])
      // A detached HEAD is shown in parentheses.
      const isBranch = (name: string) => name !== '' && !name.startsWith('(') && !name.endsWith('/HEAD')
      return names.split('\n').filter(isBranch).sort()
    },
    changedSince(id, path, is) {
      const found = appearances().find(
        ({ fields, content }) => fields.revision === id && is(history().contents.get(content) ?? ''),
      )
      return found === undefined ? null : changedLines(repository, found.content, path)
    },
    lost(id) {
      const found = appearances().find(({ fields }) => fields.revision === id)
      if (found === undefined) return null
      const { path, commit, content } = found
      return { path, commit, text: history().contents.get(content) ?? '' }
    },
  }
}

/** The lines that a kept content and a file on disk do not share, as git tells them, with their places. */
function changedLines({ folder }: Repository, content: string, path: string): readonly string[] {
  // Git exits with 1 where they differ.
  const answer = runGit(folder, ['diff', '--no-color', '--no-ext-diff', '--unified=0', content, `./${path}`])
  const lines = answer?.output.toString('utf8').split('\n') ?? []
  const start = lines.findIndex((line) => line.startsWith('@@'))
  return start === -1 ? [] : lines.slice(start).filter((line) => /^[-+@]/.test(line))
}

/** What is computed when it is asked for first. */
export function once<T>(compute: () => T): () => T {
  let held: { readonly value: T } | null = null
  return () => {
    held ??= { value: compute() }
    return held.value
  }
}

/** The commits with only what concerns revision files, and how their headers are read. */
function historyOf(project: Project, repository: Repository, shared: readonly string[]) {
  const all = readLog(repository, shared)
  const places = [...new Set(all.flatMap(({ changes }) => changes.map(({ path }) => path)))]
  const isRevision = revisionPaths(project, places)
  const commits = all.map((commit) => ({
    ...commit,
    changes: commit.changes.filter(({ path }) => isRevision.has(path)),
  }))
  const ids = commits.flatMap(({ changes }) =>
    changes.flatMap(({ before, after }) => [before ?? [], after ?? []].flat()),
  )
  const contents = readContents(repository, ids)
  const read = new Map<string, HeaderFields>()
  const fieldsOf: FieldsOf = (path, content) => {
    const text = contents.get(content)
    if (text === undefined) return null
    const known = read.get(content)
    if (known !== undefined) return known
    const fields = readHeader(text) ?? parseHeader(path, text).fields
    read.set(content, fields)
    return fields
  }
  return { commits, contents, fieldsOf }
}

// A file that was compiled from another is no revision of its own, but in history the two may never have met.
function revisionPaths(project: Project, paths: readonly string[]): ReadonlySet<string> {
  const one = (path: string) =>
    onlyRevisionFiles([{ file: path, path }], versionFolders(project), project.directory).length > 0
  return new Set(paths.filter(one))
}

function revisionsOf(project: Project, repository: Repository, commit: string): readonly Script[] {
  const files = listFiles(repository, commit)
  const contents = readContents(repository, files.values())
  const places = [...files.keys()].map((path) => ({ path, file: join(project.directory, path) }))
  return onlyRevisionFiles(places, versionFolders(project), project.directory).flatMap((place) => {
    const text = contents.get(files.get(place.path) ?? '')
    return text === undefined ? [] : (readScriptFile(place, text).script ?? [])
  })
}
