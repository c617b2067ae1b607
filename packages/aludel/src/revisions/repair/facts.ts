// What a repair asks beyond the headers: git, the bodies, names for new files. Handed in, so that planning stays pure.

import type { RevisionInput } from '../revision.ts'
import type { Chain, ChainFile, ChainNode } from './chain.ts'

/** A thing of the database that a revision needs, makes or takes away. */
export interface ObjectUse {
  /** One text an object, the same in every revision. */
  readonly key: string
  /** As a person names it: `table "user"`. */
  readonly title: string
  /** The key of the table it is part of; its own for a table. */
  readonly owner: string
}

export interface BodyTouches {
  readonly requires: readonly ObjectUse[]
  readonly provides: readonly ObjectUse[]
  readonly removes: readonly ObjectUse[]
  /** Something in it may make anything, so nothing after it can be called missing. */
  readonly unknown: boolean
}

export interface FormerHeader {
  readonly downRevisions: readonly string[] | null
  readonly id: string | null
  /** Whether it stood so on a shared branch. */
  readonly shared: boolean
}

export interface LostFile {
  readonly file: ChainFile
  readonly text: string
}

export interface GitKnowledge {
  /** Whether a revision file of this path was ever on a shared branch. */
  isPublished(path: string): boolean
  /** Seconds since 1970 of the commit that first had the file; null where none has. */
  addedAt(path: string): number | null
  /** The newest text that had this identifier, in any commit. */
  lost(id: string): LostFile | null
  /** Earlier headers of a file, newest first. */
  former(path: string): readonly FormerHeader[]
  /** Every revision that was ever published, with what it followed when it was. */
  readonly firstPublished: readonly (RevisionInput & { readonly path: string })[]
  /** The revisions of the shared branch at the point this work started from, with their files. */
  readonly published: readonly (RevisionInput & { readonly path: string })[] | null
}

export interface NewFile {
  readonly id: string
  readonly message: string
  readonly createdAt: string | null
  /** The path of the file beside which it goes. */
  readonly beside: string
}

export interface ChainFacts {
  /** Null outside a repository: then every file counts as published. */
  readonly git: GitKnowledge | null
  /** Whether two files do the same, whatever their comments and white space. */
  sameContent(one: ChainFile, other: ChainFile): boolean
  /** What the upgrade of a file on disk touches; null where its body cannot be recorded. */
  recorded(path: string): BodyTouches | null
  /** Twelve hex digits, always the same for the same seed. */
  identifier(seed: string): string
  /** The path of a new file. */
  place(file: NewFile): string
}

export function isPublished({ git }: ChainFacts, file: ChainFile): boolean {
  return git === null || git.isPublished(file.path)
}

const nothing: BodyTouches = { requires: [], provides: [], removes: [], unknown: false }

/** What a revision's upgrade touches; null where that cannot be known. */
export function touchesOf(facts: ChainFacts, file: ChainFile): BodyTouches | null {
  return file.body === 'empty' ? nothing : facts.recorded(file.path)
}

/** The same of a revision of the graph. */
export function touchesAt(chain: Chain, facts: ChainFacts, node: ChainNode): BodyTouches | null {
  const file = chain.byPath.get(node.revision.path)
  return file === undefined ? null : touchesOf(facts, file)
}
