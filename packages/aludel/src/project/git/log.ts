// What every commit did to the revision files, newest first.

import { askGit } from './process.ts'
import type { Repository } from './repository.ts'

export interface Change {
  /** Relative to the project's folder, with `/`. */
  readonly path: string
  readonly status: string
  /** The file's content before, in the commit's first parent; null where there was none. */
  readonly before: string | null
  readonly after: string | null
}

export interface Commit {
  readonly id: string
  /** Seconds since 1970. */
  readonly at: number
  readonly shared: boolean
  readonly changes: readonly Change[]
}

/**
 * The commits that touched the project's revision files, each before its parents: first those that only unshared refs
 * have, then those that the shared ones have.
 */
export function readLog(repository: Repository, shared: readonly string[]): readonly Commit[] {
  const excluded = shared.map((commit) => `^${commit}\n`).join('')
  const unshared = log(repository, ['--exclude=refs/stash', '--all'], excluded, false)
  if (shared.length === 0) return unshared
  return [...unshared, ...log(repository, [], shared.map((commit) => `${commit}\n`).join(''), true)]
}

function log(repository: Repository, refs: readonly string[], input: string, shared: boolean): readonly Commit[] {
  // `-c` shows of a merge only what differs from all its parents: what the merge itself wrote.
  const options = ['log', '--stdin', '--raw', '-c', '-z', '--no-renames', '--no-abbrev', '--full-history']
  const format = ['--date-order', '--no-show-signature', '--no-notes', '--format=%x01%H %ct']
  const text = askGit(repository.folder, [...options, ...format, ...refs, '--', ...repository.specs], input)
  const commits: { readonly id: string; readonly at: number; readonly shared: boolean; readonly changes: Change[] }[] =
    []
  const tokens = text.split('\0')
  for (let at = 0; at < tokens.length; at += 1) {
    const token = (tokens[at] ?? '').replace(/^\n/, '')
    if (token.startsWith('\x01')) {
      const [id = '', seconds = ''] = token.slice(1).split(' ')
      commits.push({ id, at: Number(seconds), shared, changes: [] })
    } else if (token.startsWith(':')) {
      at += 1
      const change = changeOf(token, repository.pathOf(tokens[at] ?? ''))
      if (change !== null) commits.at(-1)?.changes.push(change)
    }
  }
  return commits
}

/** `:100644 100644 <before> <after> M`, and of a merge as many colons, modes and contents as it has parents. */
function changeOf(raw: string, path: string): Change | null {
  const parents = /^:+/.exec(raw)?.[0].length ?? 1
  const words = raw.slice(parents).split(' ')
  const modes = words.slice(0, parents + 1)
  const contents = words.slice(parents + 1, 2 * parents + 2)
  const status = words.at(-1) ?? ''
  const content = (position: number): string | null => {
    const isFile = modes[position]?.startsWith('100') === true
    return isFile ? (contents[position] ?? null) : null
  }
  const before = content(0)
  const after = content(parents)
  return before === null && after === null ? null : { path, status, before, after }
}
