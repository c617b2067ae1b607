// Version rows that another one contains, taken out of their table.

import type { Project } from '../project/project.ts'
import { historyStatement, versionStatements } from './bookkeeping.ts'
import { originOf } from './origin.ts'
import { quoted, versionTableName } from './own-tables.ts'
import type { Session } from './session.ts'

interface RemovalRequest {
  readonly project: Project
  readonly session: Session
  readonly log: (message: string) => void
}

/** Takes out the rows that are not among those kept; the history says so. */
export async function removeContainedRows(
  { project, session, log }: RemovalRequest,
  rows: readonly string[],
  kept: readonly string[],
): Promise<void> {
  const deleted = rows.filter((row) => !kept.includes(row))
  if (deleted.length === 0) return
  const { db, dialect } = session
  const origin = originOf(project.directory)
  const at = quoted(dialect, versionTableName(project))
  log(
    `${deleted.join(', ')} ${deleted.length === 1 ? 'is' : 'are'} contained in ${kept.join(', ')}: taken out of ${at}.`,
  )
  await db.transaction(async () => {
    await db.statements(versionStatements(project, dialect, { deleted, updated: null, inserted: [] }))
    const row = { ...origin, event: 'resolve' as const, at: new Date(), heads: JSON.stringify(kept) }
    await db.statements([historyStatement(project, dialect, row)])
  })
}
