// The revision files as they will be when another branch has been merged: a fork exists only then.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AludelError } from '../../errors.ts'
import { readHeader } from '../header.ts'
import { parseHeader } from '../parse-header.ts'
import type { Project } from '../project.ts'
import { onlyRevisionFiles } from '../script-places.ts'
import { readScriptFile, readScriptFiles, type ScriptFile, versionFolders } from '../scripts.ts'
import { listFiles, readContents } from './objects.ts'
import { askGit, runGit } from './process.ts'
import { commitsOf, unknownRef } from './refs.ts'
import { type Repository, repositoryOf } from './repository.ts'

export interface MergedFiles {
  /** In load order. Of a file in conflict the version of the work tree, or the only one that is left. */
  readonly files: readonly ScriptFile[]
  /** The paths of files that both sides changed in ways that git cannot join. */
  readonly conflicts: readonly string[]
}

/**
 * The revision files as they will be when `ref` has been merged into the work tree, with what is not committed there:
 * three-way by file, a renamed file known by its identifier. Throws `unknown-ref`, and `no-repository` without one.
 */
export function filesAfterMerge(project: Project, ref: string): MergedFiles {
  const repository = repositoryOf(project)
  if (repository === null)
    throw new AludelError('no-repository', `${project.directory} is not in a git repository.`, {
      hint: 'Run this where the revisions lie in a work tree of git, with the program `git` installed.',
    })
  const [theirs = null, head = null] = commitsOf(repository, [ref, 'HEAD'])
  if (theirs === null) throw unknownRef(ref)
  const [base = ''] = head === null ? [] : askGit(repository.folder, ['merge-base', head, theirs]).split('\n')
  const present = readScriptFiles(project)
  const sides = {
    ...textsOf(repository, base, theirs),
    ours: new Map(present.map(({ path, text }) => [path, text])),
  }
  const merged = mergeSides(sides, (three) => mergeText(repository, three))
  const known = new Map(present.map((file) => [file.path, file]))
  const places = [...merged.texts.keys()].map((path) => ({ path, file: join(project.directory, path) }))
  const files = onlyRevisionFiles(places, versionFolders(project), project.directory).map((place) => {
    const text = merged.texts.get(place.path) ?? ''
    const own = known.get(place.path)
    return own?.text === text ? own : readScriptFile(place, text)
  })
  return { files, conflicts: merged.conflicts.toSorted() }
}

type Texts = ReadonlyMap<string, string>

interface Sides {
  readonly base: Texts
  readonly ours: Texts
  readonly theirs: Texts
}

function textsOf(repository: Repository, base: string, theirs: string): Omit<Sides, 'ours'> {
  const before: ReadonlyMap<string, string> = base === '' ? new Map() : listFiles(repository, base)
  const other = listFiles(repository, theirs)
  const contents = readContents(repository, [...before.values(), ...other.values()])
  const texts = (files: ReadonlyMap<string, string>) =>
    new Map([...files].map(([path, content]) => [path, contents.get(content) ?? '']))
  return { base: texts(before), theirs: texts(other) }
}

interface ThreeTexts {
  readonly base: string
  readonly ours: string
  readonly theirs: string
}

type MergeText = (three: ThreeTexts) => string | null

function mergeSides({ base, ours, theirs }: Sides, join: MergeText) {
  const texts = new Map<string, string>()
  const conflicts: string[] = []
  const nowOurs = renamed(base, ours)
  const nowTheirs = renamed(base, theirs)
  const taken = new Set([...nowOurs.values(), ...nowTheirs.values()])
  const added = [...ours.keys(), ...theirs.keys()].filter((path) => !base.has(path) && !taken.has(path))
  for (const path of new Set([...base.keys(), ...added])) {
    const [ourPath, theirPath] = [nowOurs.get(path) ?? path, nowTheirs.get(path) ?? path]
    const target = ourPath === path ? theirPath : ourPath
    const before = base.get(path) ?? null
    const our = ours.get(ourPath) ?? null
    const their = theirs.get(theirPath) ?? null
    const result = mergeOne({ before, our, their }, join)
    if (result === 'conflict' || (ourPath !== path && theirPath !== path && ourPath !== theirPath))
      conflicts.push(target)
    const text = result === 'conflict' ? (our ?? their) : result.text
    if (text !== null) texts.set(target, text)
  }
  return { texts, conflicts }
}

interface Versions {
  readonly before: string | null
  readonly our: string | null
  readonly their: string | null
}

function mergeOne({ before, our, their }: Versions, join: MergeText): { readonly text: string | null } | 'conflict' {
  if (isSame(our, their) || isSame(their, before)) return { text: our }
  if (isSame(our, before)) return { text: their }
  if (before === null || our === null || their === null) return 'conflict'
  const text = join({ base: before, ours: our, theirs: their })
  return text === null ? 'conflict' : { text }
}

// A work tree may have other line ends than what is committed.
function isSame(one: string | null, other: string | null): boolean {
  return one === other || (one !== null && other !== null && plain(one) === plain(other))
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n')
}

/** Paths of the base that a side lacks, each with the new path of the file that has its identifier there. */
function renamed(base: Texts, side: Texts): ReadonlyMap<string, string> {
  const gone = [...base.keys()].filter((path) => !side.has(path))
  if (gone.length === 0) return new Map()
  const added = new Map([...side].filter(([path]) => !base.has(path)).map(([path, text]) => [idOf(path, text), path]))
  return new Map(
    gone.flatMap((path) => {
      const id = idOf(path, base.get(path) ?? '')
      const now = id === null ? undefined : added.get(id)
      return now === undefined ? [] : [[path, now] as const]
    }),
  )
}

function idOf(path: string, text: string): string | null {
  const { revision } = readHeader(text) ?? parseHeader(path, text).fields
  return typeof revision === 'string' ? revision : null
}

/** Git's own merge of three texts; null where they conflict. */
function mergeText({ folder }: Repository, three: ThreeTexts): string | null {
  const temporary = mkdtempSync(join(tmpdir(), 'aludel-merge-'))
  try {
    const files = (['ours', 'base', 'theirs'] as const).map((name) => {
      const file = join(temporary, name)
      writeFileSync(file, three[name])
      return file
    })
    const answer = runGit(folder, ['merge-file', '-p', '-q', ...files])
    return answer?.status === 0 ? answer.output.toString('utf8') : null
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}
