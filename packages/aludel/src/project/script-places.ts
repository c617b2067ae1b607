// Where revision files lie: which files under a folder are revisions, and which names are not.

import { readdirSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { AludelError } from '../errors.ts'
import { compareText } from '../schema/canonical.ts'

export interface Place {
  /** Absolute. */
  readonly file: string
  /** Relative to the project's folder, with `/`. */
  readonly path: string
}

/** The revision files under these folders, in load order. */
export function findRevisionFiles(folders: readonly string[], directory: string): readonly Place[] {
  return inLoadOrder(folders.flatMap((folder) => withoutCompiledTwins(filesUnder(folder, pathFrom(directory, folder)))))
}

/** What of these files are revisions under these folders, in load order: the same answer for files that are not there. */
export function onlyRevisionFiles(
  places: readonly Place[],
  folders: readonly string[],
  directory: string,
): readonly Place[] {
  const roots = folders.map((folder) => `${pathFrom(directory, folder)}/`.replace(/^\//, ''))
  const found = roots.flatMap((root) => withoutCompiledTwins(places.filter(({ path }) => isRevisionPath(path, root))))
  return inLoadOrder(found)
}

/** The path from one folder to another, with `/`; '' where they are the same. */
export function pathFrom(directory: string, file: string): string {
  return relative(directory, file).split(sep).join('/')
}

function inLoadOrder(places: readonly Place[]): readonly Place[] {
  return places.toSorted((a, b) => compareText(a.path, b.path))
}

function isRevisionPath(path: string, root: string): boolean {
  if (!path.startsWith(root)) return false
  const names = path.slice(root.length).split('/')
  const name = names.pop() ?? ''
  return !names.includes('node_modules') && ![...names, name].some(isHidden) && isRevisionName(name)
}

function filesUnder(folder: string, path: string): readonly Place[] {
  const found: Place[] = []
  const pending: Place[] = [{ file: folder, path }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const entry of entriesOf(next.file)) {
      const { name } = entry
      if (isHidden(name)) continue
      const place = { file: `${next.file}${sep}${name}`, path: next.path === '' ? name : `${next.path}/${name}` }
      if (entry.isDirectory()) {
        if (name !== 'node_modules') pending.push(place)
      } else if (isRevisionName(name)) found.push(place)
    }
  }
  return found
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new AludelError('unreadable-folder', `The folder ${folder} cannot be read: ${(error as Error).message}.`, {
      hint: 'Correct --directory or `migrations` in the config file, or the rights of the folder.',
      cause: error,
    })
  }
}

function isHidden(name: string): boolean {
  return name.startsWith('.') || name.startsWith('_')
}

function isRevisionName(name: string): boolean {
  return /\.(?:ts|mts|js|mjs|cjs)$/.test(name) && !/\.d\.m?ts$/.test(name) && !/\.(?:test|spec)\.[cm]?[jt]s$/.test(name)
}

/** `x.ts` beside `x.js` is one revision, and the source is read. */
function withoutCompiledTwins(places: readonly Place[]): readonly Place[] {
  if (!places.some(({ file }) => /js$/.test(file))) return places
  const sources = new Set(
    places.filter(({ file }) => /\.m?ts$/.test(file)).map(({ file }) => file.replace(/\.m?ts$/, '')),
  )
  return places.filter(({ file }) => /\.m?ts$/.test(file) || !sources.has(file.replace(/\.[cm]?js$/, '')))
}
