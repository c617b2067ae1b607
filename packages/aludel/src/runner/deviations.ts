// Where the files say something else than the history of a database: revisions edited after they ran, and ones that never ran.

import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { belowOf, reach } from '../revisions/node.ts'
import { nodesOf } from '../revisions/relations.ts'
import { opsSum, recordBody, sourceSum } from './body.ts'
import { historyStatement, historyTableName, quoted } from './bookkeeping.ts'
import { originOf } from './origin.ts'
import type { Session } from './session.ts'

/** A revision whose operations are not those that ran. */
export interface EditedRevision {
  readonly script: Script
  /** When it ran. */
  readonly ranAt: Date
  /** The sum of the text that ran. */
  readonly ranSum: string
  /** The sums of what the file says now; no sum of operations where they cannot be recorded any more. */
  readonly rawSum: string
  readonly opsSum: string | null
}

export interface Deviations {
  readonly edited: readonly EditedRevision[]
  /** Revisions below the version rows that neither ran here nor were there when the rows were stamped. */
  readonly neverRan: readonly Script[]
}

export interface DeviationRequest {
  readonly project: Project
  readonly session: Session
  readonly graph: RevisionGraph<Script>
  /** The version rows. */
  readonly rows: readonly string[]
}

export const noDeviations: Deviations = { edited: [], neverRan: [] }

interface Told {
  readonly event: string
  readonly revision: string | null
  readonly direction: string | null
  readonly raw_sha: string | null
  readonly ops_sha: string | null
  readonly heads: string | null
  readonly at: Date
}

/** One question; files are recorded only where their text is another than the one that ran. */
export async function deviationsOf(request: DeviationRequest): Promise<Deviations> {
  const { project, session, graph, rows } = request
  if (rows.length === 0) return noDeviations
  const told = await readTold(project, session)
  if (told.length === 0) return noDeviations
  const ran = lastRuns(told)
  const applied = [...reach(nodesOf(graph, rows), belowOf)].map(({ revision }) => revision)
  const excused = excusedBy(request, told)
  const changed = applied.flatMap((script) => {
    const run = ran.get(script.id)
    return run?.raw_sha == null || run.raw_sha === sourceSum(script.text) ? [] : [{ script, run }]
  })
  if (changed.length > 0) await project.loader.ready()
  return {
    edited: changed.flatMap(({ script, run }) => editedSince(request, script, run) ?? []),
    neverRan: applied.filter((script) => !ran.has(script.id) && !excused(script)),
  }
}

async function readTold(project: Project, { db, dialect }: Session): Promise<readonly Told[]> {
  const { quote, literal } = dialect
  const names = ['event', 'revision', 'direction', 'raw_sha', 'ops_sha', 'heads', 'at'].map(quote).join(', ')
  const events = ['done', 'stamp', 'resolve'].map(literal).join(', ')
  const at = quoted(dialect, historyTableName(project))
  try {
    const { rows } = await db.query<Told>(
      `SELECT ${names} FROM ${at} WHERE ${quote('event')} IN (${events}) ORDER BY ${quote('id')}`,
    )
    return rows
  } catch (error) {
    if (dialect.explain(error).kind === 'does-not-exist') return []
    throw error
  }
}

/** The latest upgrade of each revision that was not taken back; what people accepted since stands for it. */
function lastRuns(told: readonly Told[]): ReadonlyMap<string, Told> {
  const runs = new Map<string, Told>()
  for (const row of told) {
    const { event, revision, direction } = row
    if (revision === null || event === 'stamp') continue
    if (direction === 'downgrade') runs.delete(revision)
    else runs.set(revision, row)
  }
  return runs
}

/** Comments, white space and the like are no edits: the operations decide. */
function editedSince({ project, session }: DeviationRequest, script: Script, run: Told): EditedRevision | null {
  const found = { script, ranAt: new Date(run.at), ranSum: run.raw_sha ?? '', rawSum: sourceSum(script.text) }
  try {
    const sum = opsSum(recordBody(project, script, 'upgrade', session.dialect).ops)
    return sum === run.ops_sha ? null : { ...found, opsSum: sum }
  } catch {
    return { ...found, opsSum: null }
  }
}

/**
 * Who need not have run here: what lies below a stamp, unless it was made later; and what another program has applied,
 * which shows where a step followed revisions of which the history knows nothing. A step whose file says another parent
 * than when it ran shows nothing: that parent may have been put there since.
 */
function excusedBy({ graph, rows }: DeviationRequest, told: readonly Told[]): (script: Script) => boolean {
  const accounted = new Map<string, Date | null>()
  const excuse = (ids: readonly string[], at: Date) => {
    const unknown = ids.filter((id) => graph.revisions.has(id) && !accounted.has(id))
    for (const { revision } of reach(nodesOf(graph, unknown), belowOf)) {
      if (!accounted.has(revision.id)) accounted.set(revision.id, at)
    }
  }
  for (const [position, { event, revision, direction, heads, at, raw_sha: sum }] of told.entries()) {
    const moment = new Date(at)
    const script = graph.revisions.get(revision ?? '')
    if (event !== 'done') excuse(idsIn(heads), moment)
    else if (direction === 'upgrade' && script !== undefined) {
      const asItWas = sum === sourceSum(script.text)
      if (asItWas || position === 0) excuse([...script.downRevisions, ...script.dependsOn], moment)
      if (position === 0) excuse(idsIn(heads), moment)
      accounted.set(script.id, null)
    }
  }
  const last = told.at(-1)
  if (last !== undefined && idsIn(last.heads).sort().join() !== [...rows].sort().join()) excuse(rows, new Date(last.at))
  return ({ id, createdAt }) => {
    const at = accounted.get(id)
    return at !== undefined && !(at !== null && createdAt !== null && Date.parse(createdAt) > at.getTime())
  }
}

/** The identifiers of a list that was kept as JSON. */
export function idsIn(text: string | null): string[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
  } catch {
    return []
  }
}

/** The statements that write down that what the files say now is accepted. */
export function acceptance(
  { project, session, rows }: DeviationRequest,
  edited: readonly EditedRevision[],
): readonly string[] {
  const origin = originOf(project.directory)
  return edited.map(({ script, rawSum, opsSum: sum }) =>
    historyStatement(project, session.dialect, {
      ...origin,
      event: 'resolve',
      revision: script.id,
      direction: 'upgrade',
      at: new Date(),
      raw_sha: rawSum,
      ops_sha: sum,
      heads: JSON.stringify(rows),
    }),
  )
}
