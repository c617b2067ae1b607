// Contents of files as git keeps them, by the name that git gave them.

import { askGit, runGit } from './process.ts'
import type { Repository } from './repository.ts'

/** The texts of these contents; what the repository lacks, as a shallow or partial clone may, is left out. */
export function readContents({ folder }: Repository, ids: Iterable<string>): ReadonlyMap<string, string> {
  const wanted = [...new Set(ids)]
  const found = new Map<string, string>()
  if (wanted.length === 0) return found
  const answer = runGit(folder, ['cat-file', '--batch', '--buffer'], wanted.map((id) => `${id}\n`).join(''))
  const output = answer?.output ?? Buffer.alloc(0)
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\n', at)
    if (end === -1) break
    const [id = '', kind, size] = output.toString('latin1', at, end).split(' ')
    at = end + 1
    if (size === undefined) continue
    const length = Number(size)
    if (kind === 'blob') found.set(id, output.toString('utf8', at, at + length))
    at += length + 1
  }
  return found
}

/** The files of a commit in the project's `versions` folders: path from the project's folder, and content. */
export function listFiles({ folder, specs, pathOf }: Repository, commit: string): ReadonlyMap<string, string> {
  // `ls-tree` takes plain paths from the root of the tree, and none for all of it.
  const named = specs.map((spec) => spec.replace(/^:\([^)]*\)/, ''))
  const paths = named.includes('') ? [] : named
  const entries = askGit(folder, ['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...paths]).split('\0')
  return new Map(
    entries.flatMap((entry) => {
      const [, id, path] = /^100\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? []
      return id === undefined || path === undefined ? [] : [[pathOf(path), id] as const]
    }),
  )
}
