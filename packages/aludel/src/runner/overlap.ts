// Version rows of which one contains another: tidied where it is proven that nothing is hidden, refused elsewhere.

import { AludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { belowOf, reach } from '../revisions/node.ts'
import { nodesOf } from '../revisions/relations.ts'
import { historyStatement, quoted, versionStatements, versionTableName } from './bookkeeping.ts'
import { originOf } from './origin.ts'
import { ranHere } from './past.ts'
import type { Session } from './session.ts'

export interface OverlapRequest {
  readonly project: Project
  readonly session: Session
  readonly graph: RevisionGraph<Script>
  readonly log: (message: string) => void
}

/** The rows that another row requires, in the order of the rows. */
export function containedRows(graph: RevisionGraph, rows: readonly string[]): readonly string[] {
  const nodes = nodesOf(graph, rows)
  const contained = reach(
    nodes.flatMap(({ requires }) => requires),
    belowOf,
  )
  return nodes.filter((node) => contained.has(node)).map(({ revision }) => revision.id)
}

/**
 * The rows to plan from. Rows overlap when a revision was given a parent or a dependency after databases had both.
 * Where the history shows that everything below ran here, the contained rows say nothing and are left out; where it
 * does not, something may never have run.
 *
 * @throws AludelError `overlapping-revisions`
 */
export async function rowsToPlanFrom(request: OverlapRequest, rows: readonly string[]): Promise<readonly string[]> {
  const { project, session, graph } = request
  const contained = containedRows(graph, rows)
  if (contained.length === 0) return rows
  const ran = await ranHere(project, session)
  const applied = reach(nodesOf(graph, rows), belowOf)
  const unproven = [...applied].map(({ revision }) => revision.id).filter((id) => !ran.has(id))
  const kept = rows.filter((row) => !contained.includes(row))
  if (unproven.length === 0) return kept
  throw new AludelError(
    'overlapping-revisions',
    `The version table has ${listed(contained)} beside ${listed(kept)}, which ${kept.length === 1 ? 'contains' : 'contain'} ${contained.length === 1 ? 'it' : 'them'}, and its history does not say that ${listed(unproven.sort())} ran here.`,
    {
      hint: `Look whether all of that is in the database; then \`aludel stamp --purge ${kept.join(' ')}\` leaves the rows that contain the others.`,
      details: { rows, contained, unproven, upper: kept[0] ?? null, lower: contained[0] ?? null, revisions: rows },
    },
  )
}

function listed(ids: readonly string[]): string {
  const shown = ids.slice(0, 4).map((id) => `"${id}"`)
  return ids.length > 4 ? `${shown.join(', ')} and ${ids.length - 4} more` : shown.join(', ')
}

/** Takes the contained rows out of the table; the history says so. */
export async function removeContainedRows(
  { project, session, log }: OverlapRequest,
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
