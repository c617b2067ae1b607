// Who runs, from where and with what: the facts that every row of the history carries.

import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { version } from '../version.ts'

/** The version of the history's own format. */
export const historyFormat = 1

export interface Origin {
  readonly run: string
  readonly format: number
  readonly tool: string
  readonly actor: string | null
  readonly host: string
  readonly commit_sha: string | null
}

export function originOf(directory: string): Origin {
  return {
    run: randomUUID(),
    format: historyFormat,
    tool: `aludel ${version}`,
    actor: actorName(),
    host: hostname().slice(0, 255),
    commit_sha: commitOf(directory),
  }
}

function actorName(): string | null {
  try {
    return userInfo().username.slice(0, 255)
  } catch {
    return null
  }
}

/** The commit that is checked out around a folder, read from git's files; null outside a repository. */
function commitOf(directory: string): string | null {
  const git = gitFolder(directory)
  if (git === null) return null
  const head = read(join(git, 'HEAD'))
  const name = /^ref: (.+)$/.exec(head ?? '')?.[1]
  if (name === undefined) return head !== null && /^[0-9a-f]{40,64}$/.test(head) ? head : null
  const loose = read(join(git, name))
  if (loose !== null) return loose
  const packed = read(join(git, 'packed-refs'))
    ?.split('\n')
    .find((line) => line.endsWith(` ${name}`))
  return packed?.split(' ')[0] ?? null
}

function gitFolder(directory: string): string | null {
  for (let folder = directory; ; folder = dirname(folder)) {
    const candidate = join(folder, '.git')
    if (existsSync(join(candidate, 'HEAD'))) return candidate
    if (dirname(folder) === folder) return null
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}
