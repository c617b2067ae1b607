// archive: what revisions have set aside with `keep`, and what goes for ever.

import { AludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import { didYouMean } from '../revisions/nearest.ts'
import { type ArchiveRow, archiveRows, dropArchives as dropThem } from '../runner/archives-kept.ts'
import { withSession } from '../runner/session.ts'

/** One archive: what it was taken from, by which revision, and how many rows it holds. */
export interface ArchiveJson {
  readonly name: string
  readonly namespace: string | null
  readonly revision: string
  readonly table: string
  /** Null where a whole table was kept. */
  readonly column: string | null
  /** ISO 8601, UTC. */
  readonly at: string
  /** Null where the archive's table is gone. */
  readonly rows: number | null
}

export interface ArchivesResult {
  readonly database: string
  readonly archives: readonly ArchiveJson[]
}

export interface DropArchivesOptions {
  /** Names of archives; none with `all`. */
  readonly names?: readonly string[]
  readonly all?: boolean
  /** Asked before anything is dropped; default: nobody asks. */
  readonly confirm?: (archives: readonly ArchiveJson[]) => Promise<void>
}

export interface DropArchivesResult {
  readonly database: string
  readonly dropped: readonly ArchiveJson[]
}

/** What is kept in the database. */
export function archives(project: Project): Promise<ArchivesResult> {
  return withSession(project, { mustExist: true }, async (session) => ({
    database: session.db.address,
    archives: (await archiveRows(session)).map(archiveJson),
  }))
}

/** Drops archives with all they hold. */
export function dropArchives(project: Project, options: DropArchivesOptions): Promise<DropArchivesResult> {
  return withSession(project, { mustExist: true }, async (session) => {
    const there = await archiveRows(session)
    const wanted = options.all ? there : (options.names ?? []).map((name) => named(there, name))
    const dropped = wanted.map(archiveJson)
    if (wanted.length > 0) await options.confirm?.(dropped)
    await dropThem(session, wanted)
    return { database: session.db.address, dropped }
  })
}

function named(there: readonly ArchiveRow[], name: string): ArchiveRow {
  const found = there.find((one) => one.name === name)
  if (found !== undefined) return found
  const candidates = there.map((one) => one.name)
  throw new AludelError('unknown-archive', `There is no archive "${name}" in this database.`, {
    hint:
      didYouMean(name, candidates) ??
      (candidates.length === 0 ? 'Nothing is kept in it.' : '`aludel archive list` shows what is kept.'),
    details: { archive: name, candidates },
  })
}

function archiveJson({ name, namespace, revision, table_name, column_name, at, rows }: ArchiveRow): ArchiveJson {
  return { name, namespace, revision, table: table_name, column: column_name, at, rows }
}
