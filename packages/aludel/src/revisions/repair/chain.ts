// Revision files as a repair sees them: what each header says, right or wrong, and the graph that they make.

import type { RevisionGraph } from '../graph.ts'
import { buildGraph } from '../graph.ts'
import type { GraphNode } from '../node.ts'
import { belowOf, reach } from '../node.ts'
import type { Revision } from '../revision.ts'
import { type Ancestry, ancestryOf } from './ancestry.ts'

export type HeaderField = 'revision' | 'downRevision' | 'dependsOn' | 'branchLabels'

/** What one revision file says of itself. */
export interface ChainFile {
  /** Relative to the project, with `/`; unique. */
  readonly path: string
  /** Null where the header states none that can be read. */
  readonly id: string | null
  /** Null where the header does not say, or computes it. */
  readonly downRevisions: readonly string[] | null
  readonly dependsOn: readonly string[]
  readonly branchLabels: readonly string[]
  readonly createdAt: string | null
  readonly message: string
  /** Fields whose values are numbers where texts belong. */
  readonly unquoted: readonly HeaderField[]
  /** What stands after `Revises:` in the comment at the top: a hint, never an authority. */
  readonly revisesHint: readonly string[]
  /** Whether there is a file whose body says what it does, or one that is yet to be written and does nothing. */
  readonly body: 'written' | 'empty'
  /** Why the file cannot be a revision as it stands; null where it can. */
  readonly trouble: Trouble | null
  /** Whether its header can be written anew: not where the bytes are no UTF-8. */
  readonly mendable: boolean
}

export interface Trouble {
  readonly code: string
  readonly message: string
}

export interface ChainRevision extends Revision {
  readonly path: string
}

export interface Chain {
  /** In load order. */
  readonly files: readonly ChainFile[]
  readonly byPath: ReadonlyMap<string, ChainFile>
  /** Of the files that say who they are and what they follow; of several with one identifier the first. */
  readonly graph: RevisionGraph<ChainRevision>
  /** False where a file keeps its place in the graph to itself, so that nobody knows who is followed. */
  readonly whole: boolean
  /** Made when it is asked for first. */
  readonly ancestry: Ancestry<ChainRevision>
}

export type ChainNode = GraphNode<ChainRevision>

export function chainOf(files: readonly ChainFile[]): Chain {
  const inOrder = files.toSorted(byPath)
  const revisions = inOrder.flatMap((file): readonly ChainRevision[] => {
    if (file.id === null || file.downRevisions === null) return []
    const { path, id, downRevisions, dependsOn, branchLabels, createdAt, message } = file
    return [{ path, id, downRevisions, dependsOn, branchLabels, createdAt, message, phase: null }]
  })
  const graph = buildGraph(revisions)
  let ancestry: Ancestry<ChainRevision> | null = null
  return {
    files: inOrder,
    byPath: new Map(inOrder.map((file) => [file.path, file])),
    graph,
    get ancestry() {
      ancestry ??= ancestryOf(graph)
      return ancestry
    },
    whole: inOrder.every(
      (file) => (file.id !== null && file.downRevisions !== null) || file.trouble?.code === 'no-revision',
    ),
  }
}

/** Load order. */
export function byPath(one: { readonly path: string }, other: { readonly path: string }): number {
  return one.path < other.path ? -1 : 1
}

/** The file that stands for a revision in the graph. */
export function fileOf({ graph, byPath }: Chain, id: string): ChainFile | null {
  return byPath.get(graph.revisions.get(id)?.path ?? '') ?? null
}

/** Whether a revision is one of this file's, or requires one at any distance. */
export function standsOn({ graph }: Chain, id: string, isMeant: (node: ChainNode) => boolean): boolean {
  const start = graph.names.get(id)
  return start !== undefined && [...reach([start], belowOf)].some(isMeant)
}

export function filesWith({ files }: Chain, id: string): readonly ChainFile[] {
  return files.filter((file) => file.id === id)
}

/** All that a file says which says nothing. */
export const emptyFile: Omit<ChainFile, 'path' | 'id'> = {
  downRevisions: [],
  dependsOn: [],
  branchLabels: [],
  createdAt: null,
  message: '',
  unquoted: [],
  revisesHint: [],
  body: 'empty',
  trouble: null,
  mendable: true,
}

export interface Edit {
  readonly path: string
  readonly field: HeaderField
  /** As the header will say it: a text for `revision`, a list for the rest. */
  readonly value: string | readonly string[]
}

export interface CreatedFile {
  readonly file: ChainFile
  /** What it is: an empty merge or stub to be written, or a text that git has kept. */
  readonly text: string | null
}

/** What a repair does to the files. */
export interface Change {
  readonly edits: readonly Edit[]
  readonly created: readonly CreatedFile[]
  /** Paths. */
  readonly removed: readonly string[]
}

export function edits(...list: readonly Edit[]): Change {
  return { edits: list, created: [], removed: [] }
}

/** The chain as it is after a change. */
export function changed(chain: Chain, change: Change): Chain {
  const gone = new Set(change.removed)
  const kept = chain.files
    .filter((file) => !gone.has(file.path))
    .map((file) => change.edits.filter((edit) => edit.path === file.path).reduce(edited, file))
  return chainOf([...kept, ...change.created.map(({ file }) => file)])
}

function edited(file: ChainFile, { field, value }: Edit): ChainFile {
  const unquoted = file.unquoted.filter((one) => one !== field)
  const trouble = unquoted.length === 0 && file.id === null && field === 'revision' ? null : file.trouble
  const list = typeof value === 'string' ? [value] : value
  const said = field === 'revision' ? { id: list[0] ?? null } : { [listNames[field]]: list }
  return { ...file, ...said, unquoted, trouble }
}

/** What a chain's file calls the lists of its header. */
export const listNames = {
  downRevision: 'downRevisions',
  dependsOn: 'dependsOn',
  branchLabels: 'branchLabels',
} as const satisfies Record<Exclude<HeaderField, 'revision'>, keyof ChainFile>

/** An edit of each file that names a revision, so that it names another one. */
export function renamedReferences(chain: Chain, from: string, to: string): readonly Edit[] {
  const replaced = (list: readonly string[]): readonly string[] => [
    ...new Set(list.map((name) => (name === from ? to : name))),
  ]
  return chain.files.flatMap((file): readonly Edit[] => [
    ...(file.downRevisions?.includes(from)
      ? [{ path: file.path, field: 'downRevision' as const, value: replaced(file.downRevisions) }]
      : []),
    ...(file.dependsOn.includes(from)
      ? [{ path: file.path, field: 'dependsOn' as const, value: replaced(file.dependsOn) }]
      : []),
  ])
}
