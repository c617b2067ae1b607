// What has happened to a database, by what its history says: which steps never came to an end, and which revisions ran.

import type { Project } from '../project/project.ts'
import { readBrokenOffs } from './broken-off.ts'
import type { Contact } from './contact.ts'
import { historyTableName, quoted } from './own-tables.ts'
import type { Session } from './session.ts'

export interface BrokenOffStep {
  readonly revision: string
  readonly direction: string
  /** How many of its statements were applied and kept. */
  readonly statements: number
}

interface Told {
  readonly event: string
  readonly revision: string | null
  readonly direction: string | null
}

/** None where there is no history. Steps that are all or nothing leave nothing here. */
export async function brokenOffSteps(project: Project, session: Session): Promise<readonly BrokenOffStep[]> {
  const open = await readBrokenOffs(project, session)
  return [...open]
    .filter(([, { sums, failed }]) => sums.length > 0 || !failed)
    .map(([revision, { direction, sums }]) => ({ revision, direction, statements: sums.length }))
}

/** The revisions whose upgrade ran here and was not taken back since. What was stamped did not run. */
export async function ranHere(project: Project, session: Contact): Promise<ReadonlySet<string>> {
  const ran = new Set<string>()
  for (const { event, revision, direction } of await events(project, session)) {
    if (event !== 'done' || revision === null) continue
    if (direction === 'downgrade') ran.delete(revision)
    else ran.add(revision)
  }
  return ran
}

async function events(project: Project, { db, dialect }: Contact): Promise<readonly Told[]> {
  const at = quoted(dialect, historyTableName(project))
  const names = ['event', 'revision', 'direction'].map((name) => dialect.quote(name)).join(', ')
  try {
    const { rows } = await db.query<Told>(`SELECT ${names} FROM ${at} ORDER BY ${dialect.quote('id')}`)
    return rows
  } catch (error) {
    if (dialect.explain(error).kind === 'does-not-exist') return []
    throw error
  }
}
