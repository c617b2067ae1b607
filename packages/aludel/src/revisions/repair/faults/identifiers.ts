// Faults of identifiers: such as nothing can load, and such as several files claim.

import { parentsOf, reach } from '../../node.ts'
import { illegalIdReason, versionWidth } from '../../problems.ts'
import type { Chain, ChainFile, Edit } from '../chain.ts'
import { byPath, edits, filesWith, renamedReferences } from '../chain.ts'
import type { ChainFacts } from '../facts.ts'
import { isPublished, touchesOf } from '../facts.ts'
import type { Fault, Inspection } from '../fault.ts'
import { permitted } from './permission.ts'

/** No database can be stamped at an identifier that cannot be loaded, so a new one can be given without asking. */
export const illegalIdentifiers: Inspection = (chain, facts) =>
  chain.files.flatMap((file): readonly Fault[] => {
    const why = illegality(file)
    if (why === null) return []
    const quotes = file.id !== null && illegalIdReason(file.id) === null
    const id = quotes ? (file.id ?? '') : freshId(chain, facts, file)
    const renamed = file.id === null || quotes ? [] : renamedReferences(chain, file.id, id)
    return [
      {
        code: 'illegal-id',
        severity: 'error',
        files: [file.path],
        revisions: file.id === null ? [] : [file.id],
        message: `The identifier in ${file.path} ${why}.`,
        repair: quotes ? `Write it as the text "${id}".` : `Call the revision "${id}", here and where it is named.`,
        safe: true,
        change: edits({ path: file.path, field: 'revision', value: id }, ...renamed),
      },
    ]
  })

function illegality(file: ChainFile): string | null {
  if (file.unquoted.includes('revision')) return `is the number ${file.id}, not a text`
  if (file.id === null) return file.trouble?.code === 'illegal-id' ? 'is not a text' : null
  const reason = illegalIdReason(file.id)
  return reason === null
    ? null
    : file.id === ''
      ? reason
      : `is "${file.id.length > 60 ? `${file.id.slice(0, 57)}...` : file.id}", which ${reason}`
}

/** An identifier that nobody has: the old one made legal, what the file's name says, or one made from the path. */
function freshId(chain: Chain, facts: ChainFacts, file: ChainFile): string {
  const taken = takenNames(chain)
  const isFree = (id: string): boolean => illegalIdReason(id) === null && !taken.has(id) && id.length <= versionWidth
  const legal = (file.id ?? '').replace(/[^A-Za-z0-9_.]+/g, '_')
  const candidates = [...(legal === file.id || legal === '' ? [] : [legal]), ...namesIn(chain, file)]
  return candidates.find(isFree) ?? freeIdentifier(chain, facts, file.path)
}

/** One made from a text, the same for the same text, that nobody has. */
export function freeIdentifier(chain: Chain, facts: ChainFacts, seed: string): string {
  const taken = takenNames(chain)
  for (let text = seed; ; text += '+') {
    const id = facts.identifier(text)
    if (!taken.has(id)) return id
  }
}

function takenNames({ files }: Chain): ReadonlySet<string> {
  return new Set(files.flatMap(({ id, branchLabels }) => (id === null ? branchLabels : [id, ...branchLabels])))
}

/** What a file's name calls it, where others call it that or where the names of files begin with identifiers here. */
function namesIn(chain: Chain, file: ChainFile): readonly string[] {
  const stem = stemOf(file.path)
  const parts = stem.split('_')
  const beginnings = parts.map((_, index) => parts.slice(0, index + 1).join('_')).reverse()
  const named = new Set(chain.files.flatMap(({ downRevisions, dependsOn }) => [...(downRevisions ?? []), ...dependsOn]))
  const wanted = beginnings.filter((name) => named.has(name))
  const others = chain.files.filter((one) => one !== file && one.id !== null && one.id !== file.id)
  const habit = others.length > 0 && others.every((one) => stemOf(one.path).startsWith(`${one.id}_`))
  return [...wanted, ...(habit && parts.length > 1 ? [parts[0] ?? ''] : [])]
}

export function stemOf(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.[cm]?[jt]s$/, '')
}

export const duplicates: Inspection = (chain, facts) => {
  const groups = new Map<string, ChainFile[]>()
  for (const file of chain.files) {
    if (file.id !== null) groups.set(file.id, [...(groups.get(file.id) ?? []), file])
  }
  return [...groups].flatMap(([id, files]): readonly Fault[] =>
    files.length < 2 ? [] : (copyFault(id, files, facts) ?? clashFaults(id, files, chain, facts)),
  )
}

/** Two files that do the same: one of them goes, and the identifier stays. */
function copyFault(id: string, files: readonly ChainFile[], facts: ChainFacts): readonly Fault[] | null {
  const inOrder = files.toSorted(byAge(facts, id))
  const [kept, ...others] = inOrder
  const copy = others.find((other) => kept !== undefined && facts.sameContent(kept, other))
  if (kept === undefined || copy === undefined) return null
  return [
    {
      code: 'duplicate-file',
      severity: 'error',
      files: [kept.path, copy.path].sort(),
      revisions: [id],
      message: `${kept.path} and ${copy.path} are the same revision "${id}" twice.`,
      repair: `Remove ${copy.path}.`,
      safe: true,
      change: { edits: [], created: [], removed: [copy.path] },
    },
  ]
}

/** Several revisions under one identifier: each that came later gets its own. */
function clashFaults(id: string, files: readonly ChainFile[], chain: Chain, facts: ChainFacts): readonly Fault[] {
  const [kept, ...others] = files
    .toSorted(byAge(facts, id))
    .sort((one, other) => Number(stands(chain, one)) - Number(stands(chain, other)))
  if (kept === undefined) return []
  return others.map((later): Fault => {
    const fresh = freshId(chain, facts, later)
    const followers = meantFor(chain, facts, { id, kept, later, fresh })
    const moved = followers.length === 0 ? '' : `, which is meant by ${followers.map(({ path }) => path).join(' and ')}`
    const safe = !isPublished(facts, later)
    return {
      code: 'duplicate-revision',
      severity: 'error',
      files: [kept.path, later.path].sort(),
      revisions: [id],
      message: `${kept.path} and ${later.path} do different things and both are "${id}", so one of them would never run.`,
      repair: permitted(
        safe,
        `Keep it in ${kept.path}, and call the one in ${later.path} "${fresh}"${moved}.${safe ? '' : ' Look in each database which of the two ran there.'}`,
      ),
      safe,
      change: edits({ path: later.path, field: 'revision', value: fresh }, ...followers),
    }
  })
}

// A file that follows, however far down, the identifier it claims came after the other one.
function stands(chain: Chain, file: ChainFile): boolean {
  const starts = (file.downRevisions ?? []).flatMap((name) => chain.graph.names.get(name) ?? [])
  return [...reach(starts, parentsOf)].some((node) => node.revision.id === file.id)
}

/** Oldest first: as git has it, else as the headers say, else the one whose name bears the identifier, else by path. */
function byAge({ git }: ChainFacts, id: string) {
  const never = Number.POSITIVE_INFINITY
  const bears = (file: ChainFile): number => Number(!stemOf(file.path).startsWith(id))
  return (one: ChainFile, other: ChainFile): number => {
    const ages = git === null ? [0, 0] : [git.addedAt(one.path) ?? never, git.addedAt(other.path) ?? never]
    if (ages[0] !== ages[1]) return (ages[0] ?? 0) < (ages[1] ?? 0) ? -1 : 1
    const dates = [one.createdAt ?? '', other.createdAt ?? '']
    if (dates[0] !== dates[1] && !dates.includes('')) return (dates[0] ?? '') < (dates[1] ?? '') ? -1 : 1
    return bears(one) - bears(other) || byPath(one, other)
  }
}

interface Clash {
  readonly id: string
  readonly kept: ChainFile
  readonly later: ChainFile
  readonly fresh: string
}

/** The files that name the identifier and need what only the later of the two makes. */
function meantFor(chain: Chain, facts: ChainFacts, { id, kept, later, fresh }: Clash): readonly Edit[] {
  const provided = (file: ChainFile): ReadonlySet<string> =>
    new Set(touchesOf(facts, file)?.provides.map(({ key }) => key) ?? [])
  const there = provided(kept)
  const only = new Set([...provided(later)].filter((key) => !there.has(key)))
  if (only.size === 0) return []
  return renamedReferences(chain, id, fresh).filter(({ path }) => {
    const file = chain.byPath.get(path)
    if (file === undefined || filesWith(chain, id).includes(file)) return false
    return touchesOf(facts, file)?.requires.some(({ key }) => only.has(key)) ?? false
  })
}
