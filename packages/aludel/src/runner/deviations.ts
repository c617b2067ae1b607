// Where the files say something else than the history of a database: revisions edited after they ran, and ones that never ran.

import type { Lines } from '../dialects/dialect.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { revisionsBelow } from '../revisions/relations.ts'
import type { Contact } from './contact.ts'
import { historyTableName, quoted } from './own-tables.ts'
import { sourceSum } from './sums.ts'

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
  readonly session: Contact
  readonly graph: RevisionGraph<Script>
  /** The version rows. */
  readonly rows: readonly string[]
}

export const noDeviations: Deviations = { edited: [], neverRan: [] }

interface Run {
  readonly revision: string
  readonly direction: string | null
  readonly raw_sha: string | null
}

interface Told extends Omit<Run, 'revision'> {
  readonly event: string
  readonly revision: string | null
  readonly ops_sha: string | null
  readonly heads: string | null
  readonly at: Date
}

/** A revision with what the history says of its latest upgrade. */
export interface ChangedFile {
  readonly script: Script
  readonly run: Pick<Told, 'at' | 'raw_sha' | 'ops_sha'>
}

/**
 * One question where every file is as it ran, which is nearly always; then one more. Files are recorded only where their
 * text is another than the one that ran.
 */
export async function deviationsOf(request: DeviationRequest): Promise<Deviations> {
  const { project, session, graph, rows } = request
  if (rows.length === 0) return noDeviations
  const applied = revisionsBelow(graph, rows)
  const ran = lastRuns(await readRuns(project, session))
  if (applied.every((script) => ran.has(script.id) && !isChanged(script, ran.get(script.id)))) return noDeviations
  const told = await readTold(project, session)
  if (told.length === 0) return noDeviations
  const runs = lastRuns(told)
  const changed = applied.flatMap((script) => {
    const run = runs.get(script.id)
    return run !== undefined && isChanged(script, run) ? [{ script, run }] : []
  })
  const excused = excusedBy(request, told)
  const edited = changed.length === 0 ? [] : await (await import('./edited.ts')).editedAmong(request, changed)
  return { edited, neverRan: applied.filter((script) => !runs.has(script.id) && !excused(script)) }
}

function isChanged({ text }: Script, run: Pick<Run, 'raw_sha'> | undefined): boolean {
  return run?.raw_sha != null && run.raw_sha !== sourceSum(text)
}

async function readRuns(project: Project, session: Contact): Promise<readonly Run[]> {
  const { quote, lines } = session.dialect
  const request = historyLines(project, session, ['revision', 'direction', 'raw_sha'], ['done', 'resolve'])
  const sql = lines({ ...request, where: `${request.where} AND ${quote('revision')} IS NOT NULL` })
  const rows = await ask<{ readonly lines: string | null }>(session, sql)
  return rows.flatMap((row) => row.lines?.split('\n') ?? []).map(runOf)
}

function runOf(line: string): Run {
  const [revision = '', direction, sum] = line.split('\t')
  return { revision, direction: direction || null, raw_sha: sum || null }
}

function readTold(project: Project, session: Contact): Promise<readonly Told[]> {
  const names = ['event', 'revision', 'direction', 'raw_sha', 'ops_sha', 'heads', 'at']
  const { columns, from, where, order } = historyLines(project, session, names, ['done', 'stamp', 'resolve'])
  return ask(session, `SELECT ${columns.join(', ')} FROM ${from} WHERE ${where} ORDER BY ${order}`)
}

/** These columns of what the history tells of these events, in its order. */
function historyLines(
  project: Project,
  { dialect }: Contact,
  names: readonly string[],
  events: readonly string[],
): Lines {
  const { quote, literal } = dialect
  const where = `${quote('event')} IN (${events.map(literal).join(', ')})`
  return { columns: names.map(quote), from: quoted(dialect, historyTableName(project)), where, order: quote('id') }
}

/** What the history answers; nothing where there is none. */
async function ask<Row>({ db, dialect }: Contact, sql: string): Promise<readonly Row[]> {
  try {
    return (await db.query<Row>(sql)).rows
  } catch (error) {
    if (dialect.explain(error).kind === 'does-not-exist') return []
    throw error
  }
}

/** The latest upgrade of each revision that was not taken back; what people accepted since stands for it. */
function lastRuns<Row extends Omit<Run, 'revision'> & { readonly revision: string | null; readonly event?: string }>(
  told: readonly Row[],
): ReadonlyMap<string, Row> {
  const runs = new Map<string, Row>()
  for (const row of told) {
    const { event, revision, direction } = row
    if (revision === null || event === 'stamp') continue
    if (direction === 'downgrade') runs.delete(revision)
    else runs.set(revision, row)
  }
  return runs
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
    for (const { id } of revisionsBelow(graph, unknown)) if (!accounted.has(id)) accounted.set(id, at)
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
