// The life of every revision file, told from the commits: when it came, what it said, and what it was called.

import type { HeaderFields } from '../header.ts'
import type { Change, Commit } from './log.ts'

export interface PublishedRevision {
  readonly id: string
  readonly path: string
  readonly first: HeaderFields
  readonly last: HeaderFields
}

export interface FormerHeader {
  readonly commit: string
  readonly fields: HeaderFields
  readonly shared: boolean
}

/** What a revision file said in a commit. */
export interface Appearance extends FormerHeader {
  readonly path: string
  readonly content: string
}

export interface FileHistory {
  /** What it said, newest first, also under former names. */
  readonly appearances: readonly Appearance[]
  /** Seconds since 1970 when it came, whatever it was called then. */
  readonly added: number
}

export type FieldsOf = (path: string, content: string) => HeaderFields | null

/** By path. A file that a commit takes away while it adds another with the same content or identifier has been renamed. */
export function fileHistories(newestFirst: readonly Commit[], fieldsOf: FieldsOf): ReadonlyMap<string, FileHistory> {
  const histories = new Map<string, { appearances: Appearance[]; added: number }>()
  for (const commit of newestFirst.toReversed()) {
    const gone = commit.changes.filter(({ after }) => after === null)
    for (const change of commit.changes) {
      if (change.after === null) continue
      const fields = fieldsOf(change.path, change.after)
      const former = change.before === null ? formerName(change, fields, gone, fieldsOf) : null
      const inherited = former === null ? undefined : histories.get(former)
      const own = histories.get(change.path)
      const history = own ?? { appearances: [...(inherited?.appearances ?? [])], added: commit.at }
      if (own === undefined) histories.set(change.path, history)
      history.added = Math.min(history.added, inherited?.added ?? commit.at, commit.at)
      if (fields === null) continue
      const { id, shared } = commit
      history.appearances.unshift({ commit: id, shared, fields, path: change.path, content: change.after })
    }
  }
  return histories
}

function formerName(
  { after }: Change,
  fields: HeaderFields | null,
  gone: readonly Change[],
  fieldsOf: FieldsOf,
): string | null {
  const same = gone.find(({ before }) => before === after)
  if (same !== undefined) return same.path
  const id = fields?.revision
  if (typeof id !== 'string') return null
  const meant = gone.find(({ path, before }) => before !== null && fieldsOf(path, before)?.revision === id)
  return meant?.path ?? null
}

/** What each commit of these says in each file, newest first. */
export function appearancesIn(newestFirst: readonly Commit[], fieldsOf: FieldsOf): readonly Appearance[] {
  return newestFirst.flatMap(({ id, shared, changes }) =>
    changes.flatMap(({ path, after }) => {
      const fields = after === null ? null : fieldsOf(path, after)
      return after === null || fields === null ? [] : [{ commit: id, shared, fields, path, content: after }]
    }),
  )
}

/** Every identifier that a file on a shared ref ever had. */
export function publishedRevisions(appearances: readonly Appearance[]): ReadonlyMap<string, PublishedRevision> {
  const published = new Map<string, PublishedRevision>()
  for (const { fields, path, shared } of appearances.toReversed()) {
    const id = fields.revision
    if (!shared || typeof id !== 'string') continue
    published.set(id, { id, path, first: published.get(id)?.first ?? fields, last: fields })
  }
  return published
}

/** Each header once, where it stood last; shared where any commit with it is. */
export function distinctHeaders(appearances: readonly Appearance[]): readonly FormerHeader[] {
  const found = new Map<string, FormerHeader>()
  for (const { commit, fields, shared } of appearances) {
    const key = JSON.stringify(fields)
    const known = found.get(key)
    if (known === undefined) found.set(key, { commit, fields, shared })
    else if (shared && !known.shared) found.set(key, { ...known, shared })
  }
  return [...found.values()]
}
