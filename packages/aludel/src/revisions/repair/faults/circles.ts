// Revisions that follow or need themselves, directly or in a circle, and the edge that most likely closes it.

import { components } from '../../algorithms/cycles.ts'
import { isBase, isHead } from '../../relations.ts'
import { quotedList } from '../../sentences.ts'
import type { Chain, ChainFile, ChainNode, Edit } from '../chain.ts'
import { byPath, changed, edits, fileOf, filesWith, standsOn } from '../chain.ts'
import type { ChainFacts } from '../facts.ts'
import { isPublished } from '../facts.ts'
import type { Fault, Inspection } from '../fault.ts'
import { permitted } from './permission.ts'

interface Way {
  readonly edit: Edit
  /** The end of a sentence. */
  readonly because: string
  readonly safe: boolean
}

export const selfReferences: Inspection = (chain, facts) =>
  chain.files.flatMap((file): readonly Fault[] => {
    const { id } = file
    if (id === null) return []
    const faults: Fault[] = []
    if (file.dependsOn.includes(id)) faults.push(selfDependency(file, id))
    // Where another file has the identifier too, that one may be meant.
    const isOther = filesWith(chain, id).some((one) => one !== file && !one.downRevisions?.includes(id))
    if (file.downRevisions?.includes(id) && !isOther) faults.push(selfReference(chain, facts, file, id))
    return faults
  })

function selfDependency(file: ChainFile, id: string): Fault {
  return {
    code: 'self-dependency',
    severity: 'error',
    files: [file.path],
    revisions: [id],
    message: `${file.path} depends on itself.`,
    repair: `Leave "${id}" out of its dependencies: it says nothing.`,
    safe: true,
    change: edits({ path: file.path, field: 'dependsOn', value: file.dependsOn.filter((name) => name !== id) }),
  }
}

function selfReference(chain: Chain, facts: ChainFacts, file: ChainFile, id: string): Fault {
  const others = (file.downRevisions ?? []).filter((name) => name !== id)
  const way =
    others.length > 0
      ? { edit: parentEdit(file, others), because: 'its other parents say where it belongs', safe: true }
      : (waysOut(chain, facts, file)[0] ?? onlyPlace(chain, file))
  return {
    code: 'self-reference',
    severity: 'error',
    files: [file.path],
    revisions: [id],
    message: `${file.path} says that "${id}" follows itself.`,
    ...mendBy(way, `Let ${file.path} follow what it followed at first.`),
  }
}

export const cycles: Inspection = (chain, facts) => {
  const straight = circles(chain, (file) => file.downRevisions ?? [])
  const onOne = new Set(straight.flat())
  const wider = circles(chain, (file) => [...(file.downRevisions ?? []), ...file.dependsOn])
  return [
    ...straight.map((files) => cycle(chain, facts, files)),
    ...wider.filter((files) => !files.some((file) => onOne.has(file))).map((files) => dependencyCycle(chain, files)),
  ]
}

/** The files on common circles, self references left aside. */
function circles(chain: Chain, next: (file: ChainFile) => readonly string[]): readonly (readonly ChainFile[])[] {
  const target = (name: string): ChainFile | null =>
    fileOf(chain, name) ?? chain.byPath.get(chain.graph.names.get(name)?.revision.path ?? '') ?? null
  return components(chain.files, (file) => next(file).flatMap((name) => target(name) ?? []))
    .filter((members) => members.length > 1)
    .map((members) => members.toSorted(byPath))
}

function cycle(chain: Chain, facts: ChainFacts, files: readonly ChainFile[]): Fault {
  const ids = files.flatMap(({ id }) => id ?? [])
  const inside = new Set(ids)
  const candidates = [
    ...files.flatMap((file) => waysOut(chain, facts, file).filter(({ edit }) => differs(file, edit))),
    ...files.flatMap((file) => otherParents(file, inside)),
    ...oldest(chain, files, inside),
  ]
  const way = candidates.find(({ edit }) => opens(chain, edit, ids)) ?? null
  return {
    code: 'cycle',
    severity: 'error',
    files: files.map(({ path }) => path),
    revisions: ids,
    message: `${quotedList(ids)} follow each other in a circle.`,
    ...mendBy(
      way,
      `Let the first of ${quotedList(ids)} follow what it followed before the circle was closed, or nothing.`,
    ),
  }
}

function dependencyCycle(chain: Chain, files: readonly ChainFile[]): Fault {
  const ids = files.flatMap(({ id }) => id ?? [])
  const names = new Set(files.flatMap((file) => [file.id ?? '', ...file.branchLabels]))
  const ways = files
    .filter((file) => file.dependsOn.some((name) => names.has(name)))
    .map((file): Way => {
      const kept = file.dependsOn.filter((name) => !names.has(name))
      const edit: Edit = { path: file.path, field: 'dependsOn', value: kept }
      return { edit, because: 'its dependency closes the circle', safe: false }
    })
    .filter(({ edit }) => opens(chain, edit, ids))
  return {
    code: 'dependency-cycle',
    severity: 'error',
    files: files.map(({ path }) => path),
    revisions: ids,
    message: `${quotedList(ids)} need each other in a circle, counting what they depend on.`,
    ...mendBy(
      ways.length === 1 ? (ways[0] ?? null) : null,
      `Take one of the dependencies of ${quotedList(ids)} away, so that one of them can come first.`,
    ),
  }
}

function mendBy(way: Way | null, byHand: string): Pick<Fault, 'repair' | 'safe' | 'change'> {
  if (way === null) return { repair: byHand, safe: false, change: null }
  const { edit, because, safe } = way
  const value = typeof edit.value === 'string' ? [edit.value] : edit.value
  const what = edit.field === 'dependsOn' ? 'depend on' : 'follow'
  const names = value.length === 0 ? 'nothing' : quotedList(value)
  const repair = permitted(safe, `Let ${edit.path} ${what} ${names}: ${because}.`)
  return { repair, safe, change: edits(edit) }
}

function parentEdit(file: ChainFile, value: readonly string[]): Edit {
  return { path: file.path, field: 'downRevision', value }
}

/** What git remembers and what the comment hints at, the surest first. */
function waysOut(chain: Chain, facts: ChainFacts, file: ChainFile): readonly Way[] {
  const exists = (ids: readonly string[]): boolean => ids.every((id) => id !== file.id && chain.graph.revisions.has(id))
  const former = (facts.git?.former(file.path) ?? []).flatMap(({ downRevisions, shared }): readonly Way[] =>
    downRevisions === null || !exists(downRevisions)
      ? []
      : [
          {
            edit: parentEdit(file, downRevisions),
            because: shared ? 'that is how it was published' : 'that is how it was before',
            safe: shared || !isPublished(facts, file),
          },
        ],
  )
  const hint = file.revisesHint
  const hinted: readonly Way[] =
    hint.length === 0 || !exists(hint)
      ? []
      : [
          {
            edit: parentEdit(file, hint),
            because: 'its comment says so',
            safe: facts.git !== null && !isPublished(facts, file),
          },
        ]
  return [...former.toSorted((one, other) => Number(other.safe) - Number(one.safe)), ...hinted]
}

/** After the only head of the rest: better than nothing, and only with permission. */
function onlyPlace(chain: Chain, file: ChainFile): Way | null {
  const rest = changed(chain, { edits: [], created: [], removed: [file.path] })
  const isIts = ({ revision }: ChainNode): boolean =>
    revision.path === file.path || revision.downRevisions.includes(file.id ?? '')
  const heads = rest.graph.nodes.filter((node) => isHead(node) && !standsOn(chain, node.revision.id, isIts))
  const [head] = heads
  if (heads.length > 1) return null
  const because = head === undefined ? 'there is nothing else it could follow' : 'it is the only head of the rest'
  return { edit: parentEdit(file, head === undefined ? [] : [head.revision.id]), because, safe: false }
}

/** A revision that also follows something outside belongs there. */
function otherParents(file: ChainFile, inside: ReadonlySet<string>): readonly Way[] {
  const outside = (file.downRevisions ?? []).filter((name) => !inside.has(name))
  if (outside.length === 0 || outside.length === file.downRevisions?.length) return []
  return [{ edit: parentEdit(file, outside), because: 'its other parent lies outside the circle', safe: false }]
}

/** The oldest of the circle cannot follow a younger one. */
function oldest(chain: Chain, files: readonly ChainFile[], inside: ReadonlySet<string>): readonly Way[] {
  const dated = files.filter(({ createdAt }) => createdAt !== null)
  if (dated.length !== files.length) return []
  const [first, second] = dated.toSorted((one, other) => ((one.createdAt ?? '') < (other.createdAt ?? '') ? -1 : 1))
  if (first === undefined || first.createdAt === second?.createdAt) return []
  const bases = chain.graph.nodes.filter(isBase)
  const heads = chain.graph.nodes.filter(
    (node) =>
      isHead(node) && !inside.has(node.revision.id) && node.revision.downRevisions.every((id) => !inside.has(id)),
  )
  const because = 'it is the oldest of the circle'
  if (bases.length === 0) return [{ edit: parentEdit(first, []), because, safe: false }]
  const [head] = heads
  if (head === undefined || heads.length > 1) return []
  return [
    {
      edit: parentEdit(first, [head.revision.id]),
      because: `${because}, and "${head.revision.id}" the only head beside it`,
      safe: false,
    },
  ]
}

function differs(file: ChainFile, { value }: Edit): boolean {
  return [...(file.downRevisions ?? [])].sort().join('\0') !== [...value].sort().join('\0')
}

/** Whether an edit takes all of these off every circle. */
function opens(chain: Chain, edit: Edit, ids: readonly string[]): boolean {
  const after = changed(chain, edits(edit))
  return !after.graph.problems.some(
    ({ code, revisions }) =>
      (code === 'cycle' || code === 'dependency-cycle') && revisions.some((id) => ids.includes(id)),
  )
}
