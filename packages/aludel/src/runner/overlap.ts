// Version rows of which one contains another: passed over where it is proven that nothing is hidden, refused elsewhere.

import { AludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { belowOf, reach } from '../revisions/node.ts'
import { nodesOf, revisionsBelow } from '../revisions/relations.ts'
import type { Contact } from './contact.ts'

export interface OverlapRequest {
  readonly project: Project
  readonly session: Contact
  readonly graph: RevisionGraph<Script>
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
  const { ranHere } = await import('./past.ts')
  const ran = await ranHere(project, session)
  const unproven = revisionsBelow(graph, rows).flatMap(({ id }) => (ran.has(id) ? [] : [id]))
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
