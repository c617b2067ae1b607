// A revision as every verb tells it.

import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { ancestors, type Mark, marksOf } from '../revisions/relations.ts'
import { currentNodes, isKnownRow } from '../revisions/target.ts'

export type RevisionMark = Mark | 'current' | 'applied' | 'pending'

export interface RevisionJson {
  readonly id: string
  readonly downRevisions: readonly string[]
  readonly dependsOn: readonly string[]
  readonly branchLabels: readonly string[]
  readonly message: string
  readonly createdAt: string | null
  readonly phase: string | null
  readonly path: string
  readonly marks: readonly RevisionMark[]
}

/** Where a database stands in the graph: what its rows name, and everything below that. */
export interface Standing {
  readonly rows: readonly string[]
  readonly current: ReadonlySet<string>
  readonly applied: ReadonlySet<string>
  /** Rows that no revision file answers for. */
  readonly unknown: readonly string[]
}

export function revisionJson(graph: RevisionGraph<Script>, script: Script, standing: Standing | null): RevisionJson {
  return {
    id: script.id,
    downRevisions: script.downRevisions,
    dependsOn: script.dependsOn,
    branchLabels: script.branchLabels,
    message: script.message,
    createdAt: script.createdAt,
    phase: script.phase,
    path: script.path,
    marks: [...marksOf(graph, script.id), ...standingMarks(script.id, standing)],
  }
}

function standingMarks(id: string, standing: Standing | null): readonly RevisionMark[] {
  if (standing === null) return []
  if (standing.current.has(id)) return ['current', 'applied']
  return [standing.applied.has(id) ? 'applied' : 'pending']
}

export function standingOf(graph: RevisionGraph<Script>, rows: readonly string[]): Standing {
  const unknown = rows.filter((row) => !isKnownRow(graph, row))
  const current = currentNodes(
    graph,
    rows.filter((row) => !unknown.includes(row)),
  ).map((node) => node.revision.id)
  return { rows, current: new Set(current), applied: new Set([...current, ...ancestors(graph, current)]), unknown }
}

export function scriptsOf(graph: RevisionGraph<Script>, ids: readonly string[]): readonly Script[] {
  return ids.flatMap((id) => graph.revisions.get(id) ?? [])
}
