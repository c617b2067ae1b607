// Which branches and tags count as shared: what others may have, so that databases may have applied it.

import { AludelError } from '../../errors.ts'
import { askGit } from './process.ts'
import type { Repository } from './repository.ts'

export interface SharedRef {
  /** As people write it: `origin/main`, `v1.2`. */
  readonly name: string
  readonly commit: string
  readonly isBranch: boolean
}

interface Ref {
  readonly name: string
  readonly target: string
}

const usual = ['main', 'master', 'develop', 'trunk']

/** The given refs; without any the default branch of each remote, or else the local main branch, and every tag. */
export function sharedRefs(repository: Repository, given: readonly string[] | null): readonly SharedRef[] {
  const refs = refsOf(repository)
  const wanted = given ?? [...defaultBranches(refs), ...refs.map(({ name }) => name).filter(isTag)]
  const commits = commitsOf(repository, wanted)
  const branches = new Set(refs.map(({ name }) => name).filter((name) => !isTag(name)))
  return wanted.flatMap((name, position) => {
    const commit = commits[position] ?? null
    // A tag may name what is no commit.
    if (commit === null && given === null) return []
    if (commit === null) throw unknownRef(name)
    const isBranch = [name, `refs/heads/${name}`, `refs/remotes/${name}`].some((one) => branches.has(one))
    return [{ name: given === null ? short(name) : name, commit, isBranch }]
  })
}

export function unknownRef(name: string): AludelError {
  return new AludelError('unknown-ref', `Git knows no commit "${name}".`, {
    hint: '`git branch --all` and `git tag` list what there is; `git fetch` brings what is new.',
    details: { ref: name },
  })
}

/** The commits that these names stand for, null for what is none. */
export function commitsOf({ folder }: Repository, names: readonly string[]): readonly (string | null)[] {
  if (names.length === 0) return []
  // A line break would be a question more.
  const questions = names.map((name) => `${/[\r\n\0]/.test(name) || name === '' ? '?' : name}^{commit}\n`)
  const lines = askGit(folder, ['cat-file', '--batch-check'], questions.join('')).split('\n')
  return names.map((_, position) => /^([0-9a-f]+) commit \d+$/.exec(lines[position] ?? '')?.[1] ?? null)
}

function refsOf({ folder }: Repository): readonly Ref[] {
  const format = '--format=%(refname)%00%(symref)'
  const lines = askGit(folder, ['for-each-ref', format, 'refs/heads', 'refs/remotes', 'refs/tags']).split('\n')
  return lines.flatMap((line) => {
    const [name = '', target = ''] = line.split('\0')
    return name === '' ? [] : [{ name, target }]
  })
}

function isTag(name: string): boolean {
  return name.startsWith('refs/tags/')
}

function short(name: string): string {
  return name.replace(/^refs\/(?:heads|remotes|tags)\//, '')
}

function defaultBranches(refs: readonly Ref[]): readonly string[] {
  const names = new Set(refs.map(({ name }) => name))
  const remote = /^refs\/remotes\/(.+)\/HEAD$/
  const named = refs.filter(({ name, target }) => remote.test(name) && names.has(target))
  const covered = named.map(({ name }) => `${name.replace(/HEAD$/, '')}`)
  const others = refs
    .flatMap(({ name }) => /^refs\/remotes\/[^/]+\//.exec(name)?.[0] ?? [])
    .filter((start) => !covered.includes(start))
  const guessed = [...new Set(others)].flatMap((start) => {
    const branches = [...names].filter((name) => name.startsWith(start) && name !== `${start}HEAD`)
    const main = usual.map((name) => `${start}${name}`).find((name) => names.has(name))
    return main ?? (branches.length === 1 ? branches : [])
  })
  const remotes = [...named.map(({ target }) => target), ...guessed]
  if (refs.some(({ name }) => name.startsWith('refs/remotes/'))) return remotes
  const local = refs.map(({ name }) => name).filter((name) => name.startsWith('refs/heads/'))
  const main = ['refs/heads/main', 'refs/heads/master'].find((name) => names.has(name))
  return main !== undefined ? [main] : local.length === 1 ? local : []
}
